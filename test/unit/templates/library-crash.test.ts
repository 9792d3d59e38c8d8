/** What is left when a write fails in the middle; and what the platform was told. */
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { EaselError } from '../../../src/core/errors.ts';
import { refused } from '../commands/stage.ts';
import { libraryStage, names, publication } from './library-stage.ts';

const full = new EaselError({ code: 'store-failed' });

describe('a publish that is cut short', () => {
  it.each(['saveDocuments', 'saveShelf'] as const)(
    'at %s leaves the version before in use',
    async (write) => {
      const { library, open, failing } = await libraryStage();
      const { head } = await library.publish('a', publication({ words: 'One' }));
      failing.set(write, full);
      const again = publication({ head: head?.id, words: 'Two' });
      expect(await refused(library.publish('a', again))).toEqual({ code: 'store-failed' });
      for (const one of [library, open()]) {
        const entry = await one.entry('a', 'castle');
        expect(entry).toMatchObject({ description: 'One', template: { description: 'One' } });
        expect(entry.head?.versions).toHaveLength(1);
      }
      // what was left behind is written over
      await library.publish('a', { ...again, ...publication({ head: head?.id, words: 'Three' }) });
      expect((await open().entry('a', 'castle')).template?.description).toBe('Three');
      expect((await library.documents('a', 'castle', 2)).template).toContain('Three');
    },
  );

  it('of a new template leaves none', async () => {
    const { library, open, failing } = await libraryStage();
    failing.set('saveShelf', full);
    await refused(library.publish('a', publication()));
    for (const one of [library, open()]) expect(await names(one)).toEqual(['imagine', 'upscale']);
    await library.publish('a', publication());
  });

  it('changes nothing where it was a rename, a limit or a removal', async () => {
    const { library, failing, store } = await libraryStage();
    const { head } = await library.publish('a', publication());
    const access = { roles: ['r'], channels: [], ageRestricted: false };
    for (const work of [
      () => library.rename('a', 'castle', 'keep'),
      () => library.limit('a', 'test', 'castle', access),
      () => library.switchOff('a', 'test', 'castle', true),
      () => library.remove('a', 'castle'),
      () => library.rollback('a', 'castle', 1, 'ada'),
    ]) {
      failing.set('saveShelf', full);
      expect(await refused(work())).toEqual({ code: 'store-failed' });
      const entry = await library.entry('a', 'castle');
      expect(entry).toMatchObject({ off: false, access: { roles: [] }, head: { versions: [{ number: 1 }] } });
    }
    expect(await store.documents(head?.id ?? '', 1)).toBeDefined();
  });
});

describe('a shelf that is damaged', () => {
  it('is not written over, and other guilds go on', async () => {
    const { library, open, path, log } = await libraryStage();
    await library.publish('a', publication());
    await library.publish('b', publication());
    const database = new DatabaseSync(path);
    database.exec(`UPDATE shelves SET value = '{"value":{"own":7}}' WHERE key = 'a'`);
    database.close();
    const again = open();
    expect(await refused(again.entries('a'))).toEqual({ code: 'record-unreadable' });
    expect(await refused(again.publish('a', publication()))).toEqual({ code: 'record-unreadable' });
    expect(await names(again, 'b')).toContain('castle');
    expect(await Array.fromAsync(again.guilds())).toEqual([['b', 'test']]);
    expect(log.lines.filter(({ message }) => message === 'corrupt shelf left in place')).toHaveLength(1);
  });
});

describe('memory', () => {
  it('keeps what was read, and forgets it with every change', async () => {
    const { library, calls } = await libraryStage();
    await library.publish('a', publication());
    const before = calls.documents;
    await Promise.all([1, 2, 3].map(() => library.entries('a')));
    expect(calls.documents).toBe(before);
    await library.limit('a', 'test', 'upscale', { roles: [], channels: [], ageRestricted: true });
    await library.entries('a');
    expect(calls.documents).toBe(before + 1);
  });

  it('never shows an older state to who asks after a change', async () => {
    const { library } = await libraryStage();
    await library.publish('a', publication());
    for (let round = 0; round < 20; round += 1) {
      const off = round % 2 === 0;
      // somebody reads all the time
      const readers = Promise.all([library.entries('a'), library.usable('a')]);
      const change = library.switchOff('a', 'test', 'castle', off);
      void library.entries('a');
      await change;
      expect((await library.entry('a', 'castle')).off).toBe(off);
      await readers;
    }
  });
});

describe('what the platform knows', () => {
  it('is old after every change, until it was told the newest', async () => {
    const { library, open } = await libraryStage();
    expect(await library.unoffered('test')).toEqual([]);
    await library.publish('a', publication());
    expect(await open().unoffered('test')).toEqual(['a']);
    expect(await library.unoffered('other')).toEqual([]);
    await library.offered('a', await library.own('a'));
    expect(await library.unoffered('test')).toEqual([]);
    await library.rename('a', 'castle', 'keep');
    expect(await library.unoffered('test')).toEqual(['a']);
  });

  it('stays old when there was another change while it was told', async () => {
    const { library } = await libraryStage();
    await library.publish('a', publication());
    const offered = await library.own('a');
    await library.publish('a', publication({ name: 'fort' }));
    await library.offered('a', offered);
    expect(await library.unoffered('test')).toEqual(['a']);
  });

  it('is not touched by what admins were told of a version; a newer one was not told of', async () => {
    const { library } = await libraryStage();
    const { head } = await library.publish('a', publication());
    if (!head) throw new Error('it is an own one');
    await library.offered('a', await library.own('a'));
    await library.noteNotified('a', head, ['node Gone']);
    expect(await library.unoffered('test')).toEqual([]);
    expect((await library.entry('a', 'castle')).head?.told).toEqual(['node Gone']);
    await library.publish('a', publication({ head: head.id }));
    await library.noteNotified('a', head, ['node Gone']);
    expect((await library.entry('a', 'castle')).head?.told).toEqual([]);
  });
});
