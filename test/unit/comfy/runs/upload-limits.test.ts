/** What a backend would refuse as too large is not sent to it. */
import { truncate } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { BackendOptions } from '../../../../src/comfy/index.ts';
import type { StoredFile } from '../../../../src/core/files.ts';
import { createManualClock } from '../../../fakes/manual-clock.ts';
import { stored } from '../../../fakes/disk.ts';
import { openBackend, openStub, soon } from '../backends.ts';
import { bomb } from '../../pictures/stage.ts';
import { openPair } from '../sandboxes.ts';
import { json, type Reply } from '../stub-server.ts';

const MiB = 1024 * 1024;
const ANSWER = json({ name: 'a.png', subfolder: '', type: 'input' });

/** As large as it says, and nothing on the disk. */
async function file(size: number, begins: Uint8Array = new Uint8Array(1)): Promise<StoredFile> {
  const one = await stored({ name: 'a.png', type: 'image/png', bytes: begins });
  await truncate(one.path, size);
  return { ...one, size };
}

/** Of these many pixels, as its header says. */
async function picture(width: number, height: number): Promise<StoredFile> {
  const bytes = bomb(1);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return stored({ name: 'a.png', type: 'image/png', bytes });
}

async function open(routes: Record<string, Reply>, options: Partial<BackendOptions> = {}) {
  const stub = await openStub({ 'POST /api/upload/image': ANSWER, ...routes });
  const { backend, log } = openBackend({ url: stub.url, ...options });
  const count = (method: string) => stub.seen.filter((one) => one.method === method).length;
  return { backend, log, count };
}

describe('an upload that is too large', () => {
  it.each([
    ['50 MB', () => file(50 * MiB + 1), { limit: 'bytes', max: 50 * MiB }],
    ['16,384 pixels a side', () => picture(16_385, 1), { limit: 'edge', max: 16_384 }],
    ['64 megapixels', () => picture(8_193, 8_192), { limit: 'pixels', max: 67_108_864 }],
  ])('for Comfy Cloud, of more than %s, is not sent', async (_what, make, limit) => {
    const { backend, count } = await open({}, { dialect: 'cloud', apiKey: 'the-key' });
    await expect(backend.upload(await make(), soon())).rejects.toMatchObject({
      problem: { code: 'too-large-for-backend', backend: 'Comfy Cloud', ...limit },
    });
    expect([count('GET'), count('POST')]).toEqual([0, 0]);
  });

  it('and one that is just not too large is', async () => {
    const { backend, count } = await open({}, { dialect: 'cloud', apiKey: 'the-key' });
    await backend.upload(await picture(16_384, 1), soon());
    await backend.upload(await picture(8_192, 8_192), soon());
    expect(count('POST')).toBe(2);
  });

  it('for a ComfyUI that says how much it takes is not sent, and it is asked once for many', async () => {
    const { backend, sandbox } = await openPair();
    sandbox.faults.maxUploadBytes = MiB;
    const over = { code: 'too-large-for-backend', limit: 'bytes', max: MiB - 4096 };
    await expect(backend.upload(await file(MiB), soon())).rejects.toMatchObject({ problem: over });
    await expect(backend.upload(await file(2 * MiB), soon())).rejects.toMatchObject({ problem: over });
    expect(sandbox.stats.requests['POST /upload/image']).toBeUndefined();
    await backend.upload(await file(MiB - 4096), soon());
    expect(sandbox.stats.requests).toMatchObject({ 'POST /upload/image': 1, 'GET /features': 1 });
    expect(await backend.uploadLimits(soon())).toEqual({ bytes: MiB - 4096 });
  });

  it('for one that says nothing of it is sent, and its 413 is told', async () => {
    for (const routes of [{}, { 'GET /api/features': json({ max_upload_size: 'much' }) }]) {
      const { backend, count } = await open({ ...routes, 'POST /api/upload/image': json({}, 413) });
      await expect(backend.upload(await file(2 * MiB), soon())).rejects.toMatchObject({
        problem: { code: 'too-large-for-backend', backend: 'ComfyUI' },
      });
      expect(count('POST')).toBe(1);
    }
  });

  it('is judged by what it says later, and meanwhile by what it said before', async () => {
    const clock = createManualClock();
    let reply: Reply = json({ max_upload_size: MiB });
    const features: Reply = (response, seen) => reply(response, seen);
    const { backend, count } = await open({ 'GET /api/features': features }, { clock });
    const limits = () => backend.uploadLimits(soon());
    const asked: unknown[] = [await limits()];
    reply = json({}, 500);
    clock.advance(9 * 60_000);
    asked.push(await limits());
    clock.advance(60_000);
    asked.push(await limits());
    reply = json({ max_upload_size: 2 * MiB });
    clock.advance(59_000);
    asked.push(await limits());
    clock.advance(1000);
    asked.push(await limits());
    const [one, two] = [MiB, 2 * MiB].map((size) => ({ bytes: size - 4096 }));
    expect(asked).toEqual([one, one, one, one, two]);
    expect(count('GET')).toBe(3);
  });
});
