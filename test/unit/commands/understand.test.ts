import { describe, expect, it } from 'vitest';
import type { Intent } from '../../../src/commands/index.ts';
import { CHOSEN, type Line } from '../../../src/core/screen.ts';
import { sampleCaller } from '../jobs/sample.ts';
import { ada, ann, classes, commandStage, forever, publish, refused } from './stage.ts';

async function lineStage() {
  const stage = await commandStage();
  stage.backend.classes = classes();
  await publish(stage.commands, 'castle');
  return stage;
}
const said = (lines: readonly Line[]) =>
  lines.map(({ parts }) => parts.map((part) => (typeof part === 'string' ? part : '…')).join(''));

type Meant = Partial<Omit<Intent, 'template' | 'answer'>> & { template?: string; says?: RegExp };

async function meaning(intent: Intent): Promise<Meant> {
  if (intent.kind === 'answer')
    return { ...intent, says: new RegExp(said(await intent.answer()).join('\n')) };
  return intent.kind === 'run' ? { ...intent, template: intent.template.name } : intent;
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
    ['template fly', { kind: 'answer', failed: true }],
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
    ['/imagine stepz:3', 'unknown-slot'],
    ['constructor', 'unknown-template'],
    ['do publish', 'unknown-template'],
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
    const plain = () => commands.understand(ada, 'castle at dusk', { slashes: true });
    expect(await meaning(await plain())).toMatchObject({ kind: 'answer', failed: true });
    await commands.settings.change(ada, { defaultTemplate: 'imagine' });
    expect(await meaning(await plain())).toMatchObject({
      template: 'imagine',
      values: { prompt: 'castle at dusk' },
    });
    const named = await commands.understand(ada, 'castle at dusk');
    expect(await meaning(named)).toMatchObject({ template: 'castle', values: { prompt: 'at dusk' } });
    expect(await meaning(await commands.understand(ada, 'foxes at dusk'))).toMatchObject({
      template: 'imagine',
      values: { prompt: 'foxes at dusk' },
    });
    const eve = sampleCaller({ barred: { code: 'blocked-by-operator' } });
    expect(await refused(commands.understand(eve, 'imagine a fox'))).toEqual({ code: 'blocked-by-operator' });
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
