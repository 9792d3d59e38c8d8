/** discord.js's own shards (@discordjs/ws 1.2.3), where it would end all for one, or leave something behind. */
import { SimpleShardingStrategy, type IShardingStrategy, type WebSocketOptions } from 'discord.js';
import { EventEmitter } from 'node:events';
import type { Log } from '../../../core/log.ts';

/** For READY, in ms. discord.js logs in anew after 15 s, which costs one of a day's logins. */
const READY_MS = 60_000;

/** `@discordjs/ws`'s; discord.js has another of this name. */
type WebSocketManager = Parameters<NonNullable<WebSocketOptions['buildStrategy']>>[0];

export function createShards(manager: WebSocketManager, closing: AbortSignal, log: Log): IShardingStrategy {
  const { options } = manager;
  options.readyTimeout = READY_MS;
  const remembered = options.retrieveSessionInfo.bind(options);
  // asked before every connection: one that was about to be made again when all ended is not made
  options.retrieveSessionInfo = (shard) => (closing.aborted ? NEVER : remembered(shard));
  const strategy = new SimpleShardingStrategy(manager);

  return {
    spawn: (shards) => strategy.spawn(shards),
    connect() {
      // nobody waits for all: discord.js would end every shard when one cannot be connected at once, which that one tries
      // again by itself
      strategy
        .connect()
        .catch((error: unknown) => log.warn({ err: error }, 'a shard could not be connected at once'));
      return Promise.resolve();
    },
    async destroy(how) {
      const sockets = socketsOf(strategy);
      // one that is still connecting stays, and nobody listens to it: its error would end the process
      for (const socket of sockets) socket.on('error', () => undefined);
      const ending = strategy.destroy(how);
      setImmediate(() => {
        for (const socket of sockets) if (socket.readyState === CONNECTING) socket.terminate?.();
      });
      await ending;
    },
    fetchStatus: () => strategy.fetchStatus(),
    send: (shard, payload) => strategy.send(shard, payload),
  };
}

/** Of `ws`. */
const CONNECTING = 0;
const NEVER = new Promise<never>(() => undefined);

interface Socket extends EventEmitter {
  readyState?: unknown;
  terminate?: () => void;
}

/** Neither is public. */
function socketsOf(strategy: SimpleShardingStrategy): Socket[] {
  const shards: unknown = Reflect.get(strategy, 'shards');
  if (!(shards instanceof Map)) return [];
  return [...shards.values()].flatMap((shard: unknown) => {
    const socket: unknown = typeof shard === 'object' && shard && Reflect.get(shard, 'connection');
    return socket instanceof EventEmitter ? [socket] : [];
  });
}
