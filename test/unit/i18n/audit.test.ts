/** What audit logs keep, said: entries of another version too. */
import { describe, expect, it } from 'vitest';
import { catalogue, languages } from '../../../src/i18n/index.ts';

const DEFAULT: Record<string, string> = {
  en: 'default',
  ja: 'デフォルト',
  ko: '기본값',
  zh: '默认',
  'zh-TW': '預設',
};
const { audit } = catalogue('en').settings;

it.each([
  ['template.limit', 'fox', '1 2', 'limited who may use /fox'],
  ['template.limit', 'fox', '', 'opened /fox to everybody'],
  ['template.rollback', 'fox', '1000', 'restored version 1000 of /fox'],
  ['connection.set', 'comfy', 'COMFY_URL', 'connected the backend: COMFY_URL'],
  ['connection.remove', 'slack', '', 'removed the connection to Slack'],
  ['menu.left-out', '', '/fox /wolf', 'no room in the menu for /fox /wolf'],
  ['menu.left-out', 'discord', '', 'everything is in Discord’s menu again'],
  [
    'rules.change',
    'bannedUsers userJobs blockedWords',
    'bannedUsers=+1 -2 userJobs=default',
    'changed Banned people: +1 -2, Jobs at once, per person: default, and Blocked words',
  ],
  [
    'settings.change',
    'outsiders blockedWords',
    'outsiders=true blockedWords=+true',
    'changed People from other workspaces may use me: yes and Blocked words: +true',
  ],
  ['settings.change', 'models', 'models=constructor', 'changed Default models: constructor'],
  ['fox.paint', 'red', '', 'fox.paint red'],
  ['constructor', 'toString', '', 'constructor toString'],
])('%s of “%s” with “%s”: %s', (act, subject, detail, said) => {
  expect(audit(act, subject, detail)).toBe(said);
});

describe.each(languages())('in $name', ({ tag }) => {
  const { settings } = catalogue(tag);

  it('a setting that is not set any more has its default', () => {
    const said = settings.audit('settings.change', 'userJobs', 'userJobs=default');
    expect(said).toContain(settings.name('userJobs'));
    expect(said).toContain(DEFAULT[tag]);
    expect(said.includes('default')).toBe(tag === 'en');
  });

  it('every act has its own sentence, and says what was done to whom', () => {
    const acts = ['publish', 'rename', 'disable', 'enable', 'limit', 'remove', 'rollback'];
    const said = acts.map((act) => settings.audit(`template.${act}`, 'fox', 'x7'));
    expect(new Set(said).size).toBe(acts.length);
    for (const one of said) expect(one).toContain('/fox');
    expect(settings.audit('limits.raise', 'guildJobs', '1000')).toMatch(/1000/);
  });

  it('a long entry is cut', () => {
    expect(settings.audit('settings.change', 'models', `models=${'x'.repeat(500)}`)).toHaveLength(300);
  });
});
