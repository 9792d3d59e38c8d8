import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { REST } from 'discord.js';
import { expect, it } from 'vitest';
import { sendWhole } from '../../../../src/platforms/discord/upload.ts';

it('an upload that is aborted is told to who sent it, and nowhere else', async () => {
  const server = createServer((request, response) => {
    request.on('error', () => undefined).resume();
    request.on('end', () => response.setHeader('content-type', 'application/json').end('{}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const unheard: unknown[] = [];
  const listen = (error: unknown) => void unheard.push(error);
  process.on('unhandledRejection', listen);
  try {
    const rest = new REST({ api: `http://127.0.0.1:${port}`, retries: 0, makeRequest: sendWhole });
    const upload = (n: number, signal?: AbortSignal) =>
      rest.patch(`/webhooks/1/t${n}/messages/@original`, {
        body: {},
        files: [1, 2].map((part) => ({ name: `${part}.png`, data: Buffer.alloc(100_000) })),
        auth: false,
        ...(signal && { signal }),
      });
    for (let n = 0; n < 40; n += 1) {
      const stop = new AbortController();
      const sent = upload(n, stop.signal);
      for (let turn = 0; turn < n % 8; turn += 1) await setImmediate();
      stop.abort();
      await sent.catch(() => undefined);
    }
    for (let turn = 0; turn < 20; turn += 1) await setImmediate();
    expect(unheard).toEqual([]);
    expect(await upload(99)).toEqual({});
  } finally {
    process.off('unhandledRejection', listen);
    server.closeAllConnections();
    server.close();
  }
});
