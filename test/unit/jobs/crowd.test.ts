import { describe, expect, it } from 'vitest';
import { picture, success } from '../../fakes/comfy/scripted-backend.ts';
import { until } from '../../fakes/until.ts';
import { sampleRequest } from './sample.ts';
import { createStage, startStage } from './stage.ts';

const pictures = (count: number) => Array.from({ length: count }, (_, n) => picture(`${n + 1}.png`));
const names = (files: { name: string }[]) => files.map(({ name }) => name);
const first = (count: number) => names(pictures(count).map(({ filename }) => ({ name: filename })));

describe('a run that made many pictures', () => {
  it('is posted whole up to thirty', async () => {
    const { manager, backend, audience, ended, maker } = await startStage();
    backend.auto = success(...pictures(30));
    const { id } = await manager.submit(sampleRequest());
    await ended(id);
    expect(names(audience.reply(id).flatMap(({ files }) => files))).toEqual(first(30));
    expect(maker.made).toEqual([]);
  });

  it('is its first ten, a sheet and an archive of all, made once for all tries', async () => {
    const { manager, backend, audience, ended, maker, files } = await startStage();
    backend.auto = success(...pictures(300));
    audience.errors.push(new Error('503'), new Error('503'));
    const { id } = await manager.submit(sampleRequest());
    await ended(id);
    const posted = audience.reply(id).flatMap((message) => message.files);
    expect(names(posted)).toEqual([...first(10), 'sheet.jpg', 'imagine-300.zip']);
    expect(Buffer.from(posted.at(-1)!.bytes).toString()).toBe(first(300).join(' '));
    expect(audience.reply(id)[0]?.crowd).toEqual({ shown: 10, of: 300 });
    expect(maker.made).toEqual(['sheet.jpg of 300', 'imagine-300.zip of 300']);
    await until(() => manager.roster.guild('guild-a') === undefined);
    await manager.stop(0);
    expect(await files.get({ shelf: 'outbox', owner: id, name: 'archive' })).toBeUndefined();
  });

  it('has at least its first ten where neither can be made, and says how many there are', async () => {
    const { manager, backend, audience, ended, maker } = await startStage();
    maker.failing = true;
    backend.auto = success(...pictures(31));
    const { id } = await manager.submit(sampleRequest());
    await ended(id);
    expect(names(audience.reply(id).flatMap(({ files }) => files))).toEqual(first(10));
    expect(audience.reply(id)[0]?.crowd).toEqual({ shown: 10, of: 31 });
  });

  it('is made into nothing once it has ended two processes', async () => {
    const stage = await createStage();
    const { backend, audience, maker, ended } = stage;
    backend.auto = success(...pictures(31));
    const { deliveries } = audience;
    audience.held = true;
    const before = stage.open();
    await before.manager.start();
    const { id } = await before.manager.submit(sampleRequest());
    await until(() => audience.deliveries > deliveries);
    before.life.die();
    const record = (await stage.store.unfinished())[0]!;
    await stage.store.save({ ...record, heavy: 2 });
    for (const name of ['sheet', 'archive'])
      expect(await stage.files.get({ shelf: 'outbox', owner: id, name })).toBeDefined();
    maker.made.length = 0;
    const { manager } = stage.open();
    await manager.start();
    await until(() => audience.deliveries > deliveries + 1);
    audience.release();
    await ended(id);
    expect(maker.made).toEqual([]);
  });
});
