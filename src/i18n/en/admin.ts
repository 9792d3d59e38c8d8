/** What admins read while they edit templates, look after them and change settings, in English. */
import type { Slot } from '../../core/template.ts';
import { changedSettings, clip, nameOf } from '../phrases.ts';
import { count, list } from './phrases.ts';

type SlotField = 'name' | 'description' | 'default' | 'min' | 'max' | 'maxLength' | 'format' | 'choices';

const TYPES: Record<Slot['type'], string> = {
  text: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'yes or no',
  choice: 'choice',
  seed: 'seed',
  image: 'picture',
};

/** Short, since Discord cuts a label at 45 characters and Slack a title at 24. */
const FIELDS: Record<SlotField, string> = {
  name: 'Name',
  description: 'Description',
  default: 'Default',
  min: 'Smallest value',
  max: 'Largest value',
  maxLength: 'Longest text, in characters',
  format: 'What is put into the workflow',
  choices: 'Choices, one a line',
};

const HINTS: Record<SlotField, string> = {
  name: 'Lowercase letters, digits, "-" or "_"; it begins with a letter',
  description: 'What people read beside it, 100 characters at most',
  default: 'Taken when nobody gives a value; empty: what stands in the workflow',
  min: 'Empty: no limit',
  max: 'Empty: no limit',
  maxLength: 'Empty: no limit',
  format: '{value} stands for what was typed, as in "{value}, highly detailed"',
  choices: 'Empty: whatever the backend has at the time',
};

/** What people call a slot's field, by its key in `SlotChange`. */
export function fieldName(key: string): string {
  return nameOf({ ...FIELDS, type: 'Type' }, key);
}

const SETTINGS: Record<string, string> = {
  guildJobs: 'Jobs at once, all together',
  userJobs: 'Jobs at once, for one person',
  guildWaiting: 'Waiting jobs, all together',
  userWaiting: 'Waiting jobs, for one person',
  defaultTemplate: 'Default template',
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
  'guild.forget': (id) => `deleted everything of ${id}`,
  'limits.raise': (key, value) => `raised ${settingName(key)}: ${value}`,
  'settings.change': (keys, values) =>
    `changed ${list(
      changedSettings(keys, values).map(({ key, value }) =>
        value === undefined ? settingName(key) : `${settingName(key)}: ${value}`,
      ),
    )}`,
};

