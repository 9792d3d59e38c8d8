import { describe, expect, it } from 'vitest';
import { possibleActs } from '../../../../src/commands/typed/act-line.ts';
import type { Outcome } from '../../../../src/commands/index.ts';
import { EaselError } from '../../../../src/core/errors.ts';
import { CHOSEN } from '../../../../src/core/screen.ts';
import { catalogue, languages, sentence } from '../../../../src/i18n/index.ts';
import { recognise } from '../../../../src/guilds/policy.ts';
import { NO_SETTINGS } from '../../../../src/guilds/schema.ts';
import { NO_RULES } from '../../../../src/guilds/operator-policy.ts';
import { sampleCaller } from '../../jobs/sample.ts';
import { ada, ann, attached, castle, refused } from '../stage.ts';
import { KINDS, problemsIn, screenStage } from './stage.ts';

const expired = (locale = 'en') => sentence(catalogue(locale), { code: 'form-expired' }, 'person');

/** Whether it was refused, with or without a screen that says so. */
async function refusal(work: Promise<Outcome>): Promise<boolean> {
  return work.then(
    ({ failed }) => failed === true,
    (error: unknown) => error instanceof EaselError,
  );
}

describe('every screen', () => {
  it('is in the list, and opens in every language, with an address that leads back to it', async () => {
    const { screens, kinds } = await screenStage();
    expect(Object.keys(kinds)).toEqual([...KINDS]);
    for (const kind of KINDS) {
      const at = await kinds[kind]?.();
      for (const { tag } of languages()) {
        const caller = { ...ada, locale: tag };
        const screen = await screens.open(caller, at ?? '');
        expect(screen.at, kind).toBe(at);
        expect(screen.title, kind).not.toBe('');
        const keys = possibleActs(screen).map(({ key }) => key);
        expect(new Set(keys).size, `${kind}: ${keys.join()}`).toBe(keys.length);
        const fields = screen.fields.map(({ key }) => key);
        expect(new Set(fields).size, kind).toBe(fields.length);
        // a group that has no name is no form
        for (const { group } of screen.fields) expect(screen.groups, kind).toHaveProperty([group]);
        expect(fields.length > 0 && screen.save === undefined, kind).toBe(false);
        const { parent = at ?? '' } = screen;
        expect((await screens.open(caller, parent)).at).toBe(parent);
      }
    }
  });

  it.each(KINDS)('understands whatever it offers: %s', async (kind) => {
    const { screens, kinds, act } = await screenStage();
    const open = async () => {
      const at = (await kinds[kind]?.()) ?? '';
      return screens.open(ada, at);
    };
    for (const { key, of } of possibleActs(await open())) {
      const { at } = await open();
      const options = possibleActs(await screens.open(ada, at)).find((one) => one.key === key)?.of?.options;
      if (of && options?.length === 0) continue;
      const { failed, done, screen, prepared, files } = await act(at, key, {
        ...(of && { [CHOSEN]: options?.[0]?.value ?? '' }),
        ...(key === 'rename' && { to: `renamed-${at.split('/')[1]}` }),
        ...(key === 'add' && at.startsWith('add') && { workflow: castle() }),
        ...(key === 'redraw' && { type: 'number' }),
        ...(key === 'run' && { prompt: 'a fox' }),
      });
      const problems = Object.values(problemsIn(screen));
      expect(problems, `${kind}: ${key}`).not.toContain(expired());
      // what is wrong with the ruined draft is in the way of both
      const isInTheWay = kind === 'draft ruined' && ['publish', 'test'].includes(key);
      expect(failed, `${kind}: ${key}`).toBe(isInTheWay ? true : undefined);
      expect(done.length > 0 || screen || prepared || files, `${kind}: ${key}`).toBeTruthy();
    }
  });

  it.each(KINDS)('refuses what it does not offer: %s', async (kind) => {
    const { kinds, act, screens } = await screenStage();
    const at = (await kinds[kind]?.()) ?? '';
    for (const action of ['fly', '', 'constructor', '__proto__', 'toString'])
      expect(problemsIn((await act(at, action)).screen)).toMatchObject({ '': expired() });
    expect((await screens.open(ada, at)).at).toBe(at);
  });

  const ADMINS = KINDS.filter(
    (kind) => !kind.startsWith('template') && !['run', 'ask', 'which'].includes(kind),
  );
  it.each(ADMINS)('is only for admins: %s', async (kind) => {
    const { kinds, act, screens } = await screenStage();
    const at = (await kinds[kind]?.()) ?? '';
    expect(await refused(screens.open(ann, at))).toEqual({ code: 'not-an-admin' });
    for (const action of ['save', 'publish', 'remove', 'add', 'rollback', 'discard', 'drop', 'fly']) {
      const acted = act(at, action, { [CHOSEN]: 'steps' }, { caller: ann });
      expect(await refused(acted), action).toEqual({ code: 'not-an-admin' });
    }
  });

  it.each(['templates', 'template', 'template built-in', 'run'])(
    'offers others nothing of an admin’s: %s',
    async (kind) => {
      const { kinds, act, screens } = await screenStage();
      const at = (await kinds[kind]?.()) ?? '';
      const offered = possibleActs(await screens.open(ann, at)).map(({ key }) => key);
      expect(['show', 'back', 'run']).toEqual(expect.arrayContaining(offered));
      const before = await screens.open(ada, at);
      for (const action of [
        'disable',
        'enable',
        'export',
        'rename',
        'edit',
        'remove',
        'access',
        'history',
        'add',
      ])
        expect(await refusal(act(at, action, { name: 'x' }, { caller: ann })), action).toBe(true);
      expect(await screens.open(ada, at)).toEqual(before);
    },
  );

  it.each(KINDS.filter((kind) => /^(?:draft|findings|discard|slot)/.test(kind)))(
    'is only for who began it, there: %s',
    async (kind) => {
      const { kinds, act, screens } = await screenStage();
      const at = (await kinds[kind]?.()) ?? '';
      for (const stranger of [{ user: 'eve' }, { guild: 'guild-b' }, { platform: 'other' }]) {
        const caller = sampleCaller({ user: 'ada', admin: true, ...stranger });
        expect(await refused(screens.open(caller, at))).toEqual({ code: 'no-such-draft' });
        expect(await refused(act(at, 'publish', {}, { caller }))).toEqual({ code: 'no-such-draft' });
      }
    },
  );

  it.each(KINDS)('is for nobody whom the operator bars: %s', async (kind) => {
    const { kinds, act, screens, rule, rules } = await screenStage();
    const at = (await kinds[kind]?.()) ?? '';
    await rule({ ...NO_RULES, blockedUsers: ['ada'] });
    const barred = recognise(ada, NO_SETTINGS, rules.rules());
    expect(await refused(screens.open(barred, at))).toEqual({ code: 'blocked-by-operator' });
    expect(await refused(act(at, 'save', {}, { caller: barred }))).toEqual({ code: 'blocked-by-operator' });
  });

  it('asks nobody but whom it is about: which', async () => {
    const { kinds, screens } = await screenStage();
    const at = (await kinds['which']?.()) ?? '';
    for (const stranger of [{ user: 'eve' }, { guild: 'guild-b' }, { platform: 'other' }]) {
      const caller = sampleCaller({ user: 'ada', admin: true, ...stranger });
      expect(await refused(screens.open(caller, at))).toEqual({ code: 'form-expired' });
    }
  });

  it('is none of another guild', async () => {
    const { kinds, screens } = await screenStage();
    const boss = sampleCaller({ user: 'ada', admin: true, guild: 'guild-b' });
    for (const kind of ['template', 'history', 'access', 'remove'])
      expect(await refused(screens.open(boss, (await kinds[kind]?.()) ?? ''))).toMatchObject({
        code: 'no-such-template',
      });
  });

  it.each(['', '/', 'cellar', 'constructor/x', '__proto__', 'Settings', 'settings:x', 'toString'])(
    'is not at %j',
    async (at) => {
      const { screens, act } = await screenStage();
      expect(await refused(screens.open(ada, at))).toEqual({ code: 'form-expired' });
      expect(await refused(act(at, 'save'))).toEqual({ code: 'form-expired' });
    },
  );

  it.each([
    'template',
    'template/',
    'template/__proto__',
    'draft/../settings',
    'slot/x',
    'run/',
    'history/a/b',
  ])('is refused where it is about nothing: %j', async (at) => {
    const { screens } = await screenStage();
    const { code } = await refused(screens.open(ada, at));
    expect(['no-such-template', 'no-such-draft', 'unknown-template']).toContain(code);
  });
});

