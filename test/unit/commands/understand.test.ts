import { describe, expect, it } from 'vitest';
import type { Commands, Entered, Intent } from '../../../src/commands/index.ts';
import type { Reading } from '../../../src/commands/typed/understand.ts';
import { CHOSEN, type Line } from '../../../src/core/screen.ts';
import { sampleCaller } from '../jobs/sample.ts';
import { parse } from '../templates/sources.ts';
import { ada, ann, attached, classes, commandStage, forever, imagine, publish, refused } from './stage.ts';

async function lineStage() {
  const stage = await commandStage();
  stage.backend.classes = classes();
  await publish(stage.commands, 'castle');
  return stage;
}
const said = (lines: readonly Line[]) =>
  lines.map(({ parts }) => parts.map((part) => (typeof part === 'string' ? part : '…')).join(''));

const pixels = { ...parse({ width: { type: 'integer', into: [['5', 'width']] } }), name: 'pixels' };

type Meant = Partial<Omit<Intent, 'template' | 'answer'>> & { template?: string; says?: RegExp };

async function meaning(intent: Intent): Promise<Meant> {
  if (intent.kind === 'answer')
    return { ...intent, says: new RegExp(said(await intent.answer()).join('\n')) };
  return intent.kind === 'run' || intent.kind === 'ask'
    ? { ...intent, template: intent.template.name }
    : intent;
}