export const admin = {
  editor: {
    heading: (name: string, description: string) => `/${name} — ${description}`,
    newTemplate: () => 'A new template; nobody sees it yet.',
    newVersion: () => 'A new version; people use the one before until you publish this one.',
    slots: () => 'Slots',
    noSlots: () => 'No slots yet: people could only run it as it is.',
    page: (page: number, pages: number) => `page ${page} of ${pages}`,
    type: (type: Slot['type']) => TYPES[type],
    required: () => 'required',
    optional: () => 'optional',
    yesOrNo: (value: boolean): string => (value ? 'yes' : 'no'),
    standard: (value: string) => `default ${clip(value, 60)}`,
    bounds: (min: number | undefined, max: number | undefined) =>
      min === undefined ? `at most ${max}` : max === undefined ? `at least ${min}` : `${min} to ${max}`,
    choices: (names: string[]) =>
      `${count(names.length, 'choice')}: ${list(names.slice(0, 5).map((name) => clip(name, 40)))}${names.length > 5 ? ', …' : ''}`,
    backendChoices: () => 'whatever the backend has',
    maxLength: (max: number) => `at most ${count(max, 'character')}`,
    format: (format: string) => `as "${clip(format, 60)}"`,
    fills: (into: { node: string; input: string }[]) =>
      `fills ${list([...new Set(into.map(({ node, input }) => `${clip(node, 40)} · ${clip(input, 40)}`))])}`,
    outputs: () => 'Posted',
    outputsAll: () => 'everything that it saves or shows',
    outputsSome: (titles: string[]) => list(titles.map((title) => clip(title, 60))),
    ready: () => 'Ready to be published.',
    blocked: (count_: number) => `${count(count_, 'thing')} to put right before it can be published.`,
    unchanged: () => 'Nothing was changed.',
    field: (field: SlotField) => FIELDS[field],
    /** What the form of a slot says below a field, 100 characters at most. */
    hint: (field: SlotField) => HINTS[field],
    commandName: () => 'The command’s name',
    commandNameHint: () => '1–32 lowercase letters, digits, "-" or "_"',
    commandDescription: () => 'Description',
    commandDescriptionHint: () => 'What it makes, in one line of at most 100 characters',
    tooLongForForm: (fields: SlotField[]) =>
      `${list(fields.map((field) => FIELDS[field]))}: too long for a form, so it stays as it is. Change it with /template export and /template add.`,
    about: () => 'Name and description',
    aboutForm: () => 'Template',
    slotForm: (slot: string) => clip(`Slot ${slot}`, 24),
    change: () => 'Change',
    changeSlot: () => 'Change a slot…',
    changeType: () => 'Type',
    makeRequired: () => 'Make it required',
    makeOptional: () => 'Make it optional',
    up: () => 'Move up',
    down: () => 'Move down',
    drop: () => 'Drop it',
    add: () => 'Add a slot',
    addHeading: (total: number) =>
      total === 0
        ? 'Every input that holds a plain value has a slot already.'
        : `Pick the input that the new slot shall fill; there are ${total}.`,
    addPick: () => 'Node · input',
    find: () => 'Find…',
    findForm: () => 'Find an input',
    findWords: () => 'Part of a node’s or an input’s name',
    found: (words: string, shown: number, total: number) =>
      `"${clip(words)}": ${count(total, 'input')} found${total > shown ? `; these are the first ${shown}. Say more to see others` : ''}.`,
    chooseOutputs: () => 'Outputs',
    outputsHeading: () => 'Whose pictures and texts shall be posted? None chosen: everybody’s.',
    outputsPick: () => 'Nodes',
    test: () => 'Test run',
    testing: () => 'A test run with the defaults; only you see it.',
    publish: () => 'Publish',
    published: (name: string, version: number) =>
      `Published: /${name} is there now, version ${version}. People can use it at once.`,
    discard: () => 'Discard',
    discardAsk: () => 'Discard this draft? What is published stays as it is.',
    discarded: () => 'Discarded.',
    back: () => 'Back',
    previous: () => '◀',
    next: () => '▶',
  },
  shelf: {
    about: () => 'Add and look after the templates of this server',
    verbs: {
      add: () => 'Make a command from a workflow: its API export, or a PNG that ComfyUI saved',
      list: () => 'All templates here',
      show: () => 'One template, with its slots',
      edit: () => 'Change a template; people use the old version until you publish',
      rename: () => 'Give a template another name',
      disable: () => 'Switch a template off; nothing of it is lost',
      enable: () => 'Switch a template on again',
      remove: () => 'Remove a template with all its versions',
      export: () => 'Get a template’s two files',
      history: () => 'All versions of a template',
      rollback: () => 'Bring an older version back',
      limit: () => 'Who may use a template, and where',
    },
    options: {
      file: () => 'The workflow: Export (API) from ComfyUI, or a PNG with the workflow in it',
      settings: () => 'A template.json that goes with it; without one, slots are suggested',
      newName: () => 'The command’s name; without it, the file’s name',
      name: () => 'Which template',
      to: () => 'The new name',
      version: () => 'Which version; without it, the newest',
      rollbackVersion: () => 'The version to bring back',
    },
    heading: (total: number) => (total === 0 ? 'No templates here.' : `${count(total, 'template')} here:`),
    entry: (name: string, description: string) => `/${name} — ${description}`,
    builtin: () => 'built in',
    version: (version: number) => `version ${version}`,
    off: () => 'switched off',
    misfits: (total: number) => `the backend lacks ${count(total, 'thing')} for it`,
    limited: (roles: number, channels: number) =>
      [
        roles > 0 && `only for ${count(roles, 'role')}`,
        channels > 0 && `only in ${count(channels, 'channel')}`,
      ]
        .filter(Boolean)
        .join(', '),
    ageRestricted: () => 'only where it is age-restricted',
    renamed: (name: string, to: string) => `/${name} is now /${to}.`,
    disabled: (name: string) => `/${name} is switched off here.`,
    enabled: (name: string) => `/${name} is back.`,
    removeAsk: (name: string) =>
      `Remove /${name} with all its versions? That cannot be undone; /template export gives you its files first.`,
    remove: () => 'Remove it',
    keep: () => 'Keep it',
    kept: (name: string) => `/${name} stays.`,
    removed: (name: string) => `/${name} is removed.`,
    exported: (name: string) =>
      `The two files of /${name}. /template add takes both again, here or anywhere else.`,
    historyHeading: (name: string) => `Versions of /${name}:`,
    noHistory: (name: string) => `/${name} is built in: it has no versions.`,
    rolledBack: (name: string, from: string, version: number) =>
      `/${name} is as it was in version ${from}; that is version ${version} now.`,
    broughtBack: (from: number) => `version ${from} again`,
    accessHeading: (name: string) => `Who may use /${name}, and where:`,
    roles: () => 'Roles',
    channels: () => 'Channels',
    accessRoles: () => 'Roles; none: everybody',
    accessChannels: () => 'Channels; none: everywhere',
    accessAge: () => 'Only in age-restricted channels',
    accessAnywhere: () => 'Not only in age-restricted channels',
    everybody: () => 'everybody',
    everywhere: () => 'everywhere',
    yes: () => 'yes',
    no: () => 'no',
  },
  settings: {
    about: () => 'Who may use me here, and how much',
    verbs: {
      show: () => 'See and change the settings',
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
    templateNone: () => 'none',
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
  },
};
