/**
 * The one WebSocket of a backend. Every connection gets a client id of its own: on ComfyUI 0.33 a second socket under
 * the same id falls silent when the first one closes late. The server never pings, so we do; and a client that stops
 * reading blocks everybody's events, so what arrives is always read. The URL may hold the key and is never logged.
 */
import { randomUUID } from 'node:crypto';
import { WebSocket, type RawData } from 'ws';
import { backoff } from '../../core/time.ts';
import { clean } from './refusals.ts';
import type { Server } from '../runs/deps.ts';

export interface Socket {
  /** The id of the open connection, or of the one being opened, or of the next. */
  clientId(): string;
  isOpen(): boolean;
  start(): void;
  stop(): Promise<void>;
}

export interface SocketHooks {
  onMessage(data: Uint8Array, isBinary: boolean): void;
  onOpen(): void;
  onLost(): void;
}

/** Must be the first message; without it previews come without the prompt id that says whose they are. */
const FEATURE_FLAGS = JSON.stringify({ type: 'feature_flags', data: { supports_preview_metadata: true } });

export function createSocket(server: Server, hooks: SocketHooks): Socket {
  const { timing, clock, log, name: backend } = server;
  const stopping = new AbortController();
  let clientId = randomUUID();
  let open = false;
  let running: Promise<void> | undefined;

  /** One connection from dialling to its end. Resolves to the milliseconds that it was open; never rejects. */
  async function connection(): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<number>();
    const socket = new WebSocket(socketUrl(server, clientId), {
      headers: server.dialect.socketKey === 'header' ? { ...server.credentials } : {},
      handshakeTimeout: timing.handshakeMs,
      maxPayload: timing.maxFrameBytes,
      perMessageDeflate: false,
      // A garbled text frame is dropped by the parser; it is no reason to lose the connection.
      skipUTF8Validation: true,
    });
    const hangUp = (): void => {
      socket.terminate();
    };
    stopping.signal.addEventListener('abort', hangUp, { once: true });
    let openedAt: number | undefined;
    let reason: string | undefined;
    let alive = true;
    let pings: NodeJS.Timeout | undefined;

    const ping = (): void => {
      if (!alive) {
        reason = 'no sign of life';
        socket.terminate();
        return;
      }
      alive = false;
      socket.ping();
    };
    socket.on('open', () => {
      openedAt = clock.monotonic();
      socket.send(FEATURE_FLAGS);
      pings = setInterval(ping, timing.pingMs).unref();
      open = true;
      log.info({ backend }, 'socket open');
      hooks.onOpen();
    });
    socket.on('pong', () => {
      alive = true;
    });
    socket.on('message', (data, isBinary) => {
      alive = true;
      hooks.onMessage(bytesOf(data), isBinary);
    });
    socket.on('error', (error) => {
      reason ??= clean(error.message, server);
    });
    socket.on('close', (code) => {
      clearInterval(pings);
      stopping.signal.removeEventListener('abort', hangUp);
      const wasOpen = openedAt !== undefined;
      open = false;
      clientId = randomUUID();
      if (!stopping.signal.aborted) {
        // Once when it is lost; while it stays away only for the curious.
        log[wasOpen ? 'warn' : 'debug']({ backend, code, reason }, wasOpen ? 'socket lost' : 'no socket');
        if (wasOpen) hooks.onLost();
      }
      resolve(openedAt === undefined ? 0 : clock.monotonic() - openedAt);
    });
    return await promise;
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const lived = await connection();
      failures = lived >= timing.stableMs ? 0 : failures + 1;
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

function socketUrl({ base, dialect, apiKey }: Server, clientId: string): URL {
  const url = new URL('ws', base);
  url.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:';
  url.searchParams.set('clientId', clientId);
  if (apiKey !== undefined && dialect.socketKey === 'query') url.searchParams.set('token', apiKey);
  return url;
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
