/**
 * Keeps one WebSocket open to a backend, for as long as Easel runs. Every connection gets a client id of its own: on
 * ComfyUI 0.33 a second socket under the same id falls silent when the first one closes late.
 */
import { randomUUID } from 'node:crypto';
import { backoff } from '../../core/time.ts';
import { connectSocket } from '../wire/socket.ts';
import type { RunDeps } from './deps.ts';

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
  const { timing, clock, log, name: backend } = deps;
  const stopping = new AbortController();
  let clientId = randomUUID();
  let open = false;
  let running: Promise<void> | undefined;

  /** Resolves to the milliseconds that it was open; never rejects. */
  async function connection(): Promise<number> {
    const options = {
      url: socketUrl(deps, clientId),
      headers: deps.dialect.socketKey === 'header' ? deps.credentials : {},
      signal: stopping.signal,
      clock,
      timing,
      secrets: deps,
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
    clientId = randomUUID();
    if (!stopping.signal.aborted) {
      // once when it is lost; while it stays away only for the curious
      log[wasOpen ? 'warn' : 'debug']({ backend, code, reason }, wasOpen ? 'socket lost' : 'no socket');
      if (wasOpen) hooks.onLost();
    }
    return openFor ?? 0;
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const openFor = await connection();
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
        log.error({ backend, err: error }, 'socket given up, polling only');
      });
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

function socketUrl({ base, dialect, apiKey }: RunDeps, clientId: string): URL {
  const url = new URL('ws', base);
  url.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:';
  url.searchParams.set('clientId', clientId);
  if (apiKey !== undefined && dialect.socketKey === 'query') url.searchParams.set('token', apiKey);
  return url;
}
