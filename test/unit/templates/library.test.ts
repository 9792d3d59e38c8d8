import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { refused } from '../commands/stage.ts';
import { libraryStage, names, publication } from './library-stage.ts';

describe('a published template', () => {
  it('is there at once and after a restart, for its guild only', async () => {
    const { library, open } = await libraryStage();
    const entry = await library.publish('a', publication());
    expect(entry).toMatchObject({ name: 'castle', description: 'Draws', off: false });
    for (const one of [library, open()]) {
      expect(await names(one)).toEqual(['castle', 'imagine', 'upscale']);
      expect(await names(one, 'b')).toEqual(['imagine', 'upscale']);
      expect((await one.own('a')).map(({ name }) => name)).toEqual(['castle']);
      expect(await one.own('b')).toEqual([]);
    }
    expect(await refused(library.entry('b', 'castle'))).toEqual({ code: 'no-such-template', name: 'castle' });
  });

  it('gets a new version with each publish, and every one is kept', async () => {
    const { library, clock } = await libraryStage();
    const { head } = await library.publish('a', publication({ words: 'One' }));
    clock.advance(5);
    const second = await library.publish('a', publication({ head: head?.id, words: 'Two', by: 'bob' }));
    expect(second.head?.id).toBe(head?.id);
    expect(second.head?.versions).toEqual([
      { number: 1, by: 'ada', at: 1_000_000, ownFiles: true },
      { number: 2, by: 'bob', at: 1_000_005, ownFiles: true },
    ]);
    expect(second.template?.description).toBe('Two');
    expect(second.template?.version).not.toBe((await library.entry('a', 'imagine')).template?.version);
    expect((await library.documents('a', 'castle')).template).toContain('Two');
    expect((await library.documents('a', 'castle', 1)).template).toContain('One');
    expect(await refused(library.documents('a', 'castle', 3))).toMatchObject({
      code: 'no-such-version',
      version: '3',
      known: [1, 2],
    });
  });

  it('published twice at the same time has two versions', async () => {
    const { library } = await libraryStage();
    const { head } = await library.publish('a', publication());
    const both = ['One', 'Two'].map((words) => library.publish('a', publication({ head: head?.id, words })));
    await Promise.all(both);
    const { head: after } = await library.entry('a', 'castle');
    expect(after?.versions.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect((await library.documents('a', 'castle', 2)).template).toContain('One');
    expect((await library.documents('a', 'castle', 3)).template).toContain('Two');
  });

  it('that is new gets its name once, also at the same time', async () => {
    const { library } = await libraryStage();
    const results = await Promise.allSettled([1, 2].map(() => library.publish('a', publication())));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await refused(library.publish('a', publication()))).toEqual({
      code: 'name-taken',
      name: 'castle',
    });
    expect(await library.takenBy('a', 'castle')).toBe('own');
    const { head } = await library.entry('a', 'castle');
    expect(await library.takenBy('a', 'castle', head?.id)).toBeUndefined();
    expect(await library.takenBy('b', 'castle')).toBeUndefined();
  });

  it('goes back to an older version, as a new one', async () => {
    const { library } = await libraryStage();
    const { head } = await library.publish('a', publication({ words: 'One' }));
    await library.publish('a', publication({ head: head?.id, words: 'Two' }));
    const back = await library.rollback('a', 'castle', 1, 'bob');
    expect(back.head?.versions.at(-1)).toMatchObject({ number: 3, by: 'bob', from: 1 });
    expect(back).toMatchObject({ description: 'One', template: { description: 'One' } });
    expect(await library.documents('a', 'castle', 3)).toEqual(await library.documents('a', 'castle', 1));
    expect(await refused(library.rollback('a', 'castle', 9, 'bob'))).toMatchObject({
      code: 'no-such-version',
    });
    expect(await refused(library.rollback('a', 'imagine', 1, 'bob'))).toMatchObject({
      code: 'builtin-template',
    });
  });

  it('is renamed and keeps its versions; not to a name that is taken', async () => {
    const { library, open } = await libraryStage();
    await library.publish('a', publication());
    await library.publish('a', publication({ name: 'fort' }));
    expect(await refused(library.rename('a', 'castle', 'fort'))).toEqual({
      code: 'name-taken',
      name: 'fort',
    });
    expect(await library.rename('a', 'castle', 'keep')).toMatchObject({
      name: 'keep',
      template: { name: 'keep' },
    });
    expect(await names(library)).toEqual(['fort', 'imagine', 'keep', 'upscale']);
    expect((await open().documents('a', 'keep', 1)).template).toContain('Draws');
    expect(await refused(library.rename('a', 'imagine', 'x'))).toMatchObject({ code: 'builtin-template' });
    await library.rename('a', 'keep', 'keep');
  });

  it('is removed with all its documents', async () => {
    const { library, store } = await libraryStage();
    const { head } = await library.publish('a', publication());
    const id = head?.id ?? '';
    await library.publish('a', publication({ head: id }));
    await library.remove('a', 'castle');
    expect(await names(library)).toEqual(['imagine', 'upscale']);
    expect([await store.documents(id, 1), await store.documents(id, 2)]).toEqual([undefined, undefined]);
    expect(await refused(library.remove('a', 'castle'))).toMatchObject({ code: 'no-such-template' });
    expect(await refused(library.remove('a', 'imagine'))).toMatchObject({ code: 'builtin-template' });
  });

  it('is gone whole when it is removed while a version is published', async () => {
    const { library, store } = await libraryStage();
    const { head } = await library.publish('a', publication());
    const id = head?.id ?? '';
    await Promise.all([library.publish('a', publication({ head: id })), library.remove('a', 'castle')]).catch(
      () => undefined, // whoever published may find it gone
    );
    expect(await store.documents(id, 2)).toBeUndefined();
  });

  it('keeps its latest 50 versions, and their numbers go on', async () => {
    const { library, store } = await libraryStage();
    const first = await library.publish('a', publication());
    const id = first.head?.id ?? '';
    for (let count = 2; count <= 52; count += 1) await library.publish('a', publication({ head: id }));
    const { head } = await library.entry('a', 'castle');
    expect(head?.versions.map(({ number }) => number)).toEqual(Array.from({ length: 50 }, (_, i) => i + 3));
    expect(await store.documents(id, 2)).toBeUndefined();
    expect(await store.documents(id, 3)).toBeDefined();
  });

  it('may be one of 250', async () => {
    const { library, store } = await libraryStage();
    await library.publish('a', publication({ name: 't0' }));
    const shelf = await store.shelf('a');
    const [first] = shelf?.own ?? [];
    const others = Array.from({ length: 249 }, (_, at) => ({
      ...first,
      name: `t${at + 1}`,
      id: crypto.randomUUID(),
    }));
    await store.saveShelf('a', { ...shelf, own: [first, ...others] } as never);
    await library.publish('b', publication()); // another guild's are not counted
    expect(await refused(library.publish('a', publication()))).toEqual({
      code: 'too-many-templates',
      max: 250,
    });
    const { head } = await library.entry('a', 't0');
    await library.publish('a', publication({ name: 't0', head: head?.id })); // a new version is no new one
    await library.remove('a', 't8');
    await library.publish('a', publication());
  });
});

