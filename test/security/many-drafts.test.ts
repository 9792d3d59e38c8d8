/** A server of a stranger's own, whose admins begin one draft after another: they fill no disk. */
import { onTestFinished, describe, expect, it } from 'vitest';
import { MAX_DRAFT_BYTES, MAX_DRAFTS } from '../../src/templates/library/drafts.ts';
import type { Draft } from '../../src/templates/library/records.ts';
import { openTemplateStore, type TemplateStore } from '../../src/templates/library/store.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { ada, castle, commandStage, forever, refused } from '../unit/commands/stage.ts';
import { temporaryFolder } from '../unit/temporary.ts';

async function open() {
  const uri = `sqlite://${await temporaryFolder()}/drafts.sqlite`;
  const again = async (): Promise<TemplateStore> => {
    const store = await openTemplateStore(uri, createRecordingLog());
    onTestFinished(() => store.close());
    return store;
  };
  return { store: await again(), again };
}

const draft = (given: Partial<Draft> = {}, bytes = 100): Draft => ({
  id: crypto.randomUUID(),
  guild: 'mallorys',
  platform: 'test',
  user: 'mallory',
  name: 'x',
  description: '',
  slots: [],
  workflow: 'x'.repeat(bytes),
  changed: true,
  ...given,
});

describe('drafts of one server', () => {
  it('are twenty at most, whoever begins them, also after a restart; other servers have theirs', async () => {
    const { store, again } = await open();
    const all = Array.from({ length: MAX_DRAFTS }, (_, n) => draft({ user: `u${n % 3}` }));
    await Promise.all(all.map((one) => store.saveDraft(one)));
    const full = { code: 'too-many-drafts', max: 20 };
    expect(await refused(store.saveDraft(draft()))).toEqual(full);
    await store.saveDraft({ ...all[0]!, description: 'worked on' });
    await store.saveDraft(draft({ guild: 'another' }));
    const next = await again();
    expect(await refused(next.saveDraft(draft()))).toEqual(full);
    await next.deleteDraft(all[1]!.id);
    await next.saveDraft(draft());
    expect(await refused(next.saveDraft(draft()))).toEqual(full);
  });

  it('have 32 MB together, also by growing', async () => {
    const { store } = await open();
    const one = draft({}, MAX_DRAFT_BYTES / 2);
    await store.saveDraft(one);
    const full = { code: 'drafts-too-large', maxSize: MAX_DRAFT_BYTES };
    expect(await refused(store.saveDraft(draft({}, MAX_DRAFT_BYTES / 2)))).toEqual(full);
    const small = draft();
    await store.saveDraft(small);
    expect(await refused(store.saveDraft({ ...small, workflow: one.workflow }))).toEqual(full);
    expect((await store.draft(small.id))?.workflow).toHaveLength(100);
    expect(await refused(store.saveDraft(draft({ guild: 'another' }, MAX_DRAFT_BYTES)))).toEqual(full);
  });

  it('that nobody has changed make room for their own person, the oldest first; others’ and work stay', async () => {
    const { store } = await open();
    const worked = Array.from({ length: MAX_DRAFTS - 3 }, () => draft());
    for (const one of worked) await store.saveDraft(one);
    const theirs = draft({ user: 'bob', changed: false });
    const [older, newer] = [draft({ changed: false }), draft({ changed: false })];
    for (const one of [theirs, older, newer]) await store.saveDraft(one);
    await store.saveDraft(draft());
    const left = await Promise.all([older, newer, theirs, worked[0]!].map(({ id }) => store.draft(id)));
    expect(left.map((one) => one !== undefined)).toEqual([false, true, true, true]);
    await store.saveDraft(draft());
    expect(await refused(store.saveDraft(draft()))).toMatchObject({ code: 'too-many-drafts' });
    // nothing is given up where that would not be enough
    await store.deleteDraft(worked[0]!.id);
    const spare = draft({ changed: false });
    await store.saveDraft(spare);
    expect(await refused(store.saveDraft(draft({}, MAX_DRAFT_BYTES)))).toMatchObject({
      code: 'drafts-too-large',
    });
    expect(await store.draft(spare.id)).toBeDefined();
  });

  it('are begun as often as somebody likes, and those that were worked on stay', async () => {
    const { commands, store } = await commandStage();
    const { draft: kept } = await commands.editor.add(ada, castle(), { name: 'kept' }, forever);
    await commands.editor.change(ada, kept.id, { kind: 'about', name: 'kept', description: 'Mine' });
    for (let n = 0; n < 30; n += 1) await commands.editor.add(ada, castle(), { name: `c${n}` }, forever);
    expect((await store.draft(kept.id))?.description).toBe('Mine');
  });
});
