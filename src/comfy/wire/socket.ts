/**
 * One connection of a backend's WebSocket, from dialling to its end. The server never pings, so we do; and a client that
 * stops reading blocks everybody's events, so what arrives is always read. The URL may hold the key and is never logged.
 */
import { WebSocket, type RawData } from 'ws';
import type { Clock } from '../../core/time.ts';
import type { Timing } from '../timing.ts';
import { clean, LOOKED_AT, type Secrets } from './clean.ts';
import { wordsOf } from './refusals.ts';

export interface SocketOptions {
  url: URL;
  headers: Readonly<Record<string, string>>;
  /** Ends it. */
  signal: AbortSignal;
  clock: Clock;
  timing: Timing;
  secrets: Secrets;
}

export interface SocketHooks {
  onOpen(): void;
  onMessage(data: Uint8Array, isBinary: boolean): void;
}

export interface SocketEnd {
  /** In ms; undefined: it was never open. */
  openFor: number | undefined;
  code: number;
  /** In words without secrets, where there are any. */
  reason: string | undefined;
}

/** Must be the first message; without it previews and texts come without the prompt id that says whose they are. */
const FEATURE_FLAGS = JSON.stringify({
  type: 'feature_flags',
  data: { supports_preview_metadata: true, supports_progress_text_metadata: true },
});

/** Resolves when it is closed, or could not be opened; never rejects. */
export async function connectSocket(options: SocketOptions, hooks: SocketHooks): Promise<SocketEnd> {
  const { url, headers, signal, clock, timing, secrets } = options;
  const { promise, resolve } = Promise.withResolvers<SocketEnd>();
  const socket = new WebSocket(url, {
    headers: { ...headers },
    handshakeTimeout: timing.handshakeMs,
    maxPayload: timing.maxFrameBytes,
    perMessageDeflate: false,
    // a garbled text frame is dropped by the parser; it is no reason to lose the connection
    skipUTF8Validation: true,
  });
  const hangUp = (): void => {
    socket.terminate();
  };
  signal.addEventListener('abort', hangUp, { once: true });
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
    hooks.onOpen();
  });
  socket.on('pong', () => {
    alive = true;
  });
  socket.on('message', (data, isBinary) => {
    alive = true;
    hooks.onMessage(bytesOf(data), isBinary);
  });
  socket.on('unexpected-response', (_request, response) => {
    const { statusCode: status = 0 } = response;
    // before its words are there: they may never be
    const refused = `refused with ${status}`;
    reason ??= refused;
    const pieces: Uint8Array[] = [];
    let size = 0;
    const end = (): void => {
      clearTimeout(patience);
      const contentType = response.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
      const words = wordsOf({ contentType, bytes: Buffer.concat(pieces), status });
      if (reason === refused && words !== undefined) reason = clean(`${refused}: ${words}`, secrets);
      socket.terminate();
    };
    const patience = setTimeout(end, timing.handshakeMs).unref();
    response.on('data', (piece: Uint8Array) => {
      size += piece.byteLength;
      if (size <= LOOKED_AT) pieces.push(piece);
      else end();
    });
    for (const event of ['end', 'error', 'close']) response.once(event, end);
  });
  socket.on('error', (error) => {
    reason ??= clean(error.message, secrets);
  });
  socket.on('close', (code) => {
    clearInterval(pings);
    signal.removeEventListener('abort', hangUp);
    resolve({ openFor: openedAt === undefined ? undefined : clock.monotonic() - openedAt, code, reason });
  });
  return promise;
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
