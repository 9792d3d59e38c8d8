/** Everything that the fake Discord knows, in one place: the routes change it, tests read it. */
import type { Logged } from '../http/door.ts';
import { EventEmitter } from 'node:events';
import type { Command } from './commands.ts';
import { createFaults, type Faults } from './faults.ts';
import { createIds } from './ids.ts';
import type { FakeInteraction } from './interaction.ts';
import type { FakeMessage } from './message.ts';
import { createFairClock, type FairClock } from '../fair-clock.ts';

export interface User {
  readonly id: string;
  readonly username: string;
  readonly globalName: string;
  readonly bot: boolean;
  readonly locale: string;
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  /** False: the bot is not a member here, people bring it along as a user-installed app. */
  readonly installed: boolean;
  /** Nobody's whom the fake knows, unless a test says so. */
  readonly ownerId?: string;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly guildId: string;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  /** Marked as age-restricted, until somebody takes the mark off. */
  nsfw?: boolean;
  /** A thread's channel. */
  readonly parentId?: string;
  /** Absent in direct messages. */
  readonly guildId?: string;
  /** The person on the other side of a direct message. */
  readonly recipientId?: string;
  /** A group chat of people, without the bot. */
  readonly group?: true;
}

/** A file on the CDN: an upload of the bot, or what a person attached to a command. */
export interface FakeFile {
  readonly id: string;
  readonly filename: string;
  readonly contentType: string | undefined;
  readonly description: string | undefined;
  readonly bytes: Buffer;
  readonly size: number;
  readonly url: string;
  readonly width?: number;
  readonly height?: number;
}

/** Written down when it had arrived in full. */
export interface RequestEntry extends Logged {
  readonly method: string;
  /** Decoded and without `/api/v10`: `/channels/1/messages`. */
  readonly path: string;
  /** The JSON, or the `payload_json` of a multipart body. */
  readonly body: unknown;
  /** Bytes of each uploaded file. */
  readonly files: readonly number[];
}

/** Whom the application belongs to. */
export type Ownership =
  | { readonly owner: User }
  | {
      readonly team: {
        readonly name: string;
        /** Of one of the members. */
        readonly ownerId: string;
        readonly members: readonly {
          readonly user: User;
          readonly role: 'admin' | 'developer' | 'read_only';
          /** Has not accepted yet. */
          readonly invited?: boolean;
        }[];
      };
    };

/** https://docs.discord.com/developers/events/gateway#session-start-limit-object */
export interface IdentifyLimits {
  total: number;
  /** Goes down with every IDENTIFY. Who uses up the last loses the token. */
  remaining: number;
  resetAfterMs: number;
  /** So many in a window, by `shard % maxConcurrency`; one more is answered with `Invalid Session`. */
  maxConcurrency: number;
  windowMs: number;
}

interface Settings {
  /** How long a bot may take to acknowledge an interaction, in ms. */
  ackDeadlineMs: number;
  /** How long an interaction token lives, in ms. */
  interactionTokenMs: number;
  /** Bytes per file: told in every interaction, and enforced. */
  attachmentSizeLimit: number;
  heartbeatMs: number;
  /** Intents that close the gateway with 4014; the three privileged ones unless a test says otherwise. */
  disallowedIntents: number;
  /** Names of commands that Discord has something against, and its words. */
  readonly unwantedCommands: Map<string, string>;
  /** How often bots may log in to the gateway. */
  identify: IdentifyLimits;
  /** How many shards Discord asks for; with fewer than `least`, it closes with 4011. */
  shards: { asked: number; least: number };
  /** How long READY takes, in ms; by shard. */
  readyAfterMs: (shard: number) => number;
  /** When set, answers 429 to more edits than this of one webhook token or channel in a window. */
  editBudget: { edits: number; windowMs: number } | undefined;
  /** Undefined: the first person made it. */
  ownership: Ownership | undefined;
}

export interface World {
  readonly token: string;
  readonly applicationId: string;
  /** `http://127.0.0.1:PORT`, known once the server listens. */
  origin: string;
  readonly settings: Settings;
  readonly faults: Faults;
  readonly nextId: () => string;
  readonly bot: User;
  readonly users: Map<string, User>;
  readonly guilds: Map<string, Guild>;
  readonly channels: Map<string, Channel>;
  readonly roles: Map<string, Role>;
  readonly messages: Map<string, FakeMessage>;
  /** By id; the CDN serves them. */
  readonly files: Map<string, FakeFile>;
  /** By token. */
  readonly interactions: Map<string, FakeInteraction>;
  readonly commands: { global: Command[]; readonly guilds: Map<string, Command[]> };
  /** PUT requests that replaced a scope's commands. */
  commandWrites: number;
  readonly requests: RequestEntry[];
  /** What the bot did wrong, for people to read. */
  readonly violations: string[];
  /** Of deadlines that the bot is to keep. */
  readonly clock: FairClock;
  /** Emits `change` whenever anything above did; `said` with a message of the bot's own and what happened to it. */
  readonly changes: EventEmitter;
}

export interface WorldOptions {
  readonly token?: string;
  readonly applicationId?: string;
  readonly shards?: number;
}

const PRIVILEGED_INTENTS = (1 << 1) | (1 << 8) | (1 << 15);

export function createWorld(options: WorldOptions): World {
  const nextId = createIds();
  const applicationId = options.applicationId ?? nextId();
  const bot = { id: applicationId, username: 'easel', globalName: 'Easel', bot: true, locale: 'en-US' };
  const changes = new EventEmitter();
  changes.setMaxListeners(0);
  return {
    token: options.token ?? `${Buffer.from(applicationId).toString('base64url')}.fake.token`,
    applicationId,
    origin: '',
    settings: {
      ackDeadlineMs: 3000,
      interactionTokenMs: 15 * 60_000,
      attachmentSizeLimit: 10 * 1024 * 1024,
      heartbeatMs: 41_250,
      disallowedIntents: PRIVILEGED_INTENTS,
      // tests start several shards, and Easel again and again: those about this have Discord's five seconds, or a part
      identify: {
        total: 1000,
        remaining: 1000,
        resetAfterMs: 86_400_000,
        maxConcurrency: 16,
        windowMs: 0,
      },
      shards: { asked: options.shards ?? 1, least: 1 },
      readyAfterMs: () => 0,
      unwantedCommands: new Map(),
      editBudget: undefined,
      ownership: undefined,
    },
    faults: createFaults(),
    nextId,
    bot,
    users: new Map([[bot.id, bot]]),
    guilds: new Map(),
    channels: new Map(),
    roles: new Map(),
    messages: new Map(),
    files: new Map(),
    interactions: new Map(),
    commands: { global: [], guilds: new Map() },
    commandWrites: 0,
    requests: [],
    violations: [],
    clock: createFairClock(),
    changes,
  };
}

/** Looks something up that a test named; a wrong id is the test's mistake. */
export function known<T>(map: ReadonlyMap<string, T>, id: string, what: string): T {
  const found = map.get(id);
  if (found === undefined) throw new Error(`the fake Discord has no ${what} ${id}`);
  return found;
}