describe('a typed line', () => {
  it.each<[string, object]>([
    [
      '/imagine a red fox --steps 30',
      { kind: 'run', template: 'imagine', values: { prompt: 'a red fox', steps: '30' }, bare: false },
    ],
    ['imagine', { kind: 'run', template: 'imagine', values: {}, bare: true }],
    ['  /Imagine  ', { kind: 'run', template: 'imagine', bare: true }],
    ['settings', { kind: 'open', at: 'settings' }],
    ['/SETTINGS audit', { kind: 'open', at: 'audit' }],
    [
      'settings guildJobs:3 blockedWords:"a, b"',
      { kind: 'act', at: 'settings', action: 'save', entered: { guildJobs: '3', blockedWords: 'a, b' } },
    ],
    ['settings “blockedWords:say \\"no\\" , b”', { entered: { blockedWords: 'say "no" , b' } }],
    ['settings blockedWords:gore\\nblood', { entered: { blockedWords: 'gore\nblood' } }],
    ['settings OUTSIDERS：はい', { entered: { outsiders: true } }],
    ['settings outsiders:perhaps', { entered: { outsiders: 'perhaps' } }],
    [
      'settings language:日本語 defaultTemplate:/castle',
      { entered: { language: 'ja', defaultTemplate: 'castle' } },
    ],
    ['settings language:none language:', { entered: { language: '' } }],
    ['settings adminRoles:"r1, r2" bannedUsers:', { entered: { adminRoles: ['r1', 'r2'], bannedUsers: [] } }],
    ['template', { kind: 'answer', failed: true }],
    ['/template fly', { kind: 'answer', failed: true }],
    ['template rename castle', { kind: 'answer', failed: true }],
    ['template list', { kind: 'open', at: 'templates' }],
    ['template Show /Castle', { kind: 'open', at: 'template/castle' }],
    ['help', { kind: 'answer' }],
    ['', { kind: 'answer' }],
    ['queue', { kind: 'answer' }],
  ])('%j', async (line, wanted) => {
    const { commands } = await lineStage();
    expect(await meaning(await commands.understand(ada, line))).toMatchObject(wanted);
  });

  it.each([
    ['settings color:red', 'unknown-slot'],
    ['settings guildJobs', 'unknown-slot'],
    ['settings guildJobs:1 and more', 'unknown-slot'],
    ['settings __proto__:1', 'unknown-slot'],
    ['/fly', 'unknown-template'],
    ['/constructor', 'unknown-template'],
    ['/do publish', 'unknown-template'],
    ['/operator stop', 'unknown-template'],
    ['operator stop', 'unknown-template'],
  ])('%j is refused as %s', async (line, code) => {
    const { commands } = await lineStage();
    expect(await refused(commands.understand(ada, line))).toMatchObject({ code });
  });

  it('says in its answers what there is', async () => {
    const { commands } = await lineStage();
    const says = async (line: string, caller = ada) => {
      const intent = await commands.understand(caller, line);
      return intent.kind === 'answer' ? said(await intent.answer()).join('\n') : '';
    };
    expect(await says('help')).toMatch(/\/castle [^]*\/settings — /);
    expect(await says('help', ann)).not.toMatch(/\/settings/);
    expect(await says('template', ann)).toMatch(/\/template rename NAME TO — /);
    expect(await says('queue')).toMatch(/Nothing/);
    expect(await refused(says('cancel'))).toEqual({ code: 'nothing-to-cancel' });
    expect(await refused(commands.understand(ann, 'settings guildJobs:3'))).toEqual({ code: 'not-an-admin' });
  });

  it('is for the default template where it names none', async () => {
    const { commands } = await lineStage();
    const says = async (line: string, reading: Reading = {}, caller = ada) =>
      meaning(await commands.understand(caller, line, reading));
    const slashes = { slashes: true };
    const dusk = { template: 'imagine', values: { prompt: 'castle at dusk' } };
    expect(await says('castle at dusk', slashes)).toMatchObject(dusk);
    expect(await says('castle at dusk')).toMatchObject({ template: 'castle', values: { prompt: 'at dusk' } });
    expect(await says('foxes at dusk')).toMatchObject({
      template: 'imagine',
      values: { prompt: 'foxes at dusk' },
    });
    await commands.settings.change(ada, { defaultTemplate: 'castle' });
    expect(await says('foxes at dusk')).toMatchObject({ template: 'castle' });
    expect(await says('castle at dusk', slashes)).toMatchObject({
      template: 'castle',
      values: { prompt: 'at dusk' },
    });
    await commands.shelf.switchOff(ada, 'castle', true);
    expect(await says('foxes at dusk')).toMatchObject({ template: 'imagine' });
    await commands.shelf.switchOff(ada, 'castle', false);
    await commands.shelf.limit(ada, 'castle', { roles: ['r1'], channels: [], ageRestricted: false });
    expect(await says('foxes at dusk', {}, ann)).toMatchObject({ template: 'imagine' });
    const eve = sampleCaller({ barred: { code: 'blocked-by-operator' } });
    expect(await refused(commands.understand(eve, 'imagine a fox'))).toEqual({ code: 'blocked-by-operator' });
    expect(await refused(commands.understand(eve, 'a fox'))).toEqual({ code: 'blocked-by-operator' });
  });

  it('is told that nothing draws from words, where nothing does', async () => {
    const { commands } = await commandStage({}, [pixels]);
    expect(await meaning(await commands.understand(ada, 'a fox'))).toMatchObject({
      kind: 'answer',
      failed: true,
    });
    expect(await meaning(await commands.understand(ada, 'pixels'))).toMatchObject({
      kind: 'run',
      template: 'pixels',
    });
  });

  it.each<[string, object]>([
    // commands, however people write them to somebody
    ['help', { kind: 'answer' }],
    ['Help!', { kind: 'answer' }],
    ['help?', { kind: 'answer' }],
    ['help imagine', { kind: 'answer' }],
    ['help /pixels', { kind: 'answer' }],
    ['queue.', { kind: 'answer' }],
    ['cancel', { kind: 'answer' }],
    ['cancel 0f8fad5b-d9cb-469f-a165-70867728950e', { kind: 'answer' }],
    ['settings', { kind: 'open', at: 'settings' }],
    ['settings audit', { kind: 'open', at: 'audit' }],
    ['template show castle', { kind: 'open', at: 'template/castle' }],
    ['template edit', { kind: 'answer', failed: true }],
    ['imagine: a fox', { template: 'imagine', values: { prompt: 'a fox' } }],
    ['Imagine, a fox', { template: 'imagine', values: { prompt: 'a fox' } }],
    ['imagine - a fox', { template: 'imagine', values: { prompt: 'a fox' } }],
    ['imagine --steps 3 a fox', { template: 'imagine', values: { prompt: 'a fox', steps: '3' } }],
    ['/imagine: a fox', { template: 'imagine', values: { prompt: 'a fox' } }],
    ['pixels', { template: 'pixels', bare: true }],
    ['pixels width:3', { template: 'pixels', values: { width: '3' } }],
    // pictures, though they begin like one
    ['help me draw a fox', { template: 'imagine', values: { prompt: 'help me draw a fox' } }],
    ['cancel culture poster', { values: { prompt: 'cancel culture poster' } }],
    ['queue at a bakery', { values: { prompt: 'queue at a bakery' } }],
    ['settings menu of a game', { values: { prompt: 'settings menu of a game' } }],
    ['settings: a dark forest', { values: { prompt: 'settings: a dark forest' } }],
    ['template of a castle', { values: { prompt: 'template of a castle' } }],
    ['template show me a castle', { values: { prompt: 'template show me a castle' } }],
    ['operator', { values: { prompt: 'operator' } }],
    ['operator of a crane', { values: { prompt: 'operator of a crane' } }],
    ['do publish', { values: { prompt: 'do publish' } }],
    ['pixels of an old game', { template: 'imagine', values: { prompt: 'pixels of an old game' } }],
    ['imagin a fox', { values: { prompt: 'imagin a fox' } }],
    ['/r/aww dog', { values: { prompt: '/r/aww dog' } }],
    ['/ a fox', { values: { prompt: '/ a fox' } }],
  ])('%j', async (typed, wanted) => {
    const { commands } = await commandStage({}, [imagine, pixels]);
    const intent = await commands.understand(ada, typed);
    expect(intent.kind === 'answer' ? intent : await meaning(intent)).toMatchObject(wanted);
  });

  it('names a template with a file, whatever else is said', async () => {
    const { commands } = await commandStage({}, [imagine, pixels]);
    const intent = await commands.understand(ada, 'pixels of this, please', { files: true });
    expect(await meaning(intent)).toMatchObject({ kind: 'run', template: 'pixels' });
  });

  it('is asked for where a slash names nothing, with what may have been meant', async () => {
    const { commands } = await lineStage();
    const near = async (typed: string) => refused(commands.understand(ada, typed));
    expect(await near('/imagin a fox')).toMatchObject({ code: 'unknown-template', near: ['imagine'] });
    expect(await near('/hlep')).toMatchObject({ near: ['help'] });
    const far = await near('/fly high');
    expect(far).toMatchObject({ code: 'unknown-template', known: ['imagine', 'castle', 'upscale'] });
    expect(far).not.toHaveProperty('near');
  });
});

