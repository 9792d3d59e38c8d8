/** What every chat platform promises, in terms that none of them owns. Each platform has a driver. */
import { describe, expect, it, afterEach, beforeEach } from 'vitest';

/** One request of a person, and the reply to it. */
export interface Conversation {
  /** Resolves when the platform has told the person that it was heard. */
  acknowledged: Promise<unknown>;
  /** Every state that the reply has shown, oldest first. */
  history(): string[];
  /** How many pictures the reply shows now. */
  pictures(): number;
  /** Resolves when the reply matches. */
  shows(pattern: RegExp): Promise<void>;
  /** What tells this reply from another: its message id. */
  identity(): string;
  cancel(): Promise<void>;
  /** Asks for another one like it, once it is done. */
  again(): Promise<Conversation>;
}

export interface AdminDriver {
  /** Makes a template of this name from the sketch's workflow and publishes it. */
  publish(name: string): Promise<void>;
  /** Runs one of these by its own command. */
  run(name: string, prompt: string): Promise<Conversation>;
  /** The backend loses the model that it needs. */
  loseModel(): void;
  /** Resolves to what the admin is told in private, outside of any job, once it matches. */
  told(pattern: RegExp): Promise<string>;
}

export interface ChatDriver {
  /** Starts Easel; again after `stop` it finds what it had. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Asks for a sketch. `steps` take 20 ms each. */
  ask(prompt: string, steps: number): Promise<Conversation>;
  /** Asks for nonsense; resolves to what only the person who asked is told. */
  askNonsense(): Promise<string>;
  /** What an admin does. */
  admin: AdminDriver;
  /** Graphs that the backend was given. */
  submitted(): number;
  dispose(): Promise<void>;
}

const FOREVER = 900;
const RUNNING = /\d+ %.*KSampler/;
const DONE = /Done in/;

export function chatContract(name: string, open: () => Promise<ChatDriver>): void {
  describe(`a chat platform: ${name}`, () => {
    let driver: ChatDriver;
    beforeEach(async () => {
      driver = await open();
      await driver.start();
    });
    afterEach(async () => {
      await driver.stop();
      await driver.dispose();
    });

    it('acknowledges, lives, and ends with the picture in the same reply', async () => {
      const asked = await driver.ask('a red fox', 40);
      await asked.acknowledged;
      await asked.shows(RUNNING);
      const identity = asked.identity();
      await asked.shows(DONE);
      expect(asked.identity()).toBe(identity);
      expect(asked.pictures()).toBe(1);
      expect(asked.history().at(-1)).toMatch(/a red fox/);
      expect(asked.history().at(-1)).toMatch(/seed/);
    });

    it('lets the final state win', async () => {
      const asked = await driver.ask('a quick one', 1);
      await asked.shows(DONE);
      const next = await driver.ask('another', 1);
      await next.shows(DONE);
      // whatever was still under way for the first one has had its chance
      expect(asked.history().at(-1)).toMatch(DONE);
    });

    it('shows the place in line, then the progress', async () => {
      const first = await driver.ask('the first', FOREVER);
      await first.shows(RUNNING);
      const second = await driver.ask('the second', 2);
      await second.shows(/1st in line: you already have one running/);
      await first.cancel();
      await second.shows(DONE);
    });

    it('cancels, and shows no picture', async () => {
      const asked = await driver.ask('never mind', FOREVER);
      await asked.shows(RUNNING);
      await asked.cancel();
      await asked.shows(/Cancelled/);
      expect(asked.pictures()).toBe(0);
    });

    it('makes another one when asked again', async () => {
      const asked = await driver.ask('a red fox', 1);
      await asked.shows(DONE);
      const other = await asked.again();
      await other.acknowledged;
      await other.shows(DONE);
      expect(other.identity()).not.toBe(asked.identity());
      expect([asked.pictures(), other.pictures()]).toEqual([1, 1]);
      const [first, second] = [asked, other].map(
        (one) => /seed\W+(\d+)/.exec(one.history().at(-1) ?? '')?.[1],
      );
      expect([first, second]).toEqual([expect.any(String), expect.any(String)]);
      expect(second).not.toBe(first);
      expect(driver.submitted()).toBe(2);
    });

    it('offers what an admin has published, and tells them when the backend no longer fits it', async () => {
      const { admin } = driver;
      await admin.publish('fox');
      const asked = await admin.run('fox', 'a red one');
      await asked.shows(DONE);
      expect(asked.pictures()).toBe(1);
      admin.loseModel();
      expect(await admin.told(/fox/)).toMatch(/doesn.t have/);
    });

    it('posts what was saved before a node failed, and names what was not made', async () => {
      const asked = await driver.admin.run('halves', 'a fox');
      await asked.shows(/ran out of memory/);
      expect(asked.history().at(-1)).toMatch(/Not made: .Large picture./);
      expect(asked.pictures()).toBe(1);
    });

    it('tells problems to the person who asked, and queues nothing', async () => {
      expect(await driver.askNonsense()).toMatch(/"seed" must be (?:a whole number|between 0)/);
      expect(driver.submitted()).toBe(0);
    });

    it('goes on in the same reply after a restart, and runs nothing twice', async () => {
      const running = await driver.ask('running', 60);
      await running.shows(RUNNING);
      const waiting = await driver.ask('waiting', 1);
      await waiting.shows(/in line/);
      const identities = [running.identity(), waiting.identity()];
      await driver.stop();
      await driver.start();
      await running.shows(DONE);
      await waiting.shows(DONE);
      expect([running.identity(), waiting.identity()]).toEqual(identities);
      expect([running.pictures(), waiting.pictures()]).toEqual([1, 1]);
      expect(driver.submitted()).toBe(2);
    });
  });
}
