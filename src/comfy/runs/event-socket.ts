/**
 * Keeps one WebSocket open to a backend, for as long as Easel runs. Every connection gets a client id of its own: on
 * ComfyUI 0.33 a second socket under the same id falls silent when the first one closes late.
 */
import { randomUUID } from 'node:crypto';
import { backoff, within } from '../../core/time.ts';
import { getAlive } from '../wire/alive.ts';
import { connectSocket } from '../wire/socket.ts';
import type { RunDeps } from './deps.ts';
import type { Dialect } from './dialect.ts';

/** How long the next dial waits for that, in ms. */
const ALIVE_MS = 2000;

export interface EventSocket {
  /** The id of the open connection, or of the one being opened, or of the next. */
  clientId(): string;
  isOpen(): boolean;
  start(): void;
  stop(): Promise<void>;
}

export interface EventSocketHooks {
  onMessage(data: Uint8Array, isBinary: boolean): void;
  onOpen(): void;
  onLost(): void;
}

export function createEventSocket(deps: RunDeps, hooks: EventSocketHooks): EventSocket {
  const { timing, clock, log, server, kind } = deps;
  const stopping = new AbortController();
  let clientId = randomUUID();
  let open = false;
  /** Whether it is refused while requests are answered. */
  let alone: 'no' | 'perhaps' | 'told' = 'no';
  let running: Promise<void> | undefined;

  /** Resolves to the milliseconds that it was open; never rejects. */
  async function connection(dialect: Dialect): Promise<number> {
    const { address: backend } = server;
    const options = {
      url: socketUrl(deps, dialect, clientId),
      headers: deps.credentials,
      signal: stopping.signal,
      clock,
      timing,
      secrets: server,
    };
    const { openFor, code, reason } = await connectSocket(options, {
      onMessage: (data, isBinary) => hooks.onMessage(data, isBinary),
      onOpen() {
        open = true;
        log.info({ backend }, 'socket open');
        hooks.onOpen();
      },
    });
    const wasOpen = openFor !== undefined;
    open = false;
    alone = wasOpen ? 'no' : alone;
    clientId = randomUUID();
    if (!stopping.signal.aborted) {
      // once when it is lost; while it stays away only for the curious
      log[wasOpen ? 'warn' : 'debug']({ backend, code, reason }, wasOpen ? 'socket lost' : 'no socket');
      if (wasOpen) hooks.onLost();
      else await tellIfAlone(dialect, { code, reason });
    }
    return openFor ?? 0;
  }

  /** Says once that it is the socket alone that is refused, as by a proxy that does not pass it on. Never rejects. */
  async function tellIfAlone(
    { check }: Dialect,
    end: { code: number; reason: string | undefined },
  ): Promise<void> {
    if (alone === 'told') return;
    const { address: backend } = server;
    try {
      await within(ALIVE_MS, (signal) => getAlive(deps.http, check, signal), stopping.signal);
    } catch (error) {
      alone = 'no';
      log.debug({ backend, err: error }, 'no requests are answered either');
      return;
    }
    // a server that has just started may open it at the next dial
    alone = alone === 'no' ? 'perhaps' : 'told';
    if (alone === 'perhaps') return;
    log.warn(
      { backend, fault: 'no-socket', ...end },
      'requests are answered, but the WebSocket is not opened: no live progress, no previews',
    );
  }

  /** There is no socket before it is known where its key belongs. Never rejects. */
  async function once(): Promise<number> {
    try {
      const dialect = await kind.known(stopping.signal);
      kind.renew();
      return await connection(dialect);
    } catch (error) {
      if (!stopping.signal.aborted) log.debug({ backend: server.address, err: error }, 'no socket');
      return 0;
    }
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const openFor = await once();
      failures = openFor >= timing.stableMs ? 0 : failures + 1;
      const pause = backoff(Math.max(failures - 1, 0), timing.reconnectBaseMs, timing.reconnectCapMs);
      await clock.sleep(pause, stopping.signal).catch((error: unknown) => {
        if (!stopping.signal.aborted) throw error;
      });
    }
  }

  return {
    clientId: () => clientId,
    isOpen: () => open,
    start() {
      if (stopping.signal.aborted) return;
      running ??= run().catch((error: unknown) => {
        log.error({ backend: server.address, err: error }, 'socket given up, polling only');
      });
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

export function socketUrl({ base, apiKey }: RunDeps, { socketKey }: Dialect, clientId: string): URL {
  const url = new URL('ws', base);
  url.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:';
  url.searchParams.set('clientId', clientId);
  if (apiKey !== undefined && socketKey === 'query') url.searchParams.set('token', apiKey);
  return url;
}
