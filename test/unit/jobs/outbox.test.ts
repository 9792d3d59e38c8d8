import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createOutbox } from '../../../src/jobs/outbox.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { temporaryFolder } from '../temporary.ts';

const file = { name: '狐 [1].png', type: 'image/png', bytes: Buffer.from('picture') };

async function stage(budget?: number) {
  const folder = join(await temporaryFolder(), 'outbox');
  const log = createRecordingLog();
  const open = () => createOutbox(folder, log, budget);
  return { folder, log, open, outbox: open() };
}

describe('the outbox', () => {
  it('keeps files of a job until it is dropped, for the next process too', async () => {
    const { outbox, open, folder } = await stage();
    expect(await outbox.get('job', 0)).toBeUndefined();
    await outbox.put('job', 0, file);
    await outbox.put('job', 1, { ...file, bytes: Buffer.alloc(0) });
    const kept = await open().get('job', 0);
    expect({ ...kept, bytes: Buffer.from(kept?.bytes ?? []) }).toEqual(file);
    expect((await open().get('job', 1))?.bytes).toHaveLength(0);
    await outbox.drop('job');
    expect(await open().get('job', 0)).toBeUndefined();
    expect(await readdir(folder)).toEqual([]);
  });

  it('does not hand over what is not whole', async () => {
    const { outbox, folder, log } = await stage();
    await outbox.put('job', 0, file);
    await writeFile(join(folder, 'job', '0.bin'), 'pic');
    expect(await outbox.get('job', 0)).toBeUndefined();
    await writeFile(join(folder, 'job', '0.json'), '{"name": ');
    expect(await outbox.get('job', 0)).toBeUndefined();
    expect(log.lines.map(({ message }) => message)).toEqual(['a fetched file could not be read']);
  });

  it('keeps no more than its budget, and has room again when a job is dropped', async () => {
    const { outbox } = await stage(10);
    await outbox.put('a', 0, file);
    await outbox.put('b', 0, file);
    expect(await outbox.get('b', 0)).toBeUndefined();
    await outbox.drop('a');
    await outbox.put('b', 0, file);
    expect(await outbox.get('b', 0)).toBeDefined();
  });

  it('forgets what belongs to nobody any more', async () => {
    const { outbox, folder, open } = await stage();
    for (const job of ['a', 'b', 'c']) await outbox.put(job, 0, file);
    await open().keepOnly(new Set(['b', 'd']));
    expect(await readdir(folder)).toEqual(['b']);
    await createOutbox(join(folder, 'none'), createRecordingLog()).keepOnly(new Set());
  });

  it('says in the log what the disk does not take, and goes on', async () => {
    const { folder, log } = await stage();
    await writeFile(folder, 'a file where the folder would be');
    const outbox = createOutbox(folder, log);
    await outbox.put('job', 0, file);
    expect(await outbox.get('job', 0)).toBeUndefined();
    await outbox.drop('job');
    expect(log.lines.map(({ message }) => message)).toContain('a fetched file could not be kept');
  });
});
