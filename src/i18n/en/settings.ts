/** What settings are called, in English. */
import { nameOf } from '../phrases.ts';

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