describe('a built-in template', () => {
  it('is replaced by an own one of its name, and comes back when that is removed or renamed', async () => {
    const { library } = await libraryStage();
    expect(await library.takenBy('a', 'imagine')).toBe('builtin');
    await library.publish('a', publication({ name: 'imagine', words: 'Ours' }));
    expect((await library.entry('a', 'imagine')).description).toBe('Ours');
    expect(await names(library)).toEqual(['imagine', 'upscale']);
    await library.rename('a', 'imagine', 'ours');
    expect(await names(library)).toEqual(['imagine', 'ours', 'upscale']);
    await library.rename('a', 'ours', 'imagine');
    await library.remove('a', 'imagine');
    expect((await library.entry('a', 'imagine')).description).toBe('Draw');
  });

  it('is hidden and limited here, and nowhere else', async () => {
    const { library, open } = await libraryStage();
    await library.switchOff('a', 'test', 'imagine', true);
    const access = { roles: ['r'], channels: ['c'], ageRestricted: true };
    expect(await library.limit('a', 'test', 'upscale', access)).toMatchObject({ access });
    expect(await names(library)).toEqual(['upscale']);
    expect(await names(library, 'b')).toEqual(['imagine', 'upscale']);
    expect(await open().entry('a', 'imagine')).toMatchObject({ off: true });
    expect((await open().entry('b', 'upscale')).access.roles).toEqual([]);
    await library.switchOff('a', 'test', 'imagine', false);
    expect(await names(library)).toEqual(['imagine', 'upscale']);
  });
});

describe('documents that cannot be read', () => {
  it.each([
    ['gone', 'DELETE FROM versions WHERE key = ?'],
    ['not even JSON', `UPDATE versions SET value = '{{{' WHERE key = ?`],
    [
      'no template',
      `UPDATE versions SET value = '{"value":{"template":"{}","workflow":"{}"}}' WHERE key = ?`,
    ],
  ])('(%s) leave their template unusable, say so in the log, and no other', async (_how, sql) => {
    const { library, open, log, path } = await libraryStage();
    const { head } = await library.publish('a', publication());
    await library.publish('a', publication({ name: 'fort' }));
    const database = new DatabaseSync(path);
    database.prepare(sql).run(`${head?.id}/1`);
    database.close();
    const again = open();
    expect(await again.entry('a', 'castle')).toMatchObject({ name: 'castle', template: undefined });
    expect(await names(again)).toEqual(['fort', 'imagine', 'upscale']);
    expect(log.lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'a template of a guild cannot be read' }),
    );
    // it can be mended by a new version, or removed
    await again.publish('a', publication({ head: head?.id }));
    expect((await again.entry('a', 'castle')).template).toBeDefined();
    await again.remove('a', 'castle');
  });
});
