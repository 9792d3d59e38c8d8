/** One person with forty servers of their own: making servers gives them nothing more. */
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { NO_SETTINGS } from '../../src/guilds/schema.ts';
import { OperatorRules } from '../../src/guilds/rules.ts';
import { createQueue } from '../../src/jobs/queue/index.ts';
import { createLimitBook, type LimitBook } from '../../src/app/limits.ts';
import type { Job } from '../../src/core/job.ts';
import { EaselError, type Problem } from '../../src/core/errors.ts';
import { until } from '../fakes/until.ts';
import { sampleCaller, sampleRequest } from '../unit/jobs/sample.ts';
import { createStage, type Process, type Stage } from '../unit/jobs/stage.ts';

const SERVERS = 40;

/** The caps that an Easel has of which nothing is set but `environment`. */
function book(environment: Record<string, string> = {}, budget?: number): LimitBook {
  const guilds = { settings: () => NO_SETTINGS };
  const rules = { rules: () => OperatorRules.parse({}) };
  const own = new Set(['web', 'terminal']);
  return createLimitBook(readConfig(environment), { guilds, rules }, own, () => budget);
}

async function open(
  environment: Record<string, string> = {},
): Promise<Stage & Process & { again: () => Process }> {
  const stage = await createStage();
  const limits = book(environment);
  const again = () =>
    stage.open({
      concurrency: 10,
      caps: (guild) => limits.caps(guild),
      personLimit: (platform) => limits.personLimit(platform),
      limits(guild) {
        const { guildJobs, userJobs } = limits.of(guild);
        return { guild: guildJobs.applied, user: userJobs.applied };
      },
    });
  const process = again();
  await process.manager.start();
  return { ...stage, ...process, again };
}

const picture = (bytes: number) => ({ name: 'a.png', type: 'image/png', bytes: new Uint8Array(bytes) });
const withPicture = (bytes: number) => ({
  images: [{ slot: 'image', into: [] }],
  files: { image: picture(bytes) },
});

function problemOf(work: () => void): Problem | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof EaselError) return error.problem;
    throw error;
  }
}

async function asked(work: Promise<unknown>): Promise<Problem | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof EaselError) return error.problem;
    throw error;
  }
}

describe('one person with forty servers', () => {
  it('runs three jobs at once over all of them, and is told so', async () => {
    const { manager, audience, backend } = await open();
    const jobs: Job[] = [];
    for (let n = 0; n < 12; n += 1) jobs.push(await manager.submit(sampleRequest({ guild: `own-${n}` })));
    await until(() => backend.queued.length >= 3);
    expect(manager.roster.count()).toMatchObject({ running: 3, waiting: 9 });
    const reason = { kind: 'person-limit', used: 3, limit: 3 };
    expect(audience.shown(jobs[5]!.id).at(-1)).toEqual({ kind: 'waiting', place: { position: 1, reason } });
    // somebody else, and the same id on another platform, are other people
    await manager.submit(sampleRequest({ guild: 'own-1', user: 'bob' }));
    await manager.submit(sampleRequest({ platform: 'other', guild: 'other-1' }));
    await until(() => manager.roster.count().running >= 5);
    // one that ends makes room for exactly one more, in another server
    await until(() => backend.followers(jobs[0]!.id) === 1);
    backend.finish(jobs[0]!.id);
    await until(() => manager.roster.find(jobs[3]!.id)?.job.state === 'running');
    expect(await manager.inUse()).toBe(5);
  });

  it('has twenty jobs waiting over all of them, also after a restart', async () => {
    const { manager, again, life } = await open();
    for (let n = 0; n < 23; n += 1) await manager.submit(sampleRequest({ guild: `own-${n % SERVERS}` }));
    const refused = { code: 'person-waiting-cap', cap: 20 };
    expect(await asked(manager.submit(sampleRequest({ guild: 'own-39' })))).toEqual(refused);
    expect(await asked(manager.note(sampleRequest({ guild: 'own-38' })))).toEqual(refused);
    await manager.submit(sampleRequest({ guild: 'own-39', user: 'bob' }));
    life.die();
    const next = again();
    await next.manager.start();
    expect(problemOf(() => next.manager.admit(sampleCaller({ guild: 'own-37' })))).toEqual(refused);
  });

  it('cannot have more by asking in all of them at once', async () => {
    const { manager } = await open();
    const all = Array.from({ length: SERVERS }, (_, n) =>
      asked(manager.submit(sampleRequest({ guild: `own-${n}` }))),
    );
    const answers = await Promise.all(all);
    expect(answers.filter((problem) => problem === undefined).length).toBeLessThanOrEqual(23);
    expect(manager.roster.count().waiting).toBeLessThanOrEqual(20);
  });

  it('gets every second turn while one honest person waits, and two such people two of three', async () => {
    for (const strangers of [1, 2]) {
      const queue = createQueue({
        guild: () => ({ guild: 2, user: 1 }),
        person: () => Infinity,
        backends: () => new Map([['b', 1]]),
      });
      const users = new Map<string, string>();
      const add = async (guild: string, user: string, n: number) => {
        const id = `${guild} ${user} ${n}`;
        users.set(id, user);
        await queue.submit({ id, platform: 'test', guild, user });
      };
      for (let n = 0; n < SERVERS; n += 1)
        for (let who = 0; who < strangers; who += 1) await add(`own-${n}`, `mallory-${who}`, n);
      for (let n = 0; n < 5; n += 1) await add('home', 'honest', n);
      const turns = [];
      while (turns.length < 5 * (strangers + 1)) {
        const lease = await queue.claim(['b']);
        if (!lease) break;
        turns.push(users.get(lease.id));
        await queue.release(lease);
      }
      expect(turns.filter((user) => user === 'honest')).toHaveLength(5);
    }
  });
});

