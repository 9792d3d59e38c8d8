/** What admins read while they edit templates, look after them and change settings, in Chinese. */
import type { Slot } from '../../core/template.ts';
import type { Catalogue } from '../en.ts';
import { changedSettings, clip, nameOf } from '../phrases.ts';
import { list } from './phrases.ts';

type Admin = Pick<Catalogue, 'editor' | 'shelf' | 'settings'>;
type SlotField = Parameters<Admin['editor']['field']>[0];

const TYPES: Record<Slot['type'], string> = {
  text: '文本',
  integer: '整数',
  number: '数字',
  boolean: '是或否',
  choice: '选项',
  seed: '种子',
  image: '图片',
};

/** Short, since Discord cuts a label at 45 characters and Slack a title at 24. */
const FIELDS: Record<SlotField, string> = {
  name: '名称',
  description: '说明',
  default: '默认值',
  min: '最小值',
  max: '最大值',
  maxLength: '最多字符数',
  format: '写入工作流的内容',
  choices: '选项（每行一个）',
};

const HINTS: Record<SlotField, string> = {
  name: '小写字母、数字、“-”或“_”，以字母开头',
  description: '显示在参数旁边，最多 100 个字符',
  default: '没有填写时使用；留空则用工作流里的值',
  min: '留空：不限',
  max: '留空：不限',
  maxLength: '留空：不限',
  format: '{value} 代表输入的内容，例如“{value}, highly detailed”',
  choices: '留空：使用后端当时提供的选项',
};

/** What people call a slot's field, by its key in `SlotChange`. */
export function fieldName(key: string): string {
  return nameOf({ ...FIELDS, type: '类型' }, key);
}

