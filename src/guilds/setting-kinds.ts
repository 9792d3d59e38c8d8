/** What kind of thing each of a guild's settings is: forms, what is typed, and the page go by it. */
import type { Feature } from '../core/chat.ts';
import type { GuildSettings } from './schema.ts';

/** limit: a number below the operator's maximum; words: blocked ones; models: one a template; the lists hold ids of the platform. */
type SettingKind =
  | 'limit'
  | 'template'
  | 'models'
  | 'language'
  | 'words'
  | 'yes-no'
  | 'people'
  | 'roles'
  | 'channels';

export type SettingKey = keyof GuildSettings;

/** In the order in which a form has them. */
export const SETTING_KINDS = {
  guildJobs: 'limit',
  userJobs: 'limit',
  guildWaiting: 'limit',
  userWaiting: 'limit',
  language: 'language',
  ownLanguage: 'yes-no',
  defaultTemplate: 'template',
  models: 'models',
  adminUsers: 'people',
  adminRoles: 'roles',
  allowedRoles: 'roles',
  allowedChannels: 'channels',
  bannedUsers: 'people',
  outsiders: 'yes-no',
  blockedWords: 'words',
} as const satisfies Record<SettingKey, SettingKind>;

type KeyOf<Kind extends SettingKind> = {
  [Key in SettingKey]: (typeof SETTING_KINDS)[Key] extends Kind ? Key : never;
}[SettingKey];

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of an object with exactly these keys
export const SETTING_KEYS = Object.keys(SETTING_KINDS) as SettingKey[];

export const LIST_KINDS = ['people', 'roles', 'channels'] as const;
export type ListKey = KeyOf<(typeof LIST_KINDS)[number]>;

/** The settings of one of these kinds. */
export function settingsOf<Kind extends SettingKind>(...kinds: readonly Kind[]): KeyOf<Kind>[] {
  const isOne = (key: SettingKey): key is KeyOf<Kind> => kinds.some((kind) => kind === SETTING_KINDS[key]);
  return SETTING_KEYS.filter(isOne);
}

/** What a platform must know of for a setting to make sense there. Who is banned may be typed anywhere. */
export const SETTING_NEEDS: Partial<Record<SettingKey, Feature>> = {
  adminUsers: 'people',
  adminRoles: 'roles',
  allowedRoles: 'roles',
  allowedChannels: 'channels',
  outsiders: 'outsiders',
};
