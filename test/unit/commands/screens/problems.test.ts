import { describe, expect, it } from 'vitest';
import type { Attachment } from '../../../../src/templates/values.ts';
import { sampleCaller } from '../../jobs/sample.ts';
import { ada, attached, castle } from '../stage.ts';
import { problemsIn, screenStage } from './stage.ts';

describe('what is wrong with a field', () => {
  it.each([
    ['settings', 'save', 'guildJobs', 'lots', /whole number from 1/],
    ['settings', 'save', 'userWaiting', '-1', /whole number/],
    ['settings', 'save', 'language', 'Klingon', /Klingon/],
    ['settings', 'save', 'defaultTemplate', 'nothing', /nothing/],
    ['settings', 'save', 'outsiders', 'perhaps', /perhaps/],
    ['settings', 'save', 'adminUsers', Array.from({ length: 400 }, (_, id) => `u${id}`), /./],
    ['settings', 'save', 'blockedWords', 'x'.repeat(200), /./],
    ['access', 'save', 'ageRestricted', 'perhaps', /yes or no/],
    ['template', 'rename', 'to', 'help', /one of my own commands/],
    ['template', 'rename', 'to', 'No Name!', /./],
    ['draft', 'keep', 'name', 'queue', /one of my own commands/],
    ['draft', 'keep', 'description', ' ', /./],
    ['draft ruined', 'keep', 'outputs', ['9', '99'], /"99"/],
    ['draft ruined', 'keep', 'outputs', 'nine', /"nine"/],
    ['slot', 'change', 'name', '16:9', /letter/],
    ['slot', 'change', 'name', 'prompt', /prompt/],
    ['slot', 'change', 'type', 'colour', /colour/],
    ['slot', 'change', 'default', 'many', /number/],
    ['slot', 'change', 'min', '1,000', /number/],
    ['slot', 'change', 'required', 'perhaps', /yes or no/],
    ['run', 'run', 'steps', 'many', /number/],
    ['run', 'run', 'steps', '61', /60/],
    ['run', 'run', 'prompt', '  ', /required/],
    ['run', 'run', 'seed', '-1', /./],
  ])('stands there: %s, %s %s:%j', async (kind, action, field, value, sentence) => {
    const { kinds, act, screens } = await screenStage();
    const at = (await kinds[kind]?.()) ?? '';
    const before = await screens.open(ada, at);
    const { failed, done, screen } = await act(at, action, { prompt: 'a fox', [field]: value });
    expect(problemsIn(screen)).toEqual({ [field]: expect.stringMatching(sentence) });
    expect(done).toEqual([]);
    // a draft says what is wrong with its name, and keeps it
    const isKept = action === 'keep' && field !== 'outputs';
    expect(failed).toBe(isKept ? undefined : true);
    expect(await screens.open(ada, at)).toEqual(isKept ? screen : before);
  });

  it('stands at the file that it is about', async () => {
    const { act } = await screenStage();
    const broken = attached('x.json', '{');
    const wrong = async (files: Record<string, Attachment>) => {
      const { failed, screen } = await act('add', 'add', { name: 'fox', ...files });
      return [failed, ...Object.keys(problemsIn(screen))];
    };
    expect(await wrong({})).toEqual([true, 'workflow']);
    expect(await wrong({ workflow: broken })).toEqual([true, 'workflow']);
    expect(await wrong({ workflow: castle(), settings: attached('y.json', '{') })).toEqual([
      true,
      'settings',
    ]);
  });

  it('stands on top where it is about none of them', async () => {
    const { kinds, act } = await screenStage();
    const unknown = await act('run/imagine', 'run', { prompt: 'x', colour: 'red' });
    const ruined = await act((await kinds['draft ruined']?.()) ?? '', 'publish');
    for (const { failed, screen } of [unknown, ruined]) {
      expect(failed).toBe(true);
      expect(Object.keys(problemsIn(screen))).toEqual(['']);
    }
  });

  it.each(['change', 'drop', 'up', 'down', 'add'])(
    '%s of what is not there is refused, or does nothing',
    async (action) => {
      const { kinds, act, screens } = await screenStage();
      const at = (await kinds['draft']?.()) ?? '';
      const before = await screens.open(ada, at);
      for (const chosen of ['nothing', '', '__proto__', '3\0nothing']) {
        const { screen } = await act(at, action, { chosen });
        expect(screen?.at).toBe(at);
      }
      expect(await screens.open(ada, at)).toEqual(before);
    },
  );
});

