/**
 * A strict Slack for tests: the real @slack/bolt connects, answers commands, opens forms and posts against it.
 *
 * It refuses what Slack refuses, with Slack's error words, and keeps a list of `violations`: everything that the bot did
 * wrong, also where Slack would have let it pass. Tests end with `expect(slack.violations).toEqual([])`. Refusals that a
 * test asked for through `faults`, or that are ordinary life (an archived channel, a deleted message, a closed form), are
 * not violations.
 *
 * A test: `startFakeSlack()`, start the bot with the tokens and `apiUrl` (Bolt's `clientOptions.slackApiUrl`, in the
 * receiver's `installerOptions.clientOptions` too), `await connected()` or `await useHttp(url)`, act as a person with
 * `command`, `click`, …, wait on the returned act or with `until`, and `stop()`.
 */

import { type Courier, createCourier } from './deliver.ts';
import type { FakeAct } from './act.ts';
import { parseManifest } from './manifest.ts';
import type { FakeMessage } from './message.ts';
import { createPeople, type People } from './people.ts';
import { createPlaces, type Places } from './places.ts';
import { recall, type Memory } from './recall.ts';
import { startServer } from './server.ts';
import { createSocketMode, type SocketMode } from './socket.ts';
import { changed, waitUntil } from '../wait.ts';
import { createWorld, type RequestEntry, type User, type World, type WorldOptions } from './world.ts';
import { PATIENCE_MS } from '../patience.ts';

export type { FakeAct } from './act.ts';
export type { FakeFile } from './file.ts';
export type { FakeMessage } from './message.ts';
export type { FakeView } from './view.ts';
export type { User } from './world.ts';

type Shown = Pick<
  World,
  | 'botToken'
  | 'appToken'
  | 'signingSecret'
  | 'teamId'
  | 'appId'
  | 'botId'
  | 'settings'
  | 'faults'
  | 'counts'
  | 'requests'
  | 'violations'
  | 'messages'
  | 'files'
  | 'views'
>;

export interface FakeSlack extends Readonly<Shown>, People, Places, Pick<Courier, 'redeliver' | 'useHttp'> {
  /** For Bolt's `slackApiUrl`. */
  readonly apiUrl: string;
  readonly bot: User;
  readonly botUserId: string;
  /** Socket Mode's connections. */
  readonly socket: Pick<SocketMode, 'open' | 'disconnect' | 'drop' | 'silence'>;
  /** From now on there are only the commands, shortcuts, events and scopes of this manifest. Throws if Slack would. */
  setManifest(manifest: unknown): void;
  /** What is in a channel, oldest first, threads and ephemeral messages included, deleted ones not. */
  messagesIn(channelId: string): readonly FakeMessage[];
  /** The answers in a thread, without the message that they answer. */
  thread(threadTs: string): readonly FakeMessage[];
  /** What this person and the bot told each other. */
  directMessages(userId: string): readonly FakeMessage[];
  /** Logged requests of a Web API method, or of `upload`, `download`, `response_url`. */
  requestsTo(method: string): readonly RequestEntry[];
  /** A moderator deletes a message: the bot gets message_not_found from now on. */
  deleteMessage(message: FakeMessage): void;
  /** Ends `faults.holdFiles`: what was uploaded meanwhile is processed now. */
  releaseFiles(): void;
  /** Resolves when a bot has that many Socket Mode connections, one unless told. */
  connected(timeoutMs?: number, connections?: number): Promise<void>;
  /** Any state: resolves with what `look` finds, woken by changes. */
  until<T>(look: () => T | undefined | false, timeoutMs?: number): Promise<T>;
  /** A message anywhere that satisfies the predicate. */
  waitForMessage(predicate: (message: FakeMessage) => boolean, timeoutMs?: number): Promise<FakeMessage>;
  /** Cuts every connection; safe to call twice. */
  stop(): Promise<void>;
}

export async function startFakeSlack(options: WorldOptions & { memory?: Memory } = {}): Promise<FakeSlack> {
  const { memory } = options;
  const world = createWorld({ ...options, ...memory });
  const socket = createSocketMode(world);
  const places = createPlaces(world);
  const server = await startServer(world, socket);
  if (memory) recall(world, memory);
  const courier = createCourier(world, socket);
  const people = createPeople(world, courier, places);
  const present = (matches: (message: FakeMessage) => boolean): FakeMessage[] =>
    world.messages.filter((one) => !one.deleted && matches(one));
  const until: FakeSlack['until'] = (look, timeoutMs = PATIENCE_MS) =>
    waitUntil(world, look, timeoutMs, () => describe(world));
  let stopping: Promise<void> | undefined;

  return {
    ...people,
    ...places,
    redeliver: (act) => courier.redeliver(act),
    useHttp: (url) => courier.useHttp(url),
    botToken: world.botToken,
    appToken: world.appToken,
    signingSecret: world.signingSecret,
    teamId: world.teamId,
    appId: world.appId,
    botId: world.botId,
    bot: world.bot,
    botUserId: world.bot.id,
    settings: world.settings,
    faults: world.faults,
    counts: world.counts,
    requests: world.requests,
    violations: world.violations,
    messages: world.messages,
    files: world.files,
    views: world.views,
    apiUrl: `${world.origin}/api/`,
    socket: {
      get open() {
        return socket.open;
      },
      disconnect: (reason) => socket.disconnect(reason),
      drop: () => socket.drop(),
      silence: (on) => socket.silence(on),
    },
    setManifest(manifest) {
      world.manifest = parseManifest(manifest);
    },
    messagesIn: (channelId) => present((one) => one.channel.id === channelId),
    thread: (threadTs) => present((one) => one.threadTs === threadTs && one.ts !== threadTs),
    directMessages: (userId) => present((one) => one.channel === places.directChannel(userId)),
    requestsTo: (method) => world.requests.filter((one) => one.method === method),
    deleteMessage(message) {
      message.deleted = true;
      changed(world);
    },
    releaseFiles() {
      world.faults.holdFiles = false;
      changed(world);
    },
    async connected(timeoutMs, connections = 1) {
      await until(() => socket.open >= connections, timeoutMs);
    },
    until,
    waitForMessage: (predicate, timeoutMs) =>
      until(() => world.messages.find((one) => !one.deleted && predicate(one)), timeoutMs),
    stop() {
      stopping ??= (async () => {
        for (const timer of world.timers) clearTimeout(timer);
        world.clock.stop();
        world.changes.emit('stop');
        await socket.close();
        await server.close();
      })();
      return stopping;
    },
  };
}

/** The whole story, for the error of a wait that failed. */
function describe(world: World): string {
  const requests = world.requests
    .slice(-15)
    .map((one) => `  ${one.method} → ${one.status} ${one.error ?? ''}`.trimEnd());
  const told = [...world.acts.slice(-3), ...world.messages.slice(-5)] satisfies (FakeAct | FakeMessage)[];
  const stories = told.map((one) => one.describe());
  return ['', ...stories, 'last requests:', ...requests, 'violations:', ...world.violations].join('\n');
}
