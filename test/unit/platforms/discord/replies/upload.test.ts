import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { REST } from 'discord.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { StoredFile } from '../../../../../src/core/files.ts';
import { sendStreamed, withFiles } from '../../../../../src/platforms/discord/replies/upload.ts';
import { stored } from '../../../../fakes/disk.ts';
import { listen } from '../../../../fakes/http/listen.ts';
import { until } from '../../../../fakes/until.ts';

const ROUTE = '/webhooks/1/token/messages/@original';
const MB = 1024 * 1024;
const forever = new AbortController().signal;

async function open(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer);
  const { url, close } = await listen(server);
  const unheard: unknown[] = [];
  const hear = (error: unknown) => void unheard.push(error);
  process.on('unhandledRejection', hear);
  process.on('uncaughtException', hear);
  onTestFinished(async () => {
    process.off('unhandledRejection', hear);
    process.off('uncaughtException', hear);
    await close();
  });
  const rest = new REST({
    api: url,
    retries: 1,
    makeRequest: sendStreamed,
    timeout: 200,
  });
  return { rest, unheard };
}

const ok = (response: ServerResponse) => response.setHeader('content-type', 'application/json').end('{}');

/** Of the whole body, made another way. */
async function digestOf(boundary: string, body: object, files: StoredFile[]): Promise<string> {
  const hash = createHash('sha256');
  const head = (disposition: string) => `--${boundary}\r\ncontent-disposition: form-data; ${disposition}\r\n`;
  hash.update(`${head('name="payload_json"')}\r\n${JSON.stringify(body)}\r\n`);
  for (const [index, { name, type, path }] of files.entries()) {
    hash.update(`${head(`name="files[${index}]"; filename="${name}"`)}content-type: ${type}\r\n\r\n`);
    hash.update(await readFile(path)).update('\r\n');
  }
  return hash.update(`--${boundary}--\r\n`).digest('hex');
}

describe('a message with files', () => {
  it('arrives byte for byte, also when a try before it failed, and later than discord.js waits', async () => {
    const types: string[] = [];
    const seen: { length: string | undefined; bytes: number; digest: string }[] = [];
    const { rest } = await open((request, response) => {
      const hash = createHash('sha256');
      let bytes = 0;
      request.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        hash.update(chunk);
        // a slow line: what is sent may wait for long
        if (bytes % 3 === 0) {
          request.pause();
          setImmediate(() => request.resume());
        }
      });
      request.on('end', () => {
        seen.push({ length: request.headers['content-length'], bytes, digest: hash.digest('hex') });
        types.push(request.headers['content-type'] ?? '');
        if (seen.length === 1) response.writeHead(502).end();
        else setTimeout(() => ok(response), 300);
      });
    });
    const files = await Promise.all(
      [1, 2].map((n) => stored({ name: `${n}.png`, type: 'image/png', bytes: randomBytes(n * MB + n) })),
    );
    const body = { attachments: [{ id: 0 }, { id: 1 }] };
    expect(await rest.patch(ROUTE, { ...withFiles(body, files, forever), auth: false })).toEqual({});
    expect(seen).toHaveLength(2);
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[1]?.length).toBe(String(seen[1]?.bytes));
    const [, boundary = ''] = /boundary=(.*)/.exec(types[0] ?? '') ?? [];
    expect(seen[0]?.digest).toBe(await digestOf(boundary, body, files));
  });

  it('that is aborted anywhere is told to who sent it, and nowhere else', async () => {
    let stuck = true;
    let stop = new AbortController();
    const { rest, unheard } = await open((request, response) => {
      request.on('error', () => undefined);
      // in the middle of the body
      if (stuck) request.once('data', () => request.pause() && stop.abort(new Error('given up')));
      else request.resume().on('end', () => ok(response));
    });
    const files = [await stored({ name: 'a.png', type: 'image/png', bytes: Buffer.alloc(8 * MB) })];
    const upload = (signal: AbortSignal) =>
      rest.patch(ROUTE, { ...withFiles({}, files, signal), auth: false });
    for (let n = 0; n < 20; n += 1) {
      stop = new AbortController();
      const sent = upload(stop.signal);
      const ended = sent.then(() => 'sent').catch(() => 'rejected');
      // earlier than that, too
      if (n % 2 === 1) {
        for (let each = 0; each < n; each += 1) await turn();
        stop.abort(new Error('given up'));
      }
      expect(await ended).toBe('rejected');
    }
    for (let each = 0; each < 20; each += 1) await turn();
    expect(unheard).toEqual([]);
    stuck = false;
    expect(await upload(forever)).toEqual({});
  });

  it('whose connection is cut, or whose file goes away, fails and can be sent again', async () => {
    let cuts = 1;
    const { rest, unheard } = await open((request, response) => {
      request.on('error', () => undefined);
      if (cuts > 0) request.once('data', () => ((cuts -= 1), request.socket.destroy()));
      else request.resume().on('end', () => ok(response));
    });
    const file = await stored({ name: 'a.png', type: 'image/png', bytes: Buffer.alloc(4 * MB) });
    const upload = (path: string) =>
      rest.patch(ROUTE, { ...withFiles({}, [{ ...file, path }], forever), auth: false });
    expect(await upload(file.path).catch(() => 'cut')).toBe('cut');
    await until(() => cuts === 0);
    await expect(upload(`${file.path}-gone`)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await upload(file.path)).toEqual({});
    expect(unheard).toEqual([]);
  });
});
