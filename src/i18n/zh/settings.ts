/** What admins read of settings, and of who changed what, in Simplified Chinese. */
import type { Catalogue } from '../en.ts';
import { changedSettings, clip, nameOf, platformName } from '../phrases.ts';
import { list } from './phrases.ts';

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

/** What may be connected, as people call it. */
const SERVICE: Record<string, string> = { discord: 'Discord', slack: 'Slack', comfy: '后端' };

const ACTS: Record<string, (subject: string, detail: string) => string> = {
  'template.publish': (name) => `发布了 /${name}`,
  'template.rename': (name, to) => `将 /${name} 重命名为 /${to}`,
  'template.disable': (name) => `停用了 /${name}`,
  'template.enable': (name) => `启用了 /${name}`,
  'template.limit': (name, to) => (to === '' ? `向所有人开放了 /${name}` : `限制了 /${name} 的使用范围`),
  'template.remove': (name) => `删除了 /${name}`,
  'template.rollback': (name, version) => `将 /${name} 恢复到版本 ${version}`,
  'rules.cancel': (id) => `取消了 ${id} 的所有任务`,
  'connection.set': (service, names) => `设置了 ${SERVICE[service] ?? service} 的连接：${names}`,
  'connection.remove': (service) => `删除了 ${SERVICE[service] ?? service} 的连接`,
  'menu.left-out': (platform, names) => {
    const menu = platform === '' ? '菜单' : `${platformName(platform)} 的菜单`;
    return names === '' ? `${menu}又能显示全部模板了` : `${menu}放不下：${names}`;
  },
  'guild.forget': (id) => `删除了 ${id} 的所有数据`,
  'limits.raise': (key, value) => `将${settingName(key)}的上限提高到 ${value}`,
  'settings.change': (keys, values) =>
    `修改了${changedSettings(keys, values)
      .map(({ key, value }) => [settingName(key), value === 'default' ? '默认' : value])
      .map((parts) => parts.filter(Boolean).join('：'))
      .join('；')}`,
};

export const settings: Catalogue['settings'] = {
  save: () => '保存',
  noRoles: () => '这里没有我能识别的身份组，请直接指定用户。',
  auditMore: (hidden) => `…还有 ${hidden} 条更早的记录`,
  about: () => '谁可以在这里使用我，以及用量限制',
  verbs: {
    show: () => '查看和修改设置',
    models: () => '常用模型…',
    audit: () => '查看谁修改了什么',
  },
  heading: () => '设置',
  inUse: ({ set, applied, limited }) => {
    if (set === undefined) return `${applied}（默认）`;
    return limited ? `${applied}（设置为 ${set}，但这里最多 ${applied}）` : String(set);
  },
  none: () => '—',
  /** By the keys of `SettingsChange`. */
  name: (key) => settingName(key),
  admins: () => '额外的管理员（服务器管理者无需添加）',
  pickAdmins: () => '管理员：用户和身份组',
  pickRoles: () => '可以使用我的身份组；不选则所有人可用',
  pickChannels: () => '可以使用我的频道；不选则不限',
  pickBanned: () => '已封禁的用户',
  limits: () => '用量限制…',
  words: () => '屏蔽词…',
  speech: () => '语言和默认模板…',
  wordsHint: () => '每行一个；提示词中含有任意一个就会被拒绝',
  numberHint: (standard, max) => `留空：默认值 ${standard}。最多 ${max}`,
  languageHint: (tags) => clip(`留空：各人自己的语言。可选：${list(tags)}`, 100),
  templateHint: (names) => clip(`没有指明模板时使用。可选：${list(names)}`, 100),
  everybody: () => '所有人',
  everywhere: () => '所有频道',
  languageEach: () => '各人自己的语言',
  templateNone: () => '/imagine；没有时用第一个接受文字的模板',
  modelsHeading: () => '常用模型',
  modelsHint: () => '没有指定模型时各命令使用的模型。如果它从后端消失，就当作没有选择。',
  modelNone: () => '由模板决定',
  modelsEmpty: () => '这里没有可以选择模型的模板。',
  saved: () => '已保存。',
  wordCount: (total) => (total === 0 ? '—' : `${total} 个词`),
  auditHeading: () => '最近的更改：',
  auditEmpty: () => '还没有人做过更改。',
  /** `act` and the rest as in the audit log. */
  audit: (act, subject, detail) => {
    const known = ACTS[act === 'rules.change' ? 'settings.change' : act];
    const what = known?.(subject, detail ?? '') ?? `${act} ${subject} ${detail ?? ''}`;
    return clip(what, 300);
  },
};
