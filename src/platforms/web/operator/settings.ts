/** A guild's settings as the page's form has them: every value is a text, and a list has one a line. */
import { z } from 'zod';
import type { AuditEntry, SettingsChange, SettingsView } from '../../../commands/settings.ts';
import type { Catalogue } from '../../../i18n/index.ts';
import type { Settings } from '../api.ts';
import { readBody } from '../body.ts';

const ONES = ['guildJobs', 'userJobs', 'guildWaiting', 'userWaiting', 'defaultTemplate', 'language'] as const;
const LISTS = ['adminRoles', 'adminUsers', 'allowedRoles', 'allowedChannels', 'bannedUsers'] as const;
const WORDS = 'blockedWords';
const OUTSIDERS = 'outsiders';
/** Where people of other workspaces can be at all. */
const SHARING = 'slack';

/** Of the audit log; the newest. */
const MAX_AUDIT = 100;

/** Beyond what any setting takes; that says itself what is wrong. */
const One = z.string().max(1000).exactOptional();
const Many = z.string().max(100_000).exactOptional();

const Values = z.strictObject({
  guildJobs: One,
  userJobs: One,
  guildWaiting: One,
  userWaiting: One,
  defaultTemplate: One,
  language: One,
  adminRoles: Many,
  adminUsers: Many,
  allowedRoles: Many,
  allowedChannels: Many,
  bannedUsers: Many,
  blockedWords: Many,
  outsiders: One,
}) satisfies z.ZodType<Partial<Record<keyof SettingsChange, string>>>;
const ChangeSchema = z.strictObject({ ...Values.shape, shown: Values.exactOptional() });

/** What is to be set, and what the form had in these fields when it was opened. Rejects with EaselError `bad-request`. */
export async function readSettings(request: {
  json(): Promise<unknown>;
}): Promise<{ change: SettingsChange; shown: SettingsChange | undefined }> {
  const { shown, ...said } = await readBody(ChangeSchema, request);
  return { change: changeOf(said), shown: shown && changeOf(shown) };
}

function changeOf(said: z.infer<typeof Values>): SettingsChange {
  const change: SettingsChange = {};
  for (const key of [...ONES, WORDS, OUTSIDERS] as const)
    if (said[key] !== undefined) change[key] = said[key];
  for (const key of LISTS) if (said[key] !== undefined) change[key] = said[key].split(/[\s,，、]+/);
  return change;
}

export function shownSettings(
  { settings, limits, templates, languages }: SettingsView,
  audit: readonly AuditEntry[],
  { settings: say, editor: { yesOrNo } }: Catalogue,
  platform: string,
): Settings {
  const values: Record<string, string> = {};
  for (const key of ONES) values[key] = String(settings[key] ?? '');
  for (const key of [...LISTS, WORDS] as const) values[key] = settings[key].join('\n');
  const shared = platform === SHARING;
  if (shared) values[OUTSIDERS] = settings.outsiders ? 'yes' : '';
  return {
    values,
    defaults: {
      ...Object.fromEntries(Object.entries(limits).map(([key, { standard }]) => [key, String(standard)])),
      defaultTemplate: say.templateNone(),
      language: say.languageEach(),
      outsiders: yesOrNo(false),
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
    choices: shared ? { [OUTSIDERS]: [{ value: 'yes', label: yesOrNo(true) }] } : {},
    names: Object.fromEntries([...ONES, ...LISTS, WORDS, OUTSIDERS].map((key) => [key, say.name(key)])),
    audit: audit.slice(0, MAX_AUDIT).map((entry) => ({
      ...withoutNothing(entry),
      what: say.audit(entry.act, entry.subject, entry.detail),
    })),
  };
}

function withoutNothing({ detail, ...entry }: AuditEntry) {
  return { ...entry, ...(detail !== undefined && { detail }) };
}
