/** One thing that a person did: what the bot has been told about it, and what it has answered so far. */
import type { Actor } from './actor.ts';
import type { FakeMessage } from './message.ts';
import { changed, waitUntil } from '../wait.ts';
import type { Channel, Guild, User, World } from './world.ts';
import { PATIENCE_MS } from '../patience.ts';

export const InteractionKind = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const;

export interface InteractionFacts {
  readonly id: string;
  readonly token: string;
  readonly type: 2 | 3 | 4 | 5;
  /** For error messages: `/imagine`, `button cancel`. */
  readonly label: string;
  readonly user: User;
  readonly guild: Guild | undefined;
  readonly channel: Channel;
  /** The bot is not in the guild: five follow-ups, and no other way to answer. */
  readonly visiting: boolean;
  /** What the person has here. */
  readonly rights: Required<Pick<Actor, 'memberPermissions' | 'roles'>>;
  /** The message that carries the component which was used. */
  readonly source?: FakeMessage;
}

export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

export class FakeInteraction {
  readonly facts: InteractionFacts;
  /** Resolves with the first answer; rejects when the deadline passes without one. */
  readonly acknowledged: Promise<void>;
  /** How long the first answer took; undefined until then. */
  ackMs: number | undefined;
  /** The callback type of the first answer: 4 message, 5 deferred, 6 deferred update, 7 update, 8 choices, 9 modal. */
  ackType: number | undefined;
  missedDeadline = false;
  expired = false;
  hidden = false;
  /** The @original message: the reply, or the message whose component was used. */
  original: FakeMessage | undefined;
  readonly followUps: FakeMessage[] = [];
  choices: readonly Choice[] | undefined;
  /** The form that the bot opened, as sent. */
  modal: { readonly custom_id: string; readonly title: string; readonly components: unknown[] } | undefined;
  readonly createdAt = Date.now();
  readonly #world: World;
  /** On the fair clock. */
  readonly #begun: number;
  readonly #beforeDeadline: () => void;
  readonly #ack = Promise.withResolvers<void>();

  constructor(world: World, facts: InteractionFacts) {
    this.#world = world;
    this.facts = facts;
    this.acknowledged = this.#ack.promise;
    // most tests look at the message instead; nobody waiting is no crash
    this.acknowledged.catch(() => undefined);
    const { ackDeadlineMs } = world.settings;
    this.#begun = world.clock.now();
    this.#beforeDeadline = world.clock.after(ackDeadlineMs, () => {
      this.missedDeadline = true;
      const why = `${facts.label} was not acknowledged within ${ackDeadlineMs} ms`;
      world.violations.push(why);
      this.#ack.reject(new Error(why));
      changed(world);
    });
  }

  get id(): string {
    return this.facts.id;
  }

  get token(): string {
    return this.facts.token;
  }

  /** True when only the person who acted can see the reply. */
  get ephemeral(): boolean {
    return this.hidden;
  }

  get tokenExpired(): boolean {
    return this.expired || Date.now() - this.createdAt > this.#world.settings.interactionTokenMs;
  }

  acknowledge(type: number): void {
    this.#beforeDeadline();
    this.ackMs = Math.round(this.#world.clock.now() - this.#begun);
    this.ackType = type;
    this.#ack.resolve();
    changed(this.#world);
  }

  /** Ends the deadline without a verdict, for when the fake stops. */
  abandon(): void {
    this.#beforeDeadline();
    this.#ack.reject(new Error(`the fake Discord was stopped before ${this.facts.label} was acknowledged`));
  }

  /** The @original reply, if there is one and it was not deleted. */
  message(): FakeMessage | undefined {
    return this.original?.deleted ? undefined : this.original;
  }

  /** The reply, or a follow-up, that satisfies the predicate, now or after a later edit. */
  waitFor(predicate: (message: FakeMessage) => boolean, timeoutMs = PATIENCE_MS): Promise<FakeMessage> {
    return waitUntil(
      this.#world,
      () =>
        [this.original, ...this.followUps].find(
          (message) => message !== undefined && !message.deleted && predicate(message),
        ),
      timeoutMs,
      () => this.describe(),
    );
  }

  describe(): string {
    const messages = [this.original, ...this.followUps].flatMap((message) => message?.describe() ?? []);
    const ack = this.ackMs === undefined ? 'not acknowledged' : `acknowledged after ${this.ackMs} ms`;
    const violations = this.#world.violations.map((violation) => `  violation: ${violation}`);
    return [`${this.facts.label}, ${ack}`, ...messages, ...violations].join('\n');
  }
}
