/** Blocked words hold for every text that reaches the graph, whoever wrote it and by whichever way it came. */
import { describe, expect, it } from 'vitest';
import { success } from '../fakes/comfy/scripted-backend.ts';
import { ada, ann, castle, classes, commandStage, forever, refused } from '../unit/commands/stage.ts';
import { parse } from '../unit/templates/sources.ts';

const NODES = { '3': { class_type: 'KSampler', inputs: { text: '', style: '', look: '', mood: '' } } };
const SLOTS = {
  prompt: { type: 'text', into: [['3', 'text']], default: 'a red fox' },
  style: { type: 'text', into: [['3', 'style']], format: 'in the manner of b{value}, oil on gore' },
  look: {
    type: 'choice',
    into: [['3', 'look']],
    choices: {
      calm: [[['3', 'mood'], 'a quiet place']],
      'wild b l o o d': [[['3', 'mood'], 'x']],
      dark: [[['3', 'mood'], 'cr.uel']],
    },
  },
};
const sketch = { ...parse(SLOTS, {}, NODES), name: 'sketch' };

async function ruled(blockedWords: string, template: Parameters<typeof commandStage>[1] = [sketch]) {
  const stage = await commandStage({ caps: () => ({ guild: 9, user: 9 }) }, template);
  stage.backend.auto = success();
  stage.backend.classes = classes();
  await stage.commands.settings.change(ada, { blockedWords });
  const ask = (raw: Record<string, string> = {}) => refused(stage.commands.prepare(ann, 'sketch', raw));
  return { ...stage, ask };
}
const blocked = (slot: string) => ({ code: 'blocked-word', slot });

describe('a blocked word is refused', () => {
  it('in what was typed, by an admin too, in disguise', async () => {
    const { ask, commands } = await ruled('fox');
    expect(await ask({ prompt: 'a f-o-x' })).toEqual(blocked('prompt'));
    expect(await refused(commands.prepare(ada, 'sketch', { prompt: 'а fох' }))).toEqual(blocked('prompt'));
  });

  it('in a default, and what it is given instead is taken', async () => {
    const { ask, commands } = await ruled('fox');
    expect(await ask()).toEqual(blocked('prompt'));
    await commands.prepare(ann, 'sketch', { prompt: 'a crow' });
  });

  it('in what a format makes of it, and in the value before that', async () => {
    const { ask } = await ruled('gore\nboak\nlard');
    expect(await ask({ style: 'x' })).toEqual(blocked('style'));
    const other = await ruled('boak\nlard');
    expect(await other.ask({ style: 'oak' })).toEqual(blocked('style'));
    expect(await other.ask({ style: 'lard' })).toEqual(blocked('style'));
    await other.commands.prepare(ann, 'sketch', { style: 'tern' });
  });

  it('in a choice, by its name or by what it writes', async () => {
    const { ask, commands } = await ruled('blood\ncruel');
    expect(await ask({ look: 'wild b l o o d' })).toEqual(blocked('look'));
    expect(await ask({ look: 'dark' })).toEqual(blocked('look'));
    await commands.prepare(ann, 'sketch', { look: 'calm' });
  });

  it('in what is asked for again, when it was blocked meanwhile', async () => {
    const { commands, ended } = await ruled('owl');
    const prepared = await commands.prepare(ann, 'sketch', { prompt: 'a red fox' });
    const { id } = await commands.run(prepared, null, forever);
    await ended(id);
    await commands.settings.change(ada, { blockedWords: 'f*x' });
    expect(await refused(commands.prepareAgain(ann, id))).toEqual(blocked('prompt'));
  });

  it("in the workflow's own text where a slot has neither value nor default, and in an edited draft's test", async () => {
    const { commands } = await ruled('owl');
    const { editor } = commands;
    const { draft, slots } = await editor.add(ada, castle(), {}, forever);
    const text = slots.find(({ slot }) => slot.type === 'text');
    if (!text) throw new Error('it has no text');
    const edit = { kind: 'slot', slot: text.name, change: { default: 'an o.w.l' } } as const;
    await editor.change(ada, draft.id, edit);
    expect(await refused(editor.prepareTest(ada, draft.id))).toEqual(blocked(text.name));
    await editor.publish(ada, draft.id);
    expect(await refused(commands.prepare(ann, 'castle', {}))).toMatchObject({ code: 'blocked-word' });
  });
});
