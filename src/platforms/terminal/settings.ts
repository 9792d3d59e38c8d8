/** `/settings …` at the terminal: shown, changed as `key:value`, and who changed what. */
import type { Commands } from '../../commands/index.ts';
import type { SettingsChange, SettingsView } from '../../commands/settings.ts';
import type { Caller } from '../../core/chat.ts';
import { EaselError } from '../../core/errors.ts';
import { catalogue } from '../../i18n/index.ts';
import { readWords } from './context.ts';
import { moment } from './templates.ts';

const NUMBERS = ['guildJobs', 'userJobs', 'guildWaiting', 'userWaiting'] as const;
const TEXTS = ['defaultTemplate', 'language', 'blockedWords'] as const;
const LISTS = ['bannedUsers'] as const;
/** What means something where there is one person and one place. */
const KEYS = [...NUMBERS, ...TEXTS, ...LISTS];
const MAX_AUDIT = 50;

/** Lines to print. Throws EaselError. */
export async function settingsLines(
  caller: Caller,
  rest: string,
  { settings }: Pick<Commands, 'settings'>,
): Promise<string[]> {
  const { settings: say } = catalogue(caller.locale);
  if (rest.trim() === 'audit') {
    const entries = await settings.audit(caller);
    if (entries.length === 0) return [say.auditEmpty()];
    return entries
      .slice(0, MAX_AUDIT)
      .map(
        ({ at, by, act, subject, detail }) => `${moment(at)} — ${by} — ${say.audit(act, subject, detail)}`,
      );
  }
  const change = changeOf(rest);
  if (!change) return shown(await settings.show(caller), caller.locale);
  return [say.saved(), ...shown(await settings.change(caller, change), caller.locale)];
}

function changeOf(rest: string): SettingsChange | undefined {
  const pairs = readWords(rest);
  if (pairs.length === 0) return undefined;
  const change: SettingsChange = {};
  for (const pair of pairs) {
    const [, key = pair, value = ''] = /^(\w+):(.*)$/s.exec(pair) ?? [];
    const text = [...NUMBERS, ...TEXTS].find((known) => known === key);
    const list = LISTS.find((known) => known === key);
    if (text) change[text] = value;
    else if (list) change[list] = value.split(',').filter(Boolean);
    else throw new EaselError({ code: 'unknown-slot', slot: key, known: KEYS });
  }
  return change;
}

/** The key that is typed, what it is, and what it is set to. */
function shown({ settings, limits }: SettingsView, locale: string): string[] {
  const { settings: say } = catalogue(locale);
  const values: [key: string, value: string][] = [
    ...NUMBERS.map((key): [string, string] => [key, say.inUse(limits[key])]),
    ['defaultTemplate', settings.defaultTemplate ?? say.templateNone()],
    ['language', settings.language ?? say.languageEach()],
    ['blockedWords', settings.blockedWords.join(', ') || say.none()],
    ['bannedUsers', settings.bannedUsers.join(', ') || say.none()],
  ];
  return values.map(([key, value]) => `  ${key}: ${value}  (${say.name(key)})`);
}