describe('a doubtful line', () => {
  const press = (commands: Commands, at: string, action: string, caller = ada) =>
    commands.screens.act(caller, at, action, {}, { signal: forever });

  it.each([
    ['yes', { prompt: 'a fox', steps: 30 }],
    ['no', { prompt: 'a fox stepz:30' }],
  ])('is drawn as its person says: %s', async (answer, values) => {
    const { commands } = await lineStage();
    const intent = await commands.understand(ada, 'a fox stepz:30');
    const { screen } = await commands.carryOut(ada, intent, { signal: forever });
    expect(screen).toMatchObject({
      title: 'Did you mean steps:30?',
      actions: [{ key: 'yes' }, { key: 'no' }],
    });
    expect(said(screen?.lines ?? [])).toEqual(['a fox stepz:30']);
    const { prepared } = await press(commands, screen?.at ?? '', answer);
    expect(prepared?.values).toMatchObject(values);
    expect(await refused(press(commands, screen?.at ?? '', answer, ann))).toEqual({ code: 'form-expired' });
    expect(await press(commands, screen?.at ?? '', 'fly')).toMatchObject({ failed: true });
  });

  it('keeps its words where a slot cannot take a value, and its files', async () => {
    const { commands } = await lineStage();
    const image = attached('cat.png', 'x');
    const intent = await commands.understand(ada, 'steps: to heaven');
    const attach = (entered: Entered) => ({ ...entered, image });
    const { screen } = await commands.carryOut(ada, intent, { attach, signal: forever });
    expect(screen?.actions).toMatchObject([{ key: 'no', style: 'primary' }]);
    expect(said(screen?.lines ?? [])[0]).toMatch(/"steps" must be a whole number; "to" is not/);
    const { prepared } = await press(commands, screen?.at ?? '', 'no');
    expect(prepared?.values).toMatchObject({ prompt: 'steps: to heaven', image: 'cat.png' });
    expect(await press(commands, screen?.at ?? '', 'yes')).toMatchObject({ failed: true });
  });
});

describe('what is done in the screen that was shown last', () => {
  async function inDraft() {
    const stage = await lineStage();
    const { commands } = stage;
    const { screen } = await commands.screens.act(ada, 'template/castle', 'edit', {}, { signal: forever });
    const type = async (line: string) =>
      meaning(await commands.understand(ada, line, { acts: { in: screen } }));
    return { ...stage, type, at: screen?.at };
  }

  it.each<[string, string, object]>([
    ['do publish', 'publish', {}],
    ['/DO Publish', 'publish', {}],
    ['do Publish name:fox', 'publish', { name: 'fox' }],
    ['do change steps', 'change', { [CHOSEN]: 'steps' }],
    ['do change /Steps', 'change', { [CHOSEN]: 'steps' }],
    ['do "move up" seed', 'up', { [CHOSEN]: 'seed' }],
    ['do add 9.filename_prefix', 'add', { [CHOSEN]: '9.filename_prefix' }],
    ['do add filename', 'add', { [CHOSEN]: '9.filename_prefix' }],
    ['do name:fox description:"A red one"', 'keep', { name: 'fox', description: 'A red one' }],
    ['do keep name:fox', 'keep', { name: 'fox' }],
  ])('%j', async (line, action, entered) => {
    const { type, at } = await inDraft();
    expect(await type(line)).toEqual({ kind: 'act', at, action, entered });
  });

  it.each([
    ['do fly', 'not-a-choice'],
    ['do constructor', 'not-a-choice'],
    ['do change', 'not-a-choice'],
    ['do change nothing', 'not-a-choice'],
    ['do s', 'not-a-choice'],
    ['do publish now', 'unknown-slot'],
    ['do publish color:red', 'unknown-slot'],
    ['do color:red', 'not-a-choice'],
  ])('%j is refused', async (line, code) => {
    const { type } = await inDraft();
    expect(await refused(type(line))).toMatchObject({ code });
  });

  it('is nothing but to show it again, alone; help says how', async () => {
    const { type, at, commands } = await inDraft();
    expect(await type('/do')).toEqual({ kind: 'open', at });
    const help = await commands.understand(ada, 'help', { acts: { in: undefined } });
    expect(help.kind === 'answer' && said(await help.answer()).at(-1)).toMatch(/^\/do ACTION \[ITEM\]/);
    // nothing was shown: it is a name like any other
    expect(await refused(commands.understand(ada, '/do it', { acts: { in: undefined } }))).toMatchObject({
      code: 'unknown-template',
    });
  });
});
