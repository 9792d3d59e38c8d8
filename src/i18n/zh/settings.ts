/** What settings are called, in Simplified Chinese. */
import { nameOf } from '../phrases.ts';

const SETTINGS: Record<string, string> = {
  guildJobs: '同时运行的任务（全体）',
  userJobs: '同时运行的任务（每人）',
  guildWaiting: '排队的任务（全体）',
  userWaiting: '排队的任务（每人）',
  defaultTemplate: '默认模板',
  models: '常用模型',
  ownLanguage: '用每个人自己的语言回复',
  language: '语言',
  adminRoles: '管理员身份组',
  adminUsers: '管理员',
  allowedRoles: '可以使用我的身份组',
  allowedChannels: '可以使用我的频道',
  bannedUsers: '已封禁的用户',
  blockedWords: '屏蔽词',
  outsiders: '其他工作区的人可以运行',
  // the operator's rules
  allowedGuilds: '允许使用的服务器',
  blockedGuilds: '已屏蔽的服务器',
  allowedUsers: '始终可以使用的人',
  blockedUsers: '在任何地方都被屏蔽的人',
  directMessages: '私信',
  userInstalls: '个人自行添加后的使用',
  partnerGuilds: '可以使用付费合作节点的服务器',
  closed: '不接受新任务',
};

/** What people call a setting, by its key in `SettingsChange`. */
export function settingName(key: string): string {
  return nameOf(SETTINGS, key);
}
