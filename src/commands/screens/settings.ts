/** A guild's settings, and who changed what. Admins only: the verbs see to that. */
import type { Caller, Feature } from '../../core/chat.ts';
import { words as line, type Field, type Line, type Part, type Screen } from '../../core/screen.ts';
import type { Catalogue } from '../../i18n/index.ts';
import type { SettingsChange, SettingsView } from '../settings.ts';
import {
  again,
  listOf,
  textOf,
  unknownAction,
  wordsOf,
  type Act,
  type Entered,
  type GoTo,
  type ScreenDeps,
  type ScreenKind,
} from './kind.ts';

const NUMBERS = ['guildJobs', 'userJobs', 'guildWaiting', 'userWaiting'] as const;
const TEXTS = [...NUMBERS, 'defaultTemplate', 'language', 'blockedWords'] as const;
const LISTS = ['adminUsers', 'adminRoles', 'allowedRoles', 'allowedChannels', 'bannedUsers'] as const;

type Key = (typeof TEXTS)[number] | (typeof LISTS)[number] | 'outsiders';

/** What of them makes sense only where the platform knows such a thing. */
const NEEDS: Partial<Record<Key, Feature>> = {
  adminUsers: 'people',
  adminRoles: 'roles',
  allowedRoles: 'roles',
  allowedChannels: 'channels',
  outsiders: 'outsiders',
};

/** The newest. */
const MAX_AUDIT = 50;

export function settingsScreens(
  { settings, chats }: ScreenDeps,
  goTo: GoTo,
): Record<'settings' | 'audit', ScreenKind> {
  const has = ({ platform }: Caller, feature: Feature | undefined) =>
    feature === undefined || (chats.get(platform)?.features.has(feature) ?? false);

  const panel: ScreenKind = {
    async open(caller) {
      const words = wordsOf(caller);
      const { settings: say } = words;
      const all = fieldsOf(await settings.show(caller), words);
      return {
        at: 'settings',
        title: say.heading(),
        lines: has(caller, 'roles') || !has(caller, 'people') ? [] : [line(say.noRoles(), 'minor')],
        fields: all.filter(({ key }) => has(caller, NEEDS[key])),
        groups: {
          limits: say.limits(),
          speech: say.speech(),
          admins: say.admins(),
          adminRoles: say.name('adminRoles'),
          roles: say.name('allowedRoles'),
          channels: say.name('allowedChannels'),
          banned: say.name('bannedUsers'),
          outsiders: say.name('outsiders'),
          words: say.words(),
        },
        save: 'save',
        actions: [
          { key: 'save', label: say.save(), style: 'primary' },
          { key: 'audit', label: say.verbs.audit() },
        ],
      };
    },
    async act(act) {
      const { caller, action, entered, shown } = act;
      if (action === 'audit') return goTo(caller, 'audit');
      if (action !== 'save') return unknownAction();
      await settings.change(caller, changeOf(entered), shown && changeOf(shown));
      return again(panel, act, [line(wordsOf(caller).settings.saved(), 'ok')]);
    },
  };

  const audit: ScreenKind = {
    async open(caller) {
      const { settings: say, editor } = wordsOf(caller);
      const entries = await settings.audit(caller);
      const lines = entries.slice(0, MAX_AUDIT).map(({ at, by, act, subject, detail }): Line => {
        const parts: Part[] = [{ kind: 'date', at }, ' — ', { kind: 'person', id: by }, ' — '];
        return { parts: [...parts, say.audit(act, subject, detail)] };
      });
      const hidden = entries.length - lines.length;
      return {
        at: 'audit',
        title: say.verbs.audit(),
        lines: [
          line(entries.length === 0 ? say.auditEmpty() : say.auditHeading(), 'heading'),
          // the newest come first, so what does not fit is what happened longest ago
          ...lines,
          ...(hidden > 0 ? [line(say.auditMore(hidden), 'minor')] : []),
        ],
        fields: [],
        actions: [{ key: 'back', label: editor.back() }],
        parent: 'settings',
      } satisfies Screen;
    },
    act: async ({ caller, action }: Act) => (action === 'back' ? goTo(caller, 'settings') : unknownAction()),
  };

  return { settings: panel, audit };
}

function fieldsOf(view: SettingsView, words: Catalogue): (Field & { key: Key })[] {
  const { settings, limits, templates, languages } = view;
  const { settings: say } = words;
  const list = (key: (typeof LISTS)[number], kind: 'people' | 'roles' | 'channels') =>
    ({ key, kind, value: settings[key], label: say.name(key) }) as const;
  return [
    ...NUMBERS.map(
      (key) =>
        ({
          key,
          kind: 'number',
          whole: true,
          value: String(settings[key] ?? ''),
          label: say.name(key),
          hint: say.numberHint(limits[key].standard, limits[key].max),
          applies: say.inUse(limits[key]),
          ...(limits[key].limited && { note: say.inUse(limits[key]) }),
          group: 'limits',
        }) as const,
    ),
    {
      key: 'language',
      kind: 'one-of',
      value: settings.language ?? '',
      options: languages.map(({ tag, name }) => ({ value: tag, label: name })),
      none: say.languageEach(),
      label: say.name('language'),
      hint: say.languageHint(languages.map(({ tag }) => tag)),
      group: 'speech',
    },
    {
      key: 'defaultTemplate',
      kind: 'one-of',
      value: settings.defaultTemplate ?? '',
      options: templates.map((name) => ({ value: name, label: `/${name}` })),
      none: say.templateNone(),
      label: say.name('defaultTemplate'),
      hint: say.templateHint(templates),
      group: 'speech',
    },
    { ...list('adminUsers', 'people'), label: say.admins(), group: 'admins' },
    { ...list('adminRoles', 'roles'), group: 'adminRoles' },
    { ...list('allowedRoles', 'roles'), hint: say.pickRoles(), applies: everybody(), group: 'roles' },
    {
      ...list('allowedChannels', 'channels'),
      hint: say.pickChannels(),
      applies: everywhere(),
      group: 'channels',
    },
    { ...list('bannedUsers', 'people'), hint: say.pickBanned(), group: 'banned' },
    {
      key: 'outsiders',
      kind: 'yes-no',
      value: settings.outsiders,
      label: say.name('outsiders'),
      group: 'outsiders',
    },
    {
      key: 'blockedWords',
      kind: 'long-text',
      value: settings.blockedWords.join('\n'),
      label: say.name('blockedWords'),
      hint: say.wordsHint(),
      applies: say.wordCount(settings.blockedWords.length),
      group: 'words',
    },
  ];

  function everybody(): string | undefined {
    return settings.allowedRoles.length === 0 ? say.everybody() : undefined;
  }
  function everywhere(): string | undefined {
    return settings.allowedChannels.length === 0 ? say.everywhere() : undefined;
  }
}

function changeOf(entered: Entered): SettingsChange {
  const change: SettingsChange = {};
  for (const key of TEXTS) {
    const text = textOf(entered, key);
    if (text !== undefined) change[key] = text;
  }
  for (const key of LISTS) {
    const list = listOf(entered, key);
    if (list) change[key] = list;
  }
  const { outsiders } = entered;
  if (typeof outsiders === 'boolean') change.outsiders = outsiders ? 'yes' : 'no';
  else if (typeof outsiders === 'string') change.outsiders = outsiders;
  return change;
}