describe('everybody together', () => {
  it('has so many jobs waiting, and the operator at home more', async () => {
    const { manager } = await open({ TOTAL_WAITING: '5', COMFY_CONCURRENCY: '1' });
    const refusals = [];
    for (let n = 0; n < 30; n += 1)
      refusals.push(await asked(manager.submit(sampleRequest({ guild: `g${n % 3}`, user: `u${n}` }))));
    // two run in each of three servers
    expect(refusals.filter((problem) => problem === undefined)).toHaveLength(6 + 5);
    expect(refusals.at(-1)).toEqual({ code: 'everybody-waiting-cap' });
    const you = { platform: 'web', guild: 'web', user: 'you' };
    for (let n = 0; n < 9; n += 1) expect(await asked(manager.submit(sampleRequest(you)))).toBeUndefined();
  });

  it('leaves half of the budget of the data folder to what jobs make', () => {
    const bytes = (budget?: number, input = '5') => book({ TOTAL_INPUT_GB: input }, budget).caps('g').bytes;
    expect(bytes()).toBe(5e9);
    expect(bytes(undefined, '100')).toBe(100e9);
    expect(bytes(10e9)).toBe(5e9);
    expect(bytes(10e9, '100')).toBe(5e9);
    expect(bytes(2e9)).toBe(1e9);
    expect(bytes(1000e9)).toBe(5e9);
  });

  it('has so many bytes attached to waiting jobs, also after a restart; without a picture there is room', async () => {
    const limits = { ...book(), caps: () => ({ guild: 1000, user: 1000, bytes: 1000 }) };
    const stage = await createStage();
    const begin = async () => {
      const process = stage.open({ caps: limits.caps, limits: () => ({ guild: 1, user: 1 }) });
      await process.manager.start();
      return process;
    };
    const { manager, life } = await begin();
    const send = (bytes: number) => asked(manager.submit(sampleRequest({}, withPicture(bytes))));
    const full = { code: 'everybody-waiting-cap' };
    expect(await send(900)).toBeUndefined(); // it runs, and waits no more
    expect(await send(600)).toBeUndefined();
    expect(await send(500)).toEqual(full);
    expect(await send(400)).toBeUndefined();
    expect(await send(1)).toEqual(full);
    expect(await send(0)).toBeUndefined();
    life.die();
    const next = await begin();
    expect(problemOf(() => next.manager.admit(sampleCaller(), 1))).toEqual(full);
    const [, waits] = await next.manager.list('guild-a');
    await next.manager.cancel(waits!.job.id, sampleCaller());
    expect(problemOf(() => next.manager.admit(sampleCaller(), 600))).toBeUndefined();
    expect(problemOf(() => next.manager.admit(sampleCaller(), 601))).toEqual(full);
  });
});

describe('limits over all servers', () => {
  it('are what the environment says, and never less than one server alone may give a person', () => {
    const person = (environment: Record<string, string>) => {
      const limits = book(environment);
      return [limits.personLimit('discord'), limits.caps('1').person];
    };
    expect(person({})).toEqual([3, 20]);
    expect(person({ USER_CONCURRENCY: '7', USER_WAITING_MAX: '40' })).toEqual([7, 40]);
    expect(person({ PERSON_CONCURRENCY: '2', PERSON_WAITING: '5', USER_CONCURRENCY: '7' })).toEqual([2, 5]);
    expect(book().caps('1')).toEqual({ guild: 50, user: 10, person: 20, everybody: 100_000, bytes: 5e9 });
  });
});
