/** What the studio in the browser and sentences of problems say of slots, in Simplified Chinese. */
import type { SlotType } from '../../core/template.ts';
import { nameOf } from '../phrases.ts';

type SlotField = 'name' | 'description' | 'default' | 'min' | 'max' | 'maxLength' | 'format' | 'choices';

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

/** What people call a slot's field, by its key in `SlotChange`. */
export function fieldName(key: string): string {
  return nameOf({ ...FIELDS, type: '类型' }, key);
}

export const editor = {
  newTemplate: () => '新模板，其他人还看不到。',
  newVersion: () => '新版本；在你发布之前，大家仍使用旧版本。',
  slots: () => '参数',
  noSlots: () => '还没有参数：只能原样运行。',
  required: () => '必填',
  optional: () => '选填',
  field: (field: SlotField) => FIELDS[field],
  hint: (field: SlotField) => HINTS[field],
  commandName: () => '命令名称',
  commandNameHint: () => '1–32 个小写字母、数字、“-”或“_”',
  commandDescription: () => '说明',
  commandDescriptionHint: () => '用一句话说明它能做什么',
  changeType: () => '类型',
  up: () => '上移',
  down: () => '下移',
  drop: () => '移除',
  test: () => '试运行',
  publish: () => '发布',
  discard: () => '放弃',
  discardAsk: () => '放弃这份草稿吗？已发布的版本不受影响。',
  discarded: () => '草稿已放弃。',
};