const SETTINGS: Record<string, string> = {
  guildJobs: '同时运行的任务（全体）',
  userJobs: '同时运行的任务（每人）',
  guildWaiting: '排队的任务（全体）',
  userWaiting: '排队的任务（每人）',
  defaultTemplate: '默认模板',
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

const ACTS: Record<string, (subject: string, detail: string) => string> = {
  'template.publish': (name) => `发布了 /${name}`,
  'template.rename': (name, to) => `将 /${name} 重命名为 /${to}`,
  'template.disable': (name) => `停用了 /${name}`,
  'template.enable': (name) => `启用了 /${name}`,
  'template.limit': (name, to) => (to === '' ? `向所有人开放了 /${name}` : `限制了 /${name} 的使用范围`),
  'template.remove': (name) => `删除了 /${name}`,
  'template.rollback': (name, version) => `将 /${name} 恢复到版本 ${version}`,
  'rules.cancel': (id) => `取消了 ${id} 的所有任务`,
  'guild.forget': (id) => `删除了 ${id} 的所有数据`,
  'limits.raise': (key, value) => `将${settingName(key)}的上限提高到 ${value}`,
  'settings.change': (keys, values) =>
    `修改了${changedSettings(keys, values)
      .map(({ key, value }) => [settingName(key), value === 'default' ? '默认' : value])
      .map((parts) => parts.filter(Boolean).join('：'))
      .join('；')}`,
};

export const admin: Admin = {
  editor: {
    heading: (name, description) => `/${name} — ${description}`,
    newTemplate: () => '新模板，其他人还看不到。',
    newVersion: () => '新版本；在你发布之前，大家仍使用旧版本。',
    slots: () => '参数',
    noSlots: () => '还没有参数：只能原样运行。',
    page: (page, pages) => `第 ${page} 页，共 ${pages} 页`,
    type: (type) => TYPES[type],
    required: () => '必填',
    optional: () => '选填',
    yesOrNo: (value) => (value ? '是' : '否'),
    standard: (value) => `默认 ${clip(value, 60)}`,
    bounds: (min, max) =>
      min === undefined ? `最大 ${max}` : max === undefined ? `最小 ${min}` : `${min} 到 ${max}`,
    choices: (names) =>
      `${names.length} 个选项：${list(names.slice(0, 5).map((name) => clip(name, 40)))}${names.length > 5 ? '…' : ''}`,
    backendChoices: () => '选项由后端提供',
    maxLength: (max) => `最多 ${max} 个字符`,
    format: (format) => `格式“${clip(format, 60)}”`,
    fills: (into) =>
      `填入 ${list([...new Set(into.map(({ node, input }) => `${clip(node, 40)} · ${clip(input, 40)}`))])}`,
    outputs: () => '发送内容',
    outputsAll: () => '它保存或显示的所有内容',
    outputsSome: (titles) => list(titles.map((title) => clip(title, 60))),
    ready: () => '可以发布了。',
    blocked: (count) => `还有 ${count} 处需要修正才能发布。`,
    unchanged: () => '没有任何更改。',
    field: (field) => FIELDS[field],
    /** What the form of a slot says below a field, 100 characters at most. */
    hint: (field) => HINTS[field],
    commandName: () => '命令名称',
    commandNameHint: () => '1–32 个小写字母、数字、“-”或“_”',
    commandDescription: () => '说明',
    commandDescriptionHint: () => '用一句话说明它能做什么，最多 100 个字符',
    tooLongForForm: (fields) =>
      `${list(fields.map((field) => FIELDS[field]))}：内容太长，表单放不下，因此保持原样。请用 /template export 和 /template add 修改。`,
    about: () => '名称和说明',
    aboutForm: () => '模板',
    slotForm: (slot) => clip(`参数 ${slot}`, 24),
    change: () => '修改',
    changeSlot: () => '修改参数…',
    changeType: () => '类型',
    makeRequired: () => '设为必填',
    makeOptional: () => '设为选填',
    up: () => '上移',
    down: () => '下移',
    drop: () => '移除',
    add: () => '添加参数',
    addHeading: (total) =>
      total === 0 ? '所有可填写的输入都已有参数。' : `请选择新参数要填入的输入，共 ${total} 个。`,
    addPick: () => '节点 · 输入',
    find: () => '查找…',
    findForm: () => '查找输入',
    findWords: () => '节点或输入名称的一部分',
    found: (words, shown, total) =>
      `“${clip(words)}”：找到 ${total} 个输入${total > shown ? `，这里是前 ${shown} 个。输入更多文字可以缩小范围` : ''}。`,
    chooseOutputs: () => '输出',
    outputsHeading: () => '要发送哪些节点的图片和文字？不选则全部发送。',
    outputsPick: () => '节点',
    test: () => '试运行',
    testing: () => '用默认值试运行，只有你能看到。',
    publish: () => '发布',
    published: (name, version) => `已发布：/${name}，版本 ${version}，现在就可以使用。`,
    discard: () => '放弃',
    discardAsk: () => '放弃这份草稿吗？已发布的版本不受影响。',
    discarded: () => '草稿已放弃。',
    back: () => '返回',
    previous: () => '◀',
    next: () => '▶',
  },
  shelf: {
    about: () => '添加和管理本服务器的模板',
    verbs: {
      add: () => '用工作流创建命令：API 格式的导出文件，或 ComfyUI 保存的 PNG',
      list: () => '查看这里的所有模板',
      show: () => '查看一个模板及其参数',
      edit: () => '修改模板；发布之前，大家仍使用旧版本',
      rename: () => '重命名模板',
      disable: () => '停用模板，内容会全部保留',
      enable: () => '重新启用模板',
      remove: () => '删除模板及其所有版本',
      export: () => '获取模板的两个文件',
      history: () => '查看模板的所有版本',
      rollback: () => '恢复旧版本',
      limit: () => '设置谁可以使用模板，以及在哪里使用',
    },
    options: {
      file: () => '工作流：ComfyUI 的“导出 (API)”文件，或含有工作流的 PNG',
      settings: () => '对应的 template.json；没有则自动建议参数',
      newName: () => '命令名称；不填则用文件名',
      name: () => '哪个模板',
      to: () => '新名称',
      version: () => '哪个版本；不填则为最新版本',
      rollbackVersion: () => '要恢复的版本',
    },
    heading: (total) => (total === 0 ? '这里没有模板。' : `这里有 ${total} 个模板：`),
    entry: (name, description) => `/${name} — ${description}`,
    builtin: () => '内置',
    version: (version) => `版本 ${version}`,
    off: () => '已停用',
    misfits: (total) => `后端缺少它需要的 ${total} 项内容`,
    limited: (roles, channels) =>
      [roles > 0 && `仅限 ${roles} 个身份组`, channels > 0 && `仅限 ${channels} 个频道`]
        .filter(Boolean)
        .join('，'),
    ageRestricted: () => '仅限年龄限制频道',
    renamed: (name, to) => `/${name} 已改名为 /${to}。`,
    disabled: (name) => `/${name} 在这里已停用。`,
    enabled: (name) => `/${name} 已重新启用。`,
    removeAsk: (name) => `删除 /${name} 及其所有版本吗？此操作无法撤销；可以先用 /template export 导出文件。`,
    remove: () => '删除',
    keep: () => '保留',
    kept: (name) => `/${name} 已保留。`,
    removed: (name) => `/${name} 已删除。`,
    exported: (name) => `这是 /${name} 的两个文件。用 /template add 可以在这里或其他地方重新添加。`,
    historyHeading: (name) => `/${name} 的版本：`,
    noHistory: (name) => `/${name} 是内置模板，没有版本记录。`,
    rolledBack: (name, from, version) => `/${name} 已恢复到版本 ${from} 的内容，现为版本 ${version}。`,
    broughtBack: (from) => `恢复自版本 ${from}`,
    accessHeading: (name) => `谁可以使用 /${name}，以及在哪里使用：`,
    roles: () => '身份组',
    channels: () => '频道',
    accessRoles: () => '身份组；不选则所有人可用',
    accessChannels: () => '频道；不选则不限',
    accessAge: () => '仅限年龄限制频道',
    accessAnywhere: () => '不限于年龄限制频道',
    everybody: () => '所有人',
    everywhere: () => '所有频道',
    yes: () => '是',
    no: () => '否',
  },
  settings: {
    about: () => '谁可以在这里使用我，以及用量限制',
    verbs: {
      show: () => '查看和修改设置',
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
    templateNone: () => '无',
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
  },
};
