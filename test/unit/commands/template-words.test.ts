import { describe, expect, it } from 'vitest';
import { parseValues } from '../../../src/commands/typed/parse.ts';
import type { Caller } from '../../../src/core/caller.ts';
import { CHOSEN } from '../../../src/core/screen.ts';
import { TAGS } from '../../../src/i18n/languages.ts';
import { lineText } from '../../../src/platforms/kit/screen-text.ts';
import { offeredCommands } from '../../../src/platforms/web/offer.ts';
import { calledIn } from '../../../src/templates/languages/called.ts';
import { sampleCaller } from '../jobs/sample.ts';
import { parse } from '../templates/sources.ts';
import { ada, attached, castle, classes, commandStage, forever, GRAPH } from './stage.ts';

const text = { type: 'text', into: [['3', 'text']] };
const drawing = parse(
  {
    prompt: text,
    steps: { type: 'integer', into: [['3', 'steps']] },
    size: { type: 'choice', into: [['3', 'size']], choices: ['wide', 'tall'] },
    image: { type: 'image', into: [['10', 'image']] },
  },
  {
    languages: {
      ja: {
        slots: {
          steps: { name: 'ステップ' },
          size: { name: 'サイズ', choices: { wide: '横長' } },
          image: { name: '画像' },
        },
      },
    },
  },
);

const read = (typed: string, locale = 'en') =>
  parseValues(typed, { slots: drawing.slots, main: 'prompt', called: calledIn(drawing, locale) });

describe('a slot that is typed by its name in another language', () => {
  it.each<[string, object]>([
    ['城 --ステップ 30', { prompt: '城', steps: '30' }],
    ['城 ステップ：30 サイズ:横長', { prompt: '城', steps: '30', size: 'wide' }],
    ['城、サイズ：横長', { prompt: '城', size: 'wide' }],
    ['城 --ｻｲｽﾞ 横長', { prompt: '城', size: 'wide' }],
    ['城 --size 横長 --steps 3', { prompt: '城', size: 'wide', steps: '3' }],
    ['--画像 a.png 城', { image: 'a.png', prompt: '城' }],
  ])('%j', (typed, values) => {
    expect(read(typed)).toEqual({ values, doubts: [] });
  });

  it.each(['猫の画像：白い背景', '画像：白い背景', '横長 城'])('%j is a prompt all the same', (typed) => {
    expect(read(typed, 'ja')).toEqual({ values: { prompt: typed }, doubts: [] });
  });

  it('is asked about where it cannot have what stands there', () => {
    expect(read('城 サイズ：大きい').doubts).toMatchObject([
      { written: 'サイズ：大きい', problem: { slot: 'size' } },
    ]);
  });
});

async function stageWithFox() {
  const stage = await commandStage();
  stage.backend.classes = classes();
  const { commands } = stage;
  const { draft } = await commands.editor.add(ada, castle(), { name: 'fox' }, forever);
  const change = (of: string | undefined, more: object) =>
    commands.editor.change(ada, draft.id, {
      kind: 'words',
      language: 'ja',
      ...(of && { slot: of }),
      change: more,
    });
  await change(undefined, { name: '狐', description: '狐を描きます' });
  await change('steps', { name: '歩数' });
  await commands.editor.publish(ada, draft.id);
  return { ...stage, reader: sampleCaller({ locale: 'ja' }) };
}

