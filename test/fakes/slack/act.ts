/** One thing that a person did: what the bot was told about it, how often, and what it has answered so far. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Option } from './block-walk.ts';
import type { FakeMessage } from './message.ts';
import type { FakeView } from './view.ts';
import { changed, waitUntil } from '../wait.ts';
import type { Channel, User, World } from './world.ts';
import { PATIENCE_MS } from '../patience.ts';

export type ActKind =
  | 'command'
  | 'event'
  | 'message_action'
  | 'block_actions'
  | 'block_suggestion'
  | 'view_submission'
  | 'view_closed';

export interface ActFacts {
  readonly kind: ActKind;
  /** For error messages: `/imagine`, `button cancel`. */
  readonly label: string;
  readonly user: User;
  readonly channel?: Channel | undefined;
  /** The message that was clicked, mentioned in or used with a shortcut. */
  readonly message?: FakeMessage | undefined;
  readonly view?: FakeView | undefined;
}

/** One time that the bot was told about it. */
export interface Delivery {
  /** The envelope's id, in Socket Mode. */
  readonly id: string;
  readonly attempt: number;
  readonly at: number;
  /** Resolves when acknowledged in time; rejects when the deadline passes, or the bot cannot be reached or refuses. */
  readonly acknowledged: Promise<void>;
  ackMs: number | undefined;
  /** HTTP status of the bot's answer. */
  status: number | undefined;
}

interface Response {
  readonly at: number;
  readonly body: Readonly<Record<string, unknown>>;
  /** The message that was made or changed; undefined when one was deleted. */
  readonly message: FakeMessage | undefined;
}

export class FakeAct {
  readonly facts: ActFacts;
  /** For views.open; undefined for events, which have none. */
  readonly triggerId: string | undefined;
  triggerUsed = false;
  readonly responseUrl: string | undefined;
  /** What the bot is told, once it is known. */
  payload: Readonly<Record<string, unknown>> = {};
  readonly createdAt = Date.now();
  readonly deliveries: Delivery[] = [];
  /** What came with the first acknowledgement; undefined if it was empty. */
  ackPayload: Readonly<Record<string, unknown>> | undefined;
  /** What a select that asks the bot for its options was answered. */
  options: readonly Option[] = [];
  /** What came over response_url. */
  readonly responses: Response[] = [];
  /** What was opened or pushed with its trigger_id, or in answer to it. */
  readonly views: FakeView[] = [];
  /** On the fair clock. */
  readonly begun: number;
  readonly #world: World;
  /** How many messages there were before. */
  readonly #since: number;

  constructor(world: World, facts: ActFacts) {
    this.#world = world;
    this.begun = world.clock.now();
    this.facts = facts;
    this.#since = world.messages.length;
    const secret = randomBytes(12).toString('hex');
    const hasTrigger = !['event', 'view_closed', 'block_suggestion'].includes(facts.kind);
    this.triggerId = hasTrigger ? `${Date.now()}.1.${secret}` : undefined;
    const hasResponse = hasTrigger && facts.channel !== undefined && !facts.view;
    const kind = facts.kind === 'command' ? 'commands' : 'actions';
    this.responseUrl = hasResponse ? `${world.origin}/${kind}/${world.teamId}/${secret}` : undefined;
    world.acts.push(this);
  }

  /** Of the first delivery. */
  get acknowledged(): Promise<void> {
    const first = this.deliveries[0];
    return first ? first.acknowledged : Promise.reject(new Error(`${this.facts.label} was never delivered`));
  }

  /** How long the first acknowledgement took; undefined until then. */
  get ackMs(): number | undefined {
    return this.deliveries.find((one) => one.ackMs !== undefined)?.ackMs;
  }

  get ackText(): string | undefined {
    const text = this.ackPayload?.['text'];
    return typeof text === 'string' ? text : undefined;
  }

  /** errors, update, push or clear; undefined when the submission simply closed the view. */
  get responseAction(): string | undefined {
    const action = this.ackPayload?.['response_action'];
    return typeof action === 'string' ? action : undefined;
  }

  /** Of a refused submission, by block_id. */
  get errors(): Readonly<Record<string, string>> {
    return this.responseAction === 'errors' ? (this.facts.view?.errors ?? {}) : {};
  }

  get view(): FakeView | undefined {
    return this.views.at(-1);
  }

  /** What the bot has posted since, wherever this person can read it; and the message that was used. */
  get messages(): readonly FakeMessage[] {
    const { user, message } = this.facts;
    const since = this.#world.messages.slice(this.#since).filter((one) => {
      const readable = one.ephemeralTo === undefined || one.ephemeralTo === user.id;
      const here = one.channel.kind !== 'im' || one.channel.userId === user.id;
      return one.user.isBot && readable && here;
    });
    const used = message?.user.isBot && !since.includes(message) ? [message] : [];
    return [...used, ...since].filter((one) => !one.deleted);
  }

  /** One of `messages` that satisfies the predicate, now or after a later change. */
  waitFor(predicate: (message: FakeMessage) => boolean, timeoutMs = PATIENCE_MS): Promise<FakeMessage> {
    return this.#wait(() => this.messages.find((message) => predicate(message)), timeoutMs);
  }

  /** A view that was opened because of this. */
  waitForView(
    predicate: (view: FakeView) => boolean = () => true,
    timeoutMs = PATIENCE_MS,
  ): Promise<FakeView> {
    return this.#wait(() => this.views.find((view) => predicate(view)), timeoutMs);
  }

  waitForResponse(predicate: (response: Response) => boolean = () => true, timeoutMs = PATIENCE_MS) {
    return this.#wait(() => this.responses.find((response) => predicate(response)), timeoutMs);
  }

  #wait<T>(look: () => T | undefined, timeoutMs: number): Promise<T> {
    return waitUntil(this.#world, look, timeoutMs, () => this.describe());
  }

  /** A new delivery, with the two functions that end it. */
  deliver(attempt: number, id: string = randomUUID()): OpenDelivery {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    // most tests look at the messages instead; nobody waiting is no crash
    promise.catch(() => undefined);
    const delivery: Delivery = {
      id,
      attempt,
      at: Date.now(),
      acknowledged: promise,
      ackMs: undefined,
      status: undefined,
    };
    this.deliveries.push(delivery);
    this.#world.counts.deliveries += 1;
    changed(this.#world);
    return { delivery, resolve, reject };
  }

  describe(): string {
    const parts = [...this.views, ...this.messages].map((one) => one.describe());
    const tries = this.deliveries.map((one) => (one.ackMs === undefined ? 'not' : `after ${one.ackMs} ms`));
    const violations = this.#world.violations.map((violation) => `  violation: ${violation}`);
    const head = `${this.facts.label}, acknowledged: ${tries.join(', then ') || 'never delivered'}`;
    return [head, ...parts, ...violations].join('\n');
  }
}

export interface OpenDelivery {
  readonly delivery: Delivery;
  resolve(): void;
  reject(why: Error): void;
}