describe('an address', () => {
  /** The longest that a name may be, in any script. */
  const LONGEST = 'é'.repeat(32);

  it('has 80 characters at most and no colon, whatever things are called', async () => {
    const { screens, act, commands, draft } = await screenStage();
    const id = await draft();
    await act(`slot/${id}/steps`, 'change', { name: LONGEST });
    await act(`draft/${id}`, 'keep', { name: LONGEST });
    const check = async (wanted: string) => {
      const { at } = await screens.open(ada, wanted);
      expect(Array.from(at).length, at).toBeLessThanOrEqual(80);
      expect(at).not.toContain(':');
      const again = await screens.open(ada, at);
      expect(again.at).toBe(at);
      return again;
    };
    for (const type of ['text', 'integer', 'number', 'boolean', 'choice', 'seed', 'image']) {
      const { screen } = await act(`slot/${id}/${LONGEST}`, 'redraw', { type });
      // it stays of that type when it is opened again
      for (const one of [screen, await check(screen?.at ?? '')])
        expect(one?.fields.find(({ key }) => key === 'type')).toMatchObject({ value: type });
    }
    for (const kind of ['draft', 'findings', 'discard']) await check(`${kind}/${id}`);
    await act(`draft/${id}`, 'publish');
    for (const kind of ['template', 'history', 'access', 'remove', 'run']) await check(`${kind}/${LONGEST}`);
    for (const name of [LONGEST, 'My Fox', 'a:b', 'x'.repeat(200), '../../etc', 'a/b'])
      await check(`add/${name}`);
    expect((await commands.shelf.list(ada)).map(({ name }) => name)).toContain(LONGEST);
  });

  it('of a new template keeps the name that it shall have', async () => {
    const { screens, act } = await screenStage();
    const { at, fields } = await screens.open(ada, 'add/My Fox');
    expect([at, fields.find(({ key }) => key === 'name')]).toMatchObject(['add/my-fox', { value: 'my-fox' }]);
    const { screen } = await act(at, 'add', { workflow: attached('x.json', JSON.stringify({})) });
    expect(problemsIn(screen)).toHaveProperty('workflow');
  });
});
