/**
 * A strict Discord for tests: the real discord.js logs in, registers commands and answers interactions against it.
 *
 * It refuses what Discord refuses, with Discord's status, code and body, and keeps a list of `violations`: everything
 * that the bot did wrong, also where Discord would have let it pass. Tests end with `expect(discord.violations).toEqual([])`.
 * Refusals that a test asked for through `faults`, or that are ordinary life (an expired token, a deleted message, a
 * guild that the bot is not in), are not violations.
 *
 * A test: `startFakeDiscord()`, start the bot with `token` and `apiUrl` (discord.js's `rest.api`), `await connected()`,
 * act as a person with `slash`, `click`, …, wait on the returned interaction or with `until`, and `stop()`.
 *
 * With no GUILDS intent READY lists no guilds, so that `interaction.guild` and `interaction.channel` are null.
 */
import { createGateway, type Gateway } from './gateway.ts';
import type { FakeMessage } from './message.ts';
import { createPeople, type People } from './people.ts';
import { createPlaces, type Places } from './places.ts';
import { recall, type Memory } from './recall.ts';
import { startServer } from './server.ts';
import { storeFile } from './uploads.ts';
import { changed, waitUntil } from '../wait.ts';
import { createWorld, type FakeFile, type RequestEntry, type World, type WorldOptions } from './world.ts';
import { PATIENCE_MS } from '../patience.ts';

export type { FakeInteraction } from './interaction.ts';
export type { FakeMessage } from './message.ts';
export type { FakeFile } from './world.ts';

interface AttachmentInput {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  readonly width?: number;
  readonly height?: number;
  /** A test's own address instead of the CDN's. */
  readonly url?: string;
}

type Shown = Pick<
  World,
  | 'token'
  | 'applicationId'
  | 'settings'
  | 'faults'
  | 'commands'
  | 'commandWrites'
  | 'requests'
  | 'violations'
  | 'bot'
>;
type Driven = Pick<Gateway, 'counts' | 'requestReconnect' | 'invalidate' | 'drop'>;

export interface FakeDiscord extends Readonly<Shown>, People, Omit<Places, 'locate'> {
  /** For discord.js's `rest.api`; it appends `/v10`. */
  readonly apiUrl: string;
  /** For discord.js's `rest.cdn`; every attachment address begins with it. */
  readonly cdnUrl: string;
  readonly gateway: Driven & {
    /** Sessions that have a socket now. */
    readonly connected: number;
  };
  /** Bytes per file: told in interactions and enforced on uploads. The same as `settings.attachmentSizeLimit`. */
  attachmentSizeLimit: number;
  /** A file that a person may put into an attachment option. */
  addAttachment(input: AttachmentInput): FakeFile;
  /** What is in a channel, oldest first, ephemeral messages included, deleted ones not. */
  messagesIn(channelId: string): readonly FakeMessage[];
  /** What this person got as direct messages. */
  directMessages(userId: string): readonly FakeMessage[];
  /** Logged requests, by method and decoded path without `/api/v10`. */
  requestsTo(method: string, path?: RegExp): readonly RequestEntry[];
  /** Every interaction token so far is void now (401, 50027). */
  expireInteractionTokens(): void;
  /** A moderator deletes a message: the bot gets 10008 from now on. */
  deleteMessage(message: FakeMessage): void;
  /** Resolves when a bot is identified, or resumed, on every shard. */
  connected(timeoutMs?: number): Promise<void>;
  /** Any state: resolves with what `look` finds, woken by changes. */
  until<T>(look: () => T | undefined | false, timeoutMs?: number): Promise<T>;
  /** A message anywhere that satisfies the predicate. */
  waitForMessage(predicate: (message: FakeMessage) => boolean, timeoutMs?: number): Promise<FakeMessage>;
  /** Cuts every connection; safe to call twice. */
  stop(): Promise<void>;
}

export async function startFakeDiscord(
  options: WorldOptions & { memory?: Memory } = {},
): Promise<FakeDiscord> {
  const { memory } = options;
  const world = createWorld({ ...options, ...memory });
  const gateway = createGateway(world);
  const places = createPlaces(world);
  const server = await startServer(world, gateway, places);
  if (memory) recall(world, memory);
  const people = createPeople(world, gateway, places);
  const messagesIn = (channelId: string): FakeMessage[] =>
    [...world.messages.values()].filter((one) => one.channelId === channelId && !one.deleted);
  const until: FakeDiscord['until'] = (look, timeoutMs = PATIENCE_MS) =>
    waitUntil(world, look, timeoutMs, () => describe(world));
  let stopping: Promise<void> | undefined;

  return {
    ...people,
    ...places,
    token: world.token,
    applicationId: world.applicationId,
    bot: world.bot,
    settings: world.settings,
    faults: world.faults,
    commands: world.commands,
    requests: world.requests,
    violations: world.violations,
    apiUrl: `${world.origin}/api`,
    cdnUrl: `${world.origin}/cdn`,
    gateway: {
      counts: gateway.counts,
      requestReconnect: () => gateway.requestReconnect(),
      invalidate: (resumable) => gateway.invalidate(resumable),
      drop: (code) => gateway.drop(code),
      get connected() {
        return gateway.sessions.filter((session) => session.socket !== undefined).length;
      },
    },
    get commandWrites() {
      return world.commandWrites;
    },
    get attachmentSizeLimit() {
      return world.settings.attachmentSizeLimit;
    },
    set attachmentSizeLimit(bytes) {
      world.settings.attachmentSizeLimit = bytes;
    },
    addAttachment({ name, bytes, ...rest }) {
      return storeFile(world, { ...rest, filename: name, bytes: Buffer.from(bytes) });
    },
    messagesIn,
    directMessages: (userId) => messagesIn(places.directChannel(userId).id),
    requestsTo: (method, path) =>
      world.requests.filter((one) => one.method === method && (path?.test(one.path) ?? true)),
    expireInteractionTokens() {
      for (const interaction of world.interactions.values()) interaction.expired = true;
    },
    deleteMessage(message) {
      message.deleted = true;
      changed(world);
    },
    async connected(timeoutMs) {
      const online = (): boolean =>
        gateway.sessions.filter((one) => one.socket).length >= world.settings.shards.asked;
      await until(online, timeoutMs);
    },
    until,
    waitForMessage: (predicate, timeoutMs) =>
      until(() => [...world.messages.values()].find((one) => !one.deleted && predicate(one)), timeoutMs),
    stop() {
      stopping ??= (async () => {
        for (const interaction of world.interactions.values()) interaction.abandon();
        world.clock.stop();
        world.changes.emit('stop');
        await gateway.close();
        await server.close();
      })();
      return stopping;
    },
  };
}

/** The whole story, for the error of a wait that failed. */
function describe(world: World): string {
  const requests = world.requests.slice(-15).map((one) => `  ${one.method} ${one.path} → ${one.status}`);
  const messages = [...world.messages.values()].slice(-5).map((message) => message.describe());
  return ['', ...messages, 'last requests:', ...requests, 'violations:', ...world.violations].join('\n');
}
