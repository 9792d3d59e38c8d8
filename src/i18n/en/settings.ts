/** What admins read of settings, and of who changed what, in English. */
import { changedSettings, clip, nameOf, platformName } from '../phrases.ts';
import { count, list } from './phrases.ts';

const SETTINGS: Record<string, string> = {
  guildJobs: 'Jobs at once, all together',
  userJobs: 'Jobs at once, for one person',
  guildWaiting: 'Waiting jobs, all together',
  userWaiting: 'Waiting jobs, for one person',
  defaultTemplate: 'Default template',
  models: 'Usual models',
  ownLanguage: 'Answer each person in their own language',
  language: 'Language',
  adminRoles: 'Roles of admins',
  adminUsers: 'Admins',
  allowedRoles: 'Roles that may use me',
  allowedChannels: 'Channels where I may be used',
  bannedUsers: 'Banned people',
  blockedWords: 'Blocked words',
  outsiders: 'People of other workspaces may run me',
  // the operator's rules
  allowedGuilds: 'Servers that alone may use me',
  blockedGuilds: 'Blocked servers',
  allowedUsers: 'People who are always served',
  blockedUsers: 'People who are blocked everywhere',
  directMessages: 'Direct messages',
  userInstalls: 'Use by people who added me for themselves',
  partnerGuilds: 'Servers that may use paid partner nodes',
  closed: 'Take no new jobs',
};

/** What people call a setting, by its key in `SettingsChange`. */
export function settingName(key: string): string {
  return nameOf(SETTINGS, key);
}

/** What may be connected, as people call it. */
const SERVICE: Record<string, string> = { discord: 'Discord', slack: 'Slack', comfy: 'the backend' };

const ACTS: Record<string, (subject: string, detail: string) => string> = {
  'template.publish': (name) => `published /${name}`,
  'template.rename': (name, to) => `renamed /${name} to /${to}`,
  'template.disable': (name) => `switched /${name} off`,
  'template.enable': (name) => `switched /${name} on`,
  'template.limit': (name, to) =>
    to === '' ? `opened /${name} to everybody` : `limited who may use /${name}`,
  'template.remove': (name) => `removed /${name}`,
  'template.rollback': (name, version) => `brought version ${version} of /${name} back`,
  'rules.cancel': (id) => `cancelled everything of ${id}`,
  'connection.set': (service, names) => `connected ${SERVICE[service] ?? service}: ${names}`,
  'connection.remove': (service) => `removed the connection to ${SERVICE[service] ?? service}`,
  'menu.left-out': (platform, names) => {
    const menu = platform === '' ? 'the menu' : `${platformName(platform)}’s menu`;
    return names === '' ? `everything is in ${menu} again` : `no room in ${menu} for ${names}`;
  },
  'guild.forget': (id) => `deleted everything of ${id}`,
  'limits.raise': (key, value) => `raised ${settingName(key)}: ${value}`,
  'settings.change': (keys, values) =>
    `changed ${list(
      changedSettings(keys, values).map(({ key, value }) =>
        value === undefined ? settingName(key) : `${settingName(key)}: ${value}`,
      ),
    )}`,
};

export const settings = {
  save: () => 'Save',
  noRoles: () => 'There are no roles here that I can see: name people instead.',
  auditMore: (hidden: number) => `… and ${hidden} older`,
  about: () => 'Who may use me here, and how much',
  verbs: {
    show: () => 'See and change the settings',
    models: () => 'Usual models…',
    audit: () => 'Who changed what',
  },
  heading: () => 'Settings',
  /** `set` here, and what holds; `limited`: who runs Easel allows no more than that. */
  inUse: ({ set, applied, limited }: { set?: number | undefined; applied: number; limited: boolean }) => {
    if (set === undefined) return `${applied} (default)`;
    return limited ? `${applied} (limited: ${set} is set, but ${applied} is the most here)` : String(set);
  },
  none: () => '—',
  /** By the keys of `SettingsChange`. */
  name: (key: string) => settingName(key),
  admins: () => 'Admins, besides those who manage the server',
  pickAdmins: () => 'Admins: people and roles',
  pickRoles: () => 'Roles that may use me; none: everybody',
  pickChannels: () => 'Channels where I may be used; none: everywhere',
  pickBanned: () => 'Banned people',
  limits: () => 'Limits…',
  words: () => 'Blocked words…',
  speech: () => 'Language and default…',
  wordsHint: () => 'One a line; a prompt with one of them is refused',
  numberHint: (standard: number, max: number) => `Empty: ${standard}, the default. At most ${max}`,
  languageHint: (tags: string[]) => clip(`Empty: each person’s own. There is ${list(tags)}`, 100),
  templateHint: (names: string[]) => clip(`Where words without a template go: ${list(names, 'or')}`, 100),
  everybody: () => 'everybody',
  everywhere: () => 'everywhere',
  languageEach: () => 'each person’s own',
  templateNone: () => '/imagine, or the first that takes words',
  modelsHeading: () => 'Usual models',
  modelsHint: () =>
    'What /NAME takes where nobody names one. Gone from the backend, it is as if none was chosen.',
  modelNone: () => 'what the template prefers',
  modelsEmpty: () => 'No template here leaves its model to the backend.',
  saved: () => 'Saved.',
  wordCount: (total: number) => (total === 0 ? '—' : count(total, 'word')),
  auditHeading: () => 'The latest changes:',
  auditEmpty: () => 'Nobody has changed anything yet.',
  /** `act` and the rest as in the audit log. */
  audit: (act: string, subject: string, detail = '') => {
    const known = ACTS[act === 'rules.change' ? 'settings.change' : act];
    const what = known?.(subject, detail) ?? `${act} ${subject} ${detail}`;
    return clip(what, 300);
  },
};
