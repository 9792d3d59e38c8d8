/** A guild's settings, and who changed what. Admins only: the verbs see to that. */
import type { Caller } from '../../core/caller.ts';
import type { Feature } from '../../core/chat.ts';
import { words as line, type Field, type Line, type Part, type Screen } from '../../core/screen.ts';
import type { Catalogue } from '../../i18n/index.ts';
import {
  LIST_KINDS,
  SETTING_KEYS,
  SETTING_NEEDS,
  settingsOf,
  type SettingKey,
} from '../../guilds/setting-kinds.ts';
import { EASEL } from '../left-out.ts';
import type { SettingsChange, SettingsView } from '../verbs/settings.ts';
import {
  again,
  listOf,
  unknownAction,
  wordsOf,
  type Act,
  type Entered,
  type GoTo,
  type ScreenDeps,
  type ScreenKind,
} from './kind.ts';

/** The newest. */
const MAX_AUDIT = 50;

export function settingsScreens(
  { settings, chats }: Pick<ScreenDeps, 'settings' | 'chats'>,
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
        fields: all.filter(({ key }) => has(caller, SETTING_NEEDS[key])),
        // a list, a switch and the words are each a group of their own
        groups: {
          limits: say.limits(),
          speech: say.speech(),
          ...Object.fromEntries(all.map(({ key, label }) => [key, label])),
          blockedWords: say.words(),
        },
        save: 'save',
        actions: [
          { key: 'save', label: say.save(), style: 'primary' },
          { key: 'models', label: say.verbs.models() },
          { key: 'audit', label: say.verbs.audit() },
        ],
      };
    },
    async act(act) {
      const { caller, action, entered, shown } = act;
      if (action === 'audit' || action === 'models') return goTo(caller, action);
      if (action !== 'save') return unknownAction();
      await settings.change(caller, settingsChange(entered), shown && settingsChange(shown));
      return again(panel, act, [line(wordsOf(caller).settings.saved(), 'ok')]);
    },
  };

  const audit: ScreenKind = {
    async open(caller) {
      const { settings: say, editor } = wordsOf(caller);
      const entries = await settings.audit(caller);
      const lines = entries.slice(0, MAX_AUDIT).map(({ at, by, act, subject, detail }): Line => {
        const parts: Part[] = [
          { kind: 'date', at },
          ' — ',
          by === EASEL ? EASEL : { kind: 'person', id: by },
          ' — ',
        ];
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

type SettingField = Field & { key: SettingKey };

function fieldsOf(view: SettingsView, words: Catalogue): SettingField[] {
  const { settings, limits, templates, languages } = view;
  const { settings: say } = words;
  const hints: Partial<Record<SettingKey, string>> = {
    language: say.languageHint(languages.map(({ tag }) => tag)),
    defaultTemplate: say.templateHint(templates),
    allowedRoles: say.pickRoles(),
    allowedChannels: say.pickChannels(),
    bannedUsers: say.pickBanned(),
    blockedWords: say.wordsHint(),
  };
  const about = <Key extends SettingKey>(key: Key) => ({
    key,
    label: key === 'adminUsers' ? say.admins() : say.name(key),
    ...(hints[key] !== undefined && { hint: hints[key] }),
    group: key as string,
  });
  const lists = {
    people: settingsOf('people'),
    roles: settingsOf('roles'),
    channels: settingsOf('channels'),
  };
  const nobody: Partial<Record<SettingKey, string>> = {
    allowedRoles: say.everybody(),
    allowedChannels: say.everywhere(),
  };
  const fields: SettingField[] = [
    ...settingsOf('limit').map((key) => ({
      ...about(key),
      kind: 'number' as const,
      whole: true,
      value: String(settings[key] ?? ''),
      hint: say.numberHint(limits[key].standard, limits[key].max),
      applies: say.inUse(limits[key]),
      ...(limits[key].limited && { note: say.inUse(limits[key]) }),
      group: 'limits',
    })),
    ...settingsOf('language').map((key) => ({
      ...about(key),
      kind: 'one-of' as const,
      value: settings[key] ?? '',
      options: languages.map(({ tag, name }) => ({ value: tag, label: name })),
      none: say.languageEach(),
      group: 'speech',
    })),
    ...settingsOf('template').map((key) => ({
      ...about(key),
      kind: 'one-of' as const,
      value: settings[key] ?? '',
      options: templates.map((name) => ({ value: name, label: `/${name}` })),
      none: say.templateNone(),
      group: 'speech',
    })),
    ...LIST_KINDS.flatMap((kind) =>
      lists[kind].map((key) => ({
        ...about(key),
        kind,
        value: settings[key],
        ...(settings[key].length === 0 && nobody[key] !== undefined && { applies: nobody[key] }),
      })),
    ),
    ...settingsOf('yes-no').map((key) => ({ ...about(key), kind: 'yes-no' as const, value: settings[key] })),
    ...settingsOf('words').map((key) => ({
      ...about(key),
      kind: 'long-text' as const,
      value: settings[key].join('\n'),
      applies: say.wordCount(settings[key].length),
    })),
  ];
  return fields.toSorted((a, b) => SETTING_KEYS.indexOf(a.key) - SETTING_KEYS.indexOf(b.key));
}

/** A field that was not there stays as it is; lists may have been typed. */
export function settingsChange(entered: Entered): SettingsChange {
  const change: SettingsChange = {};
  for (const key of settingsOf('limit', 'template', 'language', 'words', 'yes-no')) {
    const value = Object.hasOwn(entered, key) ? entered[key] : undefined;
    if (typeof value === 'string') change[key] = value;
    else if (typeof value === 'boolean') change[key] = value ? 'yes' : 'no';
  }
  for (const key of settingsOf(...LIST_KINDS)) {
    const list = listOf(entered, key);
    if (list) change[key] = list;
  }
  return change;
}
