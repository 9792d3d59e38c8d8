/** Everything that the fake Slack knows, in one place: the methods change it, tests read it. */
import type { Logged } from '../http/door.ts';
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { FakeAct } from './act.ts';
import { createFaults, type Faults } from './faults.ts';
import type { FakeFile } from './file.ts';
import { createTimestamps, newId } from './ids.ts';
import type { Manifest } from './manifest.ts';
import type { FakeMessage } from './message.ts';
import type { FakeView } from './view.ts';
import { createFairClock, type FairClock } from '../fair-clock.ts';

export interface User {
  readonly id: string;
  readonly name: string;
  locale: string;
  isAdmin: boolean;
  readonly isBot: boolean;
  /** The workspace that they belong to: another one's people are here by Slack Connect. */
  readonly teamId: string;
  /** Of a Grid organisation, where they are in several workspaces. */
  readonly teams?: readonly string[] | undefined;
  /** A guest of the workspace. */
  readonly isGuest?: boolean | undefined;
}

/** Live: a test may archive it, or take the bot out of it, while the bot runs. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'public' | 'private' | 'im';
  botIsMember: boolean;
  archived: boolean;
  /** Shared with other workspaces by Slack Connect. */
  readonly shared?: boolean;
  /** The person on the other side of a direct message. */
  readonly userId?: string;
}

/** Written down when it had arrived in full. */
export interface RequestEntry extends Logged {
  /** A Web API method, or `upload`, `download`, `response_url`. */
  readonly method: string;
  /** Parsed: JSON inside form fields is an object here. */
  readonly args: Readonly<Record<string, unknown>>;
  /** Slack's error word, if it refused. */
  error: string | undefined;
}

interface Budget {
  readonly calls: number;
  readonly windowMs: number;
  /** Whole seconds in Retry-After; what is left of the window, rounded up, unless told. */
  readonly retryAfter?: number;
}

interface Settings {
  /** How long a bot may take to acknowledge, in ms. */
  ackDeadlineMs: number;
  /** How long a trigger_id may be exchanged for a modal, in ms. */
  triggerMs: number;
  responseUrlUses: number;
  responseUrlMs: number;
  /** When events that were not acknowledged come again, each counted from the one before, in ms. */
  retryDelaysMs: readonly number[];
  /** Until an upload can be used in blocks, in ms. */
  fileProcessingMs: number;
  /** Answers 429 to more chat.update in a window than this, over all channels. */
  updateBudget: Budget | undefined;
  /** Answers 429 to more chat.postMessage in one channel and window than this. */
  postBudget: Budget | undefined;
  /** `team: null` in interactions, as where an organisation is involved. */
  nullTeams: boolean;
  /** Between the pings that Slack sends over Socket Mode, in ms. */
  pingMs: number;
}

interface Counts {
  /** Socket Mode connections ever made. */
  connections: number;
  /** Envelopes and HTTP requests sent to the bot, repeated ones included. */
  deliveries: number;
  acks: number;
  /** Deliveries that were repeats because the one before was not acknowledged. */
  retries: number;
  /** Answers with 429, faults included. */
  rateLimited: number;
}

export interface World {
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly teamId: string;
  readonly appId: string;
  readonly botId: string;
  readonly bot: User;
  /** `http://127.0.0.1:PORT`, known once the server listens. */
  origin: string;
  readonly settings: Settings;
  readonly faults: Faults;
  readonly counts: Counts;
  readonly nextTs: () => string;
  manifest: Manifest | undefined;
  readonly users: Map<string, User>;
  readonly channels: Map<string, Channel>;
  /** In order of creation, deleted ones included. */
  readonly messages: FakeMessage[];
  readonly files: Map<string, FakeFile>;
  readonly views: Map<string, FakeView>;
  readonly acts: FakeAct[];
  readonly requests: RequestEntry[];
  /** What the bot did wrong, for people to read. */
  readonly violations: string[];
  /** Of deadlines that the bot is to keep. */
  readonly clock: FairClock;
  readonly timers: Set<NodeJS.Timeout>;
  /**
   * Emits `change` whenever anything above did, and `stop` once; `echo` with a message of the bot's own, and how it was changed,
   * which it hears of again where it hears of direct messages.
   */
  readonly changes: EventEmitter;
}

export interface WorldOptions {
  readonly teamId?: string;
  readonly appId?: string;
  readonly botId?: string;
  /** The user that the bot is. */
  readonly bot?: string;
  readonly botToken?: string;
  readonly appToken?: string;
  readonly signingSecret?: string;
}

export function createWorld(options: WorldOptions): World {
  const secret = (bytes: number): string => randomBytes(bytes).toString('hex');
  const teamId = options.teamId ?? newId('T');
  const bot = {
    id: options.bot ?? newId('U'),
    name: 'easel',
    locale: 'en-US',
    isAdmin: false,
    isBot: true,
    teamId,
  };
  const changes = new EventEmitter();
  changes.setMaxListeners(0);
  return {
    botToken: options.botToken ?? `xoxb-1-2-${secret(12)}`,
    appToken: options.appToken ?? `xapp-1-A-1-${secret(16)}`,
    signingSecret: options.signingSecret ?? secret(16),
    teamId,
    appId: options.appId ?? newId('A'),
    botId: options.botId ?? newId('B'),
    bot,
    origin: '',
    settings: {
      ackDeadlineMs: 3000,
      triggerMs: 3000,
      responseUrlUses: 5,
      responseUrlMs: 30 * 60_000,
      retryDelaysMs: [0, 60_000, 300_000],
      fileProcessingMs: 10,
      updateBudget: undefined,
      postBudget: undefined,
      nullTeams: false,
      pingMs: 5000,
    },
    faults: createFaults(),
    counts: { connections: 0, deliveries: 0, acks: 0, retries: 0, rateLimited: 0 },
    nextTs: createTimestamps(),
    manifest: undefined,
    users: new Map([[bot.id, bot]]),
    channels: new Map(),
    messages: [],
    files: new Map(),
    views: new Map(),
    acts: [],
    requests: [],
    violations: [],
    clock: createFairClock(),
    timers: new Set(),
    changes,
  };
}

/** Looks something up that a test named; a wrong id is the test's mistake. */
export function known<T>(map: ReadonlyMap<string, T>, id: string, what: string): T {
  const found = map.get(id);
  if (found === undefined) throw new Error(`the fake Slack has no ${what} ${id}`);
  return found;
}
