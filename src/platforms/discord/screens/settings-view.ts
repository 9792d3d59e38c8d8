/** The panels of `/settings`: what is set, what can be changed, and who changed what. */
import type { SettingsView } from '../../../commands/settings.ts';
import type { AuditEntry } from '../../../commands/settings.ts';
import type { Catalogue } from '../../../i18n/index.ts';
import type { Field } from './form.ts';
import { button, entityMenu, mentionableMenu, panel, type Panel } from './layout.ts';
import { escape } from '../replies/render.ts';
import { ago } from './shelf-view.ts';

export const SETTINGS_TOPIC = 'set';

const NUMBERS = ['guildJobs', 'userJobs', 'guildWaiting', 'userWaiting'] as const;
/** People named in one line; the menu below shows them all. */
const MAX_NAMED = 25;
const MAX_AUDIT = 20;

/** `problem` is about the setting with that key. */
export function settingsPanel(
  { settings, limits }: SettingsView,
  { settings: say }: Catalogue,
  problem?: { setting: string; text: string },
): Panel {
  const id = (action: string) => `${SETTINGS_TOPIC}:${action}`;
  const mentions = (ids: readonly string[], mark: string) =>
    ids
      .slice(0, MAX_NAMED)
      .map((one) => `<${mark}${one}>`)
      .join(' ');
  const admins = [mentions(settings.adminRoles, '@&'), mentions(settings.adminUsers, '@')];
  const rows: [key: string, label: string, value: string][] = [
    ...NUMBERS.map((key): [string, string, string] => [key, say.name(key), escape(say.inUse(limits[key]))]),
    ['defaultTemplate', say.name('defaultTemplate'), escape(settings.defaultTemplate ?? say.templateNone())],
    ['language', say.name('language'), escape(settings.language ?? say.languageEach())],
    ['adminRoles', say.admins(), admins.filter(Boolean).join(' ')],
    [
      'allowedRoles',
      say.name('allowedRoles'),
      mentions(settings.allowedRoles, '@&') || escape(say.everybody()),
    ],
    [
      'allowedChannels',
      say.name('allowedChannels'),
      mentions(settings.allowedChannels, '#') || escape(say.everywhere()),
    ],
    ['bannedUsers', say.name('bannedUsers'), mentions(settings.bannedUsers, '@')],
    ['blockedWords', say.name('blockedWords'), escape(say.wordCount(settings.blockedWords.length))],
  ];
  const isShown = rows.some(([key]) => key === problem?.setting);
  const wrong = problem ? [`⛔ ${escape(problem.text)}`] : [];
  const lines = [
    `### ${escape(say.heading())}`,
    ...(isShown ? [] : wrong),
    ...rows.flatMap(([key, label, value]) => [
      `**${escape(label)}:** ${value || escape(say.none())}`,
      ...(key === problem?.setting ? wrong : []),
    ]),
  ];
  return panel(lines, [
    [
      mentionableMenu(id('admins'), say.pickAdmins(), {
        users: settings.adminUsers,
        roles: settings.adminRoles,
      }),
    ],
    [entityMenu('roles', id('roles'), say.pickRoles(), settings.allowedRoles)],
    [entityMenu('channels', id('channels'), say.pickChannels(), settings.allowedChannels)],
    [entityMenu('users', id('banned'), say.pickBanned(), settings.bannedUsers)],
    [
      button(id('limits'), say.limits()),
      button(id('words'), say.words()),
      button(id('speech'), say.speech()),
    ],
  ]);
}

/** The fields of the form that a button opens. */
export const SETTINGS_FORMS: Record<string, (view: SettingsView, words: Catalogue) => Field[]> = {
  limits: ({ settings, limits }, { settings: say }) =>
    NUMBERS.map((key) => ({
      id: key,
      label: say.name(key),
      hint: say.numberHint(limits[key].standard, limits[key].max),
      value: String(settings[key] ?? ''),
    })),
  words: ({ settings }, { settings: say }) => [
    {
      id: 'blockedWords',
      label: say.name('blockedWords'),
      hint: say.wordsHint(),
      value: settings.blockedWords.join('\n'),
      long: true,
    },
  ],
  speech: ({ settings, templates, languages }, { settings: say }) => [
    {
      id: 'language',
      label: say.name('language'),
      hint: say.languageHint(languages.map(({ tag }) => tag)),
      value: settings.language,
    },
    {
      id: 'defaultTemplate',
      label: say.name('defaultTemplate'),
      hint: say.templateHint(templates),
      value: settings.defaultTemplate,
    },
  ],
};

export function auditPanel(entries: readonly AuditEntry[], { settings: say }: Catalogue): Panel {
  if (entries.length === 0) return panel([escape(say.auditEmpty())]);
  const lines = entries
    .slice(0, MAX_AUDIT)
    .map(
      ({ at, by, act, subject, detail }) => `${ago(at)} <@${by}> ${escape(say.audit(act, subject, detail))}`,
    );
  // the newest come first, so what does not fit is what happened longest ago
  return panel([escape(say.auditHeading()), ...lines]);
}
