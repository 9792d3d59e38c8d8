/** A guild's settings as the page's form has them: every value is a text, and a list has one a line. */
import { z } from 'zod';
import { settingsChange } from '../../../commands/screens/settings.ts';
import {
  LIST_KINDS,
  SETTING_KEYS,
  SETTING_NEEDS,
  settingsOf,
  type AuditEntry,
  type SettingsChange,
  type SettingsView,
} from '../../../commands/verbs/settings.ts';
import type { Catalogue } from '../../../i18n/index.ts';
import type { Settings } from '../operator-api.ts';
import { readBody } from '../body.ts';

/** Kinds with one value. */
const ONES = settingsOf('limit', 'template', 'language');
const LISTS = settingsOf(...LIST_KINDS);
const WORDS = settingsOf('words');
const SWITCHES = settingsOf('yes-no');
/** Where people of other workspaces can be at all. */
const SHARING = 'slack';

/** Of the audit log; the newest. */
const MAX_AUDIT = 100;

/** Beyond what any setting takes; that says itself what is wrong. */
const Text = z.string().max(100_000).exactOptional();
const shape: Record<string, typeof Text> = Object.fromEntries(SETTING_KEYS.map((key) => [key, Text]));
const Values = z.strictObject(shape);
const ChangeSchema = z.strictObject({ ...shape, shown: Values.exactOptional() });

/** What is to be set, and what the form had in these fields when it was opened. Rejects with EaselError `bad-request`. */
export async function readSettings(request: {
  json(): Promise<unknown>;
}): Promise<{ change: SettingsChange; shown: SettingsChange | undefined }> {
  const { shown, ...typed } = await readBody(ChangeSchema, request);
  return { change: settingsChange(typed), shown: shown && settingsChange(shown) };
}

export function shownSettings(
  { settings, limits, templates, languages }: SettingsView,
  audit: readonly AuditEntry[],
  { settings: say, editor: { yesOrNo } }: Catalogue,
  platform: string,
): Settings {
  const values: Record<string, string> = {};
  for (const key of ONES) values[key] = String(settings[key] ?? '');
  for (const key of [...LISTS, ...WORDS]) values[key] = settings[key].join('\n');
  const switches = SWITCHES.filter((key) => platform === SHARING || SETTING_NEEDS[key] !== 'outsiders');
  for (const key of switches) values[key] = settings[key] ? 'yes' : '';
  return {
    values,
    defaults: {
      ...Object.fromEntries(Object.entries(limits).map(([key, { standard }]) => [key, String(standard)])),
      defaultTemplate: say.templateNone(),
      language: say.languageEach(),
      ...Object.fromEntries(switches.map((key) => [key, yesOrNo(false)])),
      allowedRoles: say.everybody(),
      allowedChannels: say.everywhere(),
    },
    limited: Object.fromEntries(
      Object.entries(limits)
        .filter(([, { limited }]) => limited)
        .map(([key, limit]) => [key, say.inUse(limit)]),
    ),
    templates,
    languages,
    choices: Object.fromEntries(switches.map((key) => [key, [{ value: 'yes', label: yesOrNo(true) }]])),
    names: Object.fromEntries(SETTING_KEYS.map((key) => [key, say.name(key)])),
    audit: audit.slice(0, MAX_AUDIT).map((entry) => ({
      ...withoutNothing(entry),
      what: say.audit(entry.act, entry.subject, entry.detail),
    })),
  };
}

function withoutNothing({ detail, ...entry }: AuditEntry) {
  return { ...entry, ...(detail !== undefined && { detail }) };
}
