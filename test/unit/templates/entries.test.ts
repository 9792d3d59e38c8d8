import { expect, it } from 'vitest';
import { createEntries } from '../../../src/templates/library/entries.ts';
import { Head, Shelf } from '../../../src/templates/library/records.ts';
import type { TemplateStore } from '../../../src/templates/library/store.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { imagine, publication } from './library-stage.ts';

/** Guilds with so many templates of their own; `read` has those whose shelf was read. */
function stage(own: number) {
  const read: string[] = [];
  const version = { number: 1, by: 'ada', at: 1 };
  const store: Pick<TemplateStore, 'shelf' | 'documents'> = {
    async shelf(guild) {
      read.push(guild);
      const heads = Array.from({ length: own }, (_none, at) =>
        Head.parse({ id: crypto.randomUUID(), name: `t${at}`, description: 'Draws', versions: [version] }),
      );
      return Shelf.parse({ platform: 'test', own: heads });
    },
    documents: async () => publication().documents,
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as much of a store as is asked
  const entries = createEntries([imagine], store as TemplateStore, createRecordingLog());
  return { entries, read };
}

it('remembers 500 guilds, and forgets who has not asked for longest', async () => {
  const { entries, read } = stage(0);
  for (let guild = 0; guild < 500; guild += 1) await entries.of(`${guild}`);
  await entries.of('0');
  await entries.of('one more');
  read.length = 0;
  await entries.of('0');
  await entries.of('2');
  expect(read).toEqual([]);
  await entries.of('1');
  expect(read).toEqual(['1']);
});

it('remembers 1,000 templates of guilds in all', async () => {
  const { entries, read } = stage(100);
  for (let guild = 0; guild < 11; guild += 1) expect(await entries.of(`${guild}`)).toHaveLength(101);
  read.length = 0;
  await entries.of('10');
  await entries.of('1');
  expect(read).toEqual([]);
  await entries.of('0');
  expect(read).toEqual(['0']);
});

it('reads once for all who ask at the same time, and anew after a change', async () => {
  const { entries, read } = stage(1);
  const both = await Promise.all([entries.of('a'), entries.of('a')]);
  expect(both[0]).toBe(both[1]);
  expect(read).toEqual(['a']);
  // a change while it is read: what was read is of before
  const before = entries.of('b');
  entries.forget('b');
  await before;
  await entries.of('b');
  expect(read).toEqual(['a', 'b', 'b']);
});
