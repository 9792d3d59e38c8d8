/** What admins read while they edit templates, in Simplified Chinese. */
import type { SlotType } from '../../core/template.ts';
import type { Catalogue } from '../en.ts';
import { clip } from '../phrases.ts';
import { list } from './phrases.ts';

type SlotField = Parameters<Catalogue['editor']['field']>[0];

export const TYPES: Record<SlotType, string> = {
  text: '文本',
  integer: '整数',
  number: '数字',
  boolean: '是或否',
  choice: '选项',
  seed: '种子',
  image: '图片',
  video: '视频',
  audio: '音频',
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
  description: '显示在参数旁边，一句话即可',
  default: '没有填写时使用；留空则用工作流里的值',
  min: '留空：不限',
  max: '留空：不限',
  maxLength: '留空：不限',
  format: '{value} 代表输入的内容，例如“{value}, highly detailed”',
  choices: '留空：使用后端当时提供的选项',
};

const PARTS = {
  name: '名称',
  description: '描述',
  outputs: '输出',
  workflow: '工作流',
};

/** The screen of all findings. */
const WRONG = '存在的问题';

export const editor: Catalogue['editor'] = {
  listHeading: (total) => `共有 ${total} 项。`,
  pick: () => '选择',
  done: () => '完成',
  findings: () => WRONG,
  findingsPick: () => '选择一项',
  findingsLook: () => '查看',
  partName: (at) => PARTS[at],
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
  readyUnasked: () => '可以发布，但在询问到后端之前，还不知道能否运行成功。',
  moreFindings: (hidden) => `…另外还有 ${hidden} 项，可在“${WRONG}”中全部查看。`,
  blocked: (count) => `还有 ${count} 处需要修正才能发布。`,
  unchanged: () => '没有任何更改。',
  field: (field) => FIELDS[field],
  /** What the form of a slot says below a field, 100 characters at most. */
  hint: (field) => HINTS[field],
  commandName: () => '命令名称',
  commandNameHint: () => '1–32 个小写字母、数字、“-”或“_”',
  commandDescription: () => '说明',
  commandDescriptionHint: () => '用一句话说明它能做什么',
  tooLongForForm: (labels) =>
    `${list(labels)}：内容太长，表单放不下，因此保持原样。请用 /template export 和 /template add 修改。`,
  menuHasSome: (shown, all) =>
    `菜单只能显示 ${all} 项中的 ${shown} 项。其余的保持不变；移除一些后，后面的就会显示出来。`,
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
  findForm: () => '查找',
  findWords: () => '名称的一部分',
  found: (words, shown, total) =>
    `“${clip(words)}”：找到 ${total} 项${total > shown ? `，这里是前 ${shown} 个。输入更多文字可以缩小范围` : ''}。`,
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
};
