/** Bare sockets that take what is sent in ways of their own. */
import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Sending } from '../../../../src/platforms/kit/send-form.ts';
import { lentBytesOf } from '../../../../src/core/multipart.ts';
import { stored } from '../../../fakes/disk.ts';
import { listen as startListening } from '../../../fakes/http/listen.ts';

export async function listen(take: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    take(socket);
  });
  const { url, close } = await startListening(server);
  onTestFinished(close);
  return `${url}/`;
}

export async function sendingOf(size: number, signal = new AbortController().signal): Promise<Sending> {
  const file = await stored({ name: 'a.bin', type: 'video/mp4', bytes: Buffer.alloc(size, 7) });
  return { method: 'POST', headers: {}, size, body: () => lentBytesOf(file), lane: 'test', signal };
}

export const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

/** So many bytes every so many ms, and then what `answer` says. */
export const takeSlowly =
  (size: number, bytes: number, everyMs: number, answer: string) =>
  (socket: Socket): void => {
    let got = 0;
    const timer = setInterval(() => {
      const piece: unknown = socket.read(Math.min(bytes, socket.readableLength || bytes));
      if (piece instanceof Buffer) got += piece.length;
      if (got < size) return;
      clearInterval(timer);
      socket.write(answer);
    }, everyMs);
    socket.on('close', () => clearInterval(timer));
  };

/** All of it at once; `answer` is then asked for its words. */
export const takeAll =
  (size: number, answer: (socket: Socket) => void) =>
  (socket: Socket): void => {
    let got = 0;
    socket.on('data', (piece) => {
      const before = got;
      got += piece.length;
      if (before < size && got >= size) answer(socket);
    });
  };
