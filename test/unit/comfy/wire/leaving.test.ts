/** What of an answer is read, and that its connection ends where nobody reads on. */
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Save } from '../../../../src/core/backend.ts';
import type { Output } from '../../../../src/core/run.ts';
import { createFiles } from '../../../../src/files/index.ts';
import { createManualClock } from '../../../fakes/manual-clock.ts';
import { createRecordingLog } from '../../../fakes/recording-log.ts';
import { until } from '../../../fakes/until.ts';
import { temporaryFolder } from '../../temporary.ts';
import { openBackend, soon } from '../backends.ts';

const MB = 1024 * 1024;
const output: Output = { node: '2', kind: 'image', filename: 'a.bin', subfolder: '', type: 'output' };

/** Says `head` and then so many bytes, at its readers' pace. */
async function open(head: string, size: number) {
  const sockets = new Set<Socket>();
  const said = { bytes: 0 };
  const piece = Buffer.alloc(MB, 32);
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', () => {
      socket.write(`HTTP/1.1 ${head}\r\ncontent-length: ${size}\r\n\r\n`);
      let left = size;
      const go = (): void => {
        while (left > 0 && !socket.destroyed) {
          const next = piece.subarray(0, left);
          left -= next.length;
          said.bytes += next.length;
          if (!socket.write(next)) return void socket.once('drain', go);
        }
      };
      go();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { backend } = openBackend({
    url,
    timing: { fetchAttempts: 1, fetchMs: 20_000, fetchIdleMs: 20_000 },
  });
  return { backend, sockets, said };
}

const FILE = '200 OK\r\ncontent-type: application/octet-stream';

async function realFiles(make: (folder: string) => Promise<unknown>): Promise<Save> {
  const directory = await temporaryFolder();
  await make(join(directory, 'outbox'));
  const files = createFiles({ directory, clock: createManualClock(1), log: createRecordingLog() });
  return (about, bytes) => files.put({ shelf: 'outbox', owner: 'job', name: '0' }, about, bytes);
}

describe('a fetch that comes to nothing leaves no connection', () => {
  it.each<[string, () => Promise<Save>, RegExp]>([
    ['before its first piece', async () => async () => Promise.reject(new Error('no room')), /no room/],
    [
      'in the middle',
      async () => async (_about, bytes) => {
        for await (const _ of bytes) throw new Error('no room');
        throw new Error('no bytes');
      },
      /no room/,
    ],
    [
      'since its folder cannot be made',
      () => realFiles((outbox) => mkdir(outbox).then(() => writeFile(join(outbox, 'job'), ''))),
      /EEXIST|ENOTDIR/,
    ],
    [
      'since its file cannot be opened',
      () => realFiles((outbox) => mkdir(join(outbox, 'job', '0.part'), { recursive: true })),
      /EISDIR/,
    ],
  ])('%s', async (_when, making, why) => {
    const { backend, sockets } = await open(FILE, 32 * MB);
    const save = await making();
    for (let n = 0; n < 4; n += 1) await expect(backend.fetch(output, save, soon())).rejects.toThrow(why);
    await until(() => sockets.size === 0);
  });
});

describe('of an answer that is no file', () => {
  const never: Save = async () => Promise.reject(new Error('not to be saved'));

  it.each([
    ['an error that does not end', '404 Not Found', { code: 'output-gone' }],
    ['a page', '200 OK\r\ncontent-type: text/html', { code: 'backend-broken', problem: { status: 200 } }],
    ['a redirect', '302 Found\r\nlocation: file:///x', { code: 'backend-broken', problem: { status: 302 } }],
    ['an outage', '500 Oh', { code: 'backend-broken', problem: { status: 500 } }],
  ])('%s: little is read, and its status counts', async (_what, head, problem) => {
    const { backend, sockets, said } = await open(head, 300 * MB);
    await expect(backend.fetch(output, never, soon())).rejects.toMatchObject(problem);
    await until(() => sockets.size === 0);
    // and what the kernel took
    expect(said.bytes).toBeLessThan(60 * MB);
  });

  it('a refusal of a megabyte keeps its words', async () => {
    const words = JSON.stringify({ error: 'the reason', rest: 'x'.repeat(MB) });
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      const head = `HTTP/1.1 401 No\r\ncontent-type: application/json\r\ncontent-length: ${words.length}`;
      socket.once('data', () => socket.end(`${head}\r\nconnection: close\r\n\r\n${words}`));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { backend } = openBackend({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    await expect(backend.fetch(output, never, soon())).rejects.toMatchObject({
      problem: { code: 'login-refused', words: 'the reason' },
    });
  });
});