describe('a published template', () => {
  it('is listed, asked for and offered in its reader’s words, and run by any of its names', async () => {
    const { commands, reader } = await stageWithFox();
    const form = await commands.screens.open(reader, 'run/fox');
    expect(form).toMatchObject({ at: 'run/fox', title: '/狐' });
    expect(lineText(form.lines[0]!)).toBe('狐を描きます');
    expect(form.fields.find(({ key }) => key === 'steps')).toMatchObject({ label: '歩数' });
    expect(form.fields.find(({ key }) => key === 'prompt')).toMatchObject({
      label: 'プロンプト',
      hint: '描きたいもの',
    });
    expect((await commands.help(reader, (name) => `/${name}`)).join('\n')).toMatch(
      /\/狐（\/fox） プロンプト:….*歩数:….*狐を描きます/,
    );
    expect((await commands.shelf.list(reader)).find(({ name }) => name === 'fox')?.description).toBe(
      '狐を描きます',
    );
    const offered = (await offeredCommands(commands, reader)).find(({ name }) => name === 'fox');
    expect(offered).toMatchObject({ label: '狐', description: '狐を描きます' });
    expect(offered?.fields.find(({ name }) => name === 'steps')).toMatchObject({ label: '歩数' });
    for (const typed of ['/狐 城 --歩数 9', '/fox 城 --歩数 9', '狐 城 steps:9'])
      expect(await commands.understand(reader, typed)).toMatchObject({
        kind: 'run',
        template: { name: 'fox' },
        values: { prompt: '城', steps: '9' },
      });
    expect((await commands.prepare(reader, '狐', { prompt: 'x' })).template.name).toBe('fox');
  });

  it('is as its admin wrote it for everybody else', async () => {
    const { commands } = await stageWithFox();
    const anyone = sampleCaller({ locale: 'fr' });
    expect(await commands.screens.open(anyone, 'run/fox')).toMatchObject({ title: '/fox' });
    const [own] = (await offeredCommands(commands, anyone)).filter(({ name }) => name === 'fox');
    expect(own).not.toHaveProperty('label');
    // any of its names may be typed by anybody
    expect(await commands.understand(anyone, '/狐 x')).toMatchObject({ template: { name: 'fox' } });
  });

  it('gives way to one that is really called so', async () => {
    const { commands, reader } = await stageWithFox();
    const { draft } = await commands.editor.add(
      ada,
      attached('x.json', JSON.stringify(GRAPH)),
      { name: '狐' },
      forever,
    );
    await commands.editor.publish(ada, draft.id);
    expect(await commands.understand(reader, '/狐 x')).toMatchObject({ template: { name: '狐' } });
    const { findings } = await commands.editor.edit(ada, 'fox');
    expect(findings.map(({ problem }) => problem)).toContainEqual({
      code: 'name-taken-in-language',
      language: 'ja',
      name: '狐',
    });
  });

  it('is not hidden by one that is switched off and called alike', async () => {
    const { commands, reader } = await stageWithFox();
    const { draft } = await commands.editor.add(ada, castle(), { name: 'dog' }, forever);
    await commands.editor.change(ada, draft.id, { kind: 'words', language: 'ja', change: { name: '狐' } });
    await commands.editor.publish(ada, draft.id);
    expect(await commands.understand(reader, '/狐 x')).toMatchObject({ template: { name: 'dog' } });
    await commands.shelf.switchOff(ada, 'dog', true);
    expect(await commands.understand(reader, '/狐 x')).toMatchObject({ template: { name: 'fox' } });
  });

  it('keeps its words when it is edited again, exported, and taken in elsewhere', async () => {
    const { commands } = await stageWithFox();
    const { draft } = await commands.editor.edit(ada, 'fox');
    expect(draft.languages?.['ja']).toMatchObject({ name: '狐', slots: { steps: { name: '歩数' } } });
    const changed = await commands.editor.change(ada, draft.id, {
      kind: 'about',
      name: 'fox',
      description: 'A fox',
    });
    expect(changed.draft.languages?.['ja']?.description).toBe('狐を描きます');
    expect(changed.draft.languages?.['ko']).not.toHaveProperty('description');
    const [file] = await commands.shelf.export(ada, 'fox');
    const settings = attached('template.json', new TextDecoder().decode(file?.bytes));
    const again = await commands.editor.add(ada, castle(), { name: 'fuchs', settings }, forever);
    expect(again.draft.languages).toEqual(draft.languages);
  });
});

describe('the screens of a draft’s languages', () => {
  async function begun(who: Caller = ada) {
    const stage = await commandStage();
    stage.backend.classes = classes();
    const { editor, screens } = stage.commands;
    const { draft } = await editor.add(who, castle(), { name: 'fox' }, forever);
    const act = async (at: string, action: string, entered = {}) => {
      const { screen, failed } = await screens.act(who, at, action, entered, { signal: forever });
      return { screen, failed, at: screen?.at ?? '' };
    };
    return { id: draft.id, act, now: async () => (await editor.open(who, draft.id)).draft };
  }

  it('lead from the draft to a language, to a slot, and back', async () => {
    const { id, act, now } = await begun();
    const list = await act(`draft/${id}`, 'languages');
    expect(list.screen?.items?.map(({ key }) => key).toSorted()).toEqual(
      TAGS.filter((tag) => tag !== 'en').toSorted(),
    );
    const words = await act(list.at, 'edit', { [CHOSEN]: 'ja' });
    const slot = await act(words.at, 'edit', { [CHOSEN]: 'steps' });
    expect(slot.screen?.fields.map(({ key }) => key)).toEqual(['name', 'description']);
    expect(slot.screen?.at.length).toBeLessThanOrEqual(80);
    const saved = await act(slot.at, 'save', { name: '歩数', description: '何歩' });
    expect(saved.at).toBe(words.at);
    expect((await now()).languages?.['ja']?.slots?.['steps']).toEqual({ name: '歩数', description: '何歩' });
    expect((await act(saved.at, 'back')).at).toBe(list.at);
    expect((await act(list.at, 'back')).at).toBe(`draft/${id}`);
  });

  it('take any language by its tag, and say at the field that something is none', async () => {
    const { id, act, now } = await begun();
    const wrong = await act(`languages/${id}`, 'open', { language: 'klingonese' });
    expect(wrong.failed).toBe(true);
    expect(wrong.screen?.fields[0]?.problem).toMatch(/klingonese/);
    const page = await act(`languages/${id}`, 'open', { language: 'PT_br' });
    expect(page.at).toBe(`words/${id}/pt-BR`);
    await act(page.at, 'save', { description: 'Desenha' });
    expect((await now()).languages?.['pt-BR']).toEqual({ description: 'Desenha' });
    await act(`languages/${id}`, 'remove', { [CHOSEN]: 'pt-BR' });
    expect((await now()).languages).not.toHaveProperty('pt-BR');
  });

  it('say at its field what is refused', async () => {
    const { id, act } = await begun();
    const named = await act(`words/${id}/ja`, 'save', { name: 'help' });
    expect([named.failed, named.screen?.fields[0]?.problem]).toEqual([true, expect.stringMatching(/help/)]);
    const { at } = await act(`words/${id}/ja`, 'edit', { [CHOSEN]: 'steps' });
    const slot = await act(at, 'save', { name: 'seed' });
    expect([slot.failed, slot.screen?.fields[0]?.problem]).toEqual([true, expect.stringMatching(/seed/)]);
    await expect(act(`words/${id}/ja/00000000`, 'save')).rejects.toMatchObject({ code: 'form-expired' });
  });
});
