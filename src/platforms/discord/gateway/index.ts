/**
 * The connection to Discord's gateway: a discord.js client with all shards that Discord asks for. A start that fails leaves
 * nothing behind and can be tried again; the first shard that is ready ends it, and the others follow at Discord's pace.
 */
import {
  Client,
  Events,
  GatewayDispatchEvents,
  GatewayIntentBits,
  GatewayCloseCodes,
  Status,
  type Interaction,
  type REST,
  type RESTOptions,
} from 'discord.js';
import type { Problem } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import { backoff, type Clock } from '../../../core/time.ts';
import { createIdentifyGate } from './identify.ts';
import { DISCORD } from '../name.ts';
import { ClosedForGood, startError, unreachable } from './errors.ts';
import { createLogins, type Marks } from './logins.ts';
import { createProgress } from './progress.ts';
import { createShards } from './shards.ts';

export type { Marks } from './logins.ts';

export interface Gateway {
  /**
   * Resolves when the first shard takes commands. Rejects with EaselError `token-refused`, `chat-login-later` or
   * `chat-unreachable`, the last after a minute without progress.
   */
  start(): Promise<void>;
  /** Idempotent. */
  stop(): Promise<void>;
  /** Every shard was there once; those that took too long are left to their next try. */
  ready(): boolean;
  /** As it is connected now. */
  client(): Client | undefined;
  /** What whoever runs Easel should know: shards wait for the next day's logins. */
  notes(): Problem[];
  /** Throws EaselError `chat-unreachable` before the first shard was there. */
  application(): string;
}

export interface GatewayOptions {
  token: string;
  /** What everything else is asked through. */
  rest: REST;
  /** For what discord.js asks by itself until it is connected. */
  restOptions: Partial<RESTOptions>;
  marks: Marks;
  onInteraction: (interaction: Interaction) => void;
  /** A message, as Discord sends it: discord.js would keep its channel and more of them in memory. */
  onMessage: (raw: unknown) => void;
  /** The token is refused. */
  onRefused: () => void;
  clock: Clock;
  log: Log;
}

const DESTROY_MS = 3000;
/** Between two tries of a connection that Discord wants to have with more shards. */
const AGAIN_MS = 5000;
const MAX_AGAIN_MS = 10 * 60_000;

interface Connection {
  client: Client;
  /** What `Client` was made with. */
  own: REST;
  closing: AbortController;
}

export function createGateway(options: GatewayOptions): Gateway {
  const { token, rest, clock, log } = options;
  const logins = createLogins({ rest, token, marks: options.marks, clock, log });
  const closing = new AbortController();
  let connection: Connection | undefined;
  let application: string | undefined;
  let isReady = false;

  async function connect(): Promise<void> {
    const signal = closing.signal;
    rest.setToken(token);
    const info = await logins.begin(signal);
    const scope = new AbortController();
    const progress = createProgress(clock);
    const gate = createIdentifyGate({
      concurrency: info.concurrency,
      logins,
      let: () => progress.step(),
      closing: scope.signal,
      clock,
      log,
    });
    const client = new Client({
      // what people write to it directly, and nothing that is said in servers
      intents: [GatewayIntentBits.DirectMessages],
      shards: 'auto',
      rest: options.restOptions,
      ws: {
        buildIdentifyThrottler: () => gate,
        buildStrategy: (manager) => createShards(manager, scope.signal, log),
      },
    });
    const made: Connection = { client, own: client.rest, closing: scope };
    connection = made;
    const there = new Set<number>();
    const first = Promise.withResolvers<void>();
    listen(client);
    client.on(Events.ShardDisconnect, ({ code }) => first.reject(new ClosedForGood(code)));
    client.on(Events.ShardReady, (shard) => {
      gate.ready(shard);
      there.add(shard);
      log.info({ shard, ready: there.size, shards: info.shards }, 'discord shard ready');
      // discord.js would keep what people do in other shards' servers until all are there, minutes later
      client.ws.status = Status.Ready;
      client.rest = rest;
      application = client.application?.id;
      first.resolve();
      progress.step();
    });

    try {
      first.promise.catch(() => undefined); // whoever waits for it is told, or has been stopped
      client.login(token).catch(first.reject);
      await progress.until(first.promise, signal);
      await logins.begun();
      void spread();
    } catch (error) {
      await leave(made);
      throw error;
    }

    /** Waits for the others. Never rejects. */
    async function spread(): Promise<void> {
      try {
        while (there.size < info.shards) await progress.next(scope.signal);
      } catch (error) {
        if (scope.signal.aborted) return;
        log.error(
          { ready: there.size, shards: info.shards, err: error },
          'some shards are not there yet: they are tried again, ever less often',
        );
      }
      isReady = true;
    }
  }

  function listen(client: Client): void {
    client.on(Events.InteractionCreate, options.onInteraction);
    client.ws.on(GatewayDispatchEvents.MessageCreate, options.onMessage);
    client.on(Events.Error, (error) => log.error({ err: error }, 'discord error'));
    client.on(Events.ShardError, (error, shard) =>
      log.warn({ shard, err: error }, 'discord connection error'),
    );
    client.on(Events.ShardDisconnect, ({ code }, shard) => {
      if (code === GatewayCloseCodes.AuthenticationFailed.valueOf()) options.onRefused();
      log.error({ shard, code }, 'discord connection closed for good');
      if (OUTGROWN.includes(code) && application !== undefined && connection?.client === client) void anew();
    });
    client.on(Events.ShardReconnecting, (shard) => log.info({ shard }, 'discord reconnecting'));
    client.on(Events.ShardResume, (shard) => log.info({ shard }, 'discord resumed'));
  }

  /** Easel is in more servers than so few shards may serve. Never rejects. */
  async function anew(): Promise<void> {
    const { signal } = closing;
    const old = connection;
    connection = undefined;
    isReady = false;
    if (old) await leave(old);
    for (let attempt = 0; !signal.aborted; attempt += 1)
      try {
        return await connect();
      } catch (error) {
        if (signal.aborted) return;
        log.error({ err: error }, 'discord could not be connected with another number of shards');
        await clock.sleep(backoff(attempt, AGAIN_MS, MAX_AGAIN_MS), signal).catch(() => undefined); // aborted only
      }
  }

  /** discord.js's own REST goes with it, ours stays. */
  async function leave({ client, own, closing: scope }: Connection): Promise<void> {
    scope.abort();
    client.rest = own;
    // it can hang while a shard waits for HELLO or READY (discord.js 14.28.1)
    const enough = new AbortController();
    const late = clock.sleep(DESTROY_MS, enough.signal).catch(() => undefined); // it was not needed
    await Promise.race([client.destroy(), late]);
    enough.abort();
    client.removeAllListeners();
    client.on(Events.Error, (error) => log.debug({ err: error }, 'of a connection that was left'));
  }

  return {
    async start() {
      try {
        await connect();
      } catch (error) {
        throw startError(error);
      }
    },
    async stop() {
      closing.abort();
      isReady = false;
      const last = connection;
      connection = undefined;
      if (last) await leave(last);
    },
    ready: () => isReady,
    client: () => connection?.client,
    notes() {
      const until = logins.until();
      return until === undefined ? [] : [{ code: 'chat-login-later', platform: DISCORD, until }];
    },
    application() {
      if (application === undefined) throw unreachable();
      return application;
    },
  };
}

/** `Sharding required`, and a number of shards that is none. */
const OUTGROWN: readonly number[] = [GatewayCloseCodes.ShardingRequired, GatewayCloseCodes.InvalidShard];