describe('what two change at once', () => {
  it('is merged, or told at its field', async () => {
    const { act, screens } = await screenStage();
    const eve = { caller: sampleCaller({ user: 'eve', admin: true }) };
    const shown = { guildJobs: '', bannedUsers: ['u1'], blockedWords: '' };
    await act('settings', 'save', { bannedUsers: 'u1' });
    await act('settings', 'save', { guildJobs: '1', bannedUsers: ['u1', 'u2'], blockedWords: 'gore' }, eve);
    const merged = { bannedUsers: ['u1', 'u3'], blockedWords: 'blood', language: 'ja' };
    const { done } = await act('settings', 'save', merged, { shown: { ...shown, language: '' } });
    expect(done[0]?.tone).toBe('ok');
    const { fields } = await screens.open(ada, 'settings');
    const value = (key: string) => {
      const field = fields.find((one) => one.key === key);
      return field && 'value' in field ? field.value : undefined;
    };
    expect(value('bannedUsers')).toEqual(['u1', 'u2', 'u3']);
    expect(value('blockedWords')).toBe('gore\nblood');
    expect([value('guildJobs'), value('language')]).toEqual(['1', 'ja']);
    const late = await act('settings', 'save', { guildJobs: '2' }, { shown });
    expect(problemsIn(late.screen)).toHaveProperty('guildJobs');
    // of what was typed at once nothing was shown: it holds
    expect((await act('settings', 'save', { guildJobs: '2' })).failed).toBeUndefined();
  });
});

describe('what is typed for a switch or a list', () => {
  it.each([
    ['yes', true],
    ['はい', true],
    ['켬', true],
    ['no', false],
    ['', false],
    [true, true],
  ])('is read everywhere: %j', async (typed, meant) => {
    const { kinds, act } = await screenStage();
    const slot = (await kinds['slot']?.()) ?? '';
    const access = (await kinds['access']?.()) ?? '';
    const field = async (at: string, action: string, key: string) => {
      const { failed, screen } = await act(at, action, { [key]: typed });
      expect(failed).toBeUndefined();
      return screen?.fields.find((one) => one.key === key);
    };
    expect(await field('settings', 'save', 'outsiders')).toMatchObject({ value: meant });
    expect(await field(access, 'save', 'ageRestricted')).toMatchObject({ value: meant });
    expect(await field(slot, 'change', 'required')).toMatchObject({ value: meant });
  });

  it('has commas or blanks between', async () => {
    const { act, kinds } = await screenStage();
    const { screen } = await act('settings', 'save', { adminRoles: 'r1, r2　r3', bannedUsers: 'u1，u2、u3' });
    expect(screen?.fields).toContainEqual(
      expect.objectContaining({ key: 'adminRoles', value: ['r1', 'r2', 'r3'] }),
    );
    expect(screen?.fields).toContainEqual(
      expect.objectContaining({ key: 'bannedUsers', value: ['u1', 'u2', 'u3'] }),
    );
    const at = (await kinds['draft ruined']?.()) ?? '';
    const { screen: draft } = await act(at, 'keep', { outputs: '12' });
    expect(draft?.fields).toContainEqual(expect.objectContaining({ key: 'outputs', value: ['12'] }));
    // all of them is everything, also what a later version has
    const { screen: all } = await act(at, 'keep', { outputs: '12, 9' });
    expect(all?.fields).toContainEqual(expect.objectContaining({ key: 'outputs', value: [] }));
  });

  it('a draft’s own names are made legal, and a file with settings keeps its slots', async () => {
    const { act } = await screenStage();
    const settings = attached(
      'template.json',
      JSON.stringify({ description: 'A', slots: { words: { type: 'text', into: [['6', 'text']] } } }),
    );
    const { screen } = await act('add', 'add', { workflow: castle(), settings, name: ' /My Fox ' });
    expect(screen?.fields).toContainEqual(expect.objectContaining({ key: 'name', value: 'my-fox' }));
    expect(screen?.items?.map(({ key }) => key)).toEqual(['words']);
  });
});
