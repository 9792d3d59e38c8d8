/** What the studio in the browser and sentences of problems say of slots, in Japanese. */
import type { SlotType } from '../../core/template.ts';
import { nameOf } from '../phrases.ts';

type SlotField = 'name' | 'description' | 'default' | 'min' | 'max' | 'maxLength' | 'format' | 'choices';

/** A switch is on or off here, since `on` and `off` are what people can type; there is no はい for them. */
export const TYPES: Record<SlotType, string> = {
  text: 'テキスト',
  integer: '整数',
  number: '数値',
  boolean: 'オン／オフ',
  choice: '選択肢',
  seed: 'シード',
  image: '画像',
  video: '動画',
  audio: '音声ファイル',
};

/** Short, since Discord cuts a label at 45 characters and Slack a title at 24. */
const FIELDS: Record<SlotField, string> = {
  name: '名前',
  description: '説明',
  default: 'デフォルト値',
  min: '最小値',
  max: '最大値',
  maxLength: '最大文字数',
  format: 'ワークフローに渡す形式',
  choices: '選択肢（1行に1つ）',
};

const HINTS: Record<SlotField, string> = {
  name: '英小文字で始め、英小文字、数字、「-」「_」を使います',
  description: '名前の横に表示されます。1行でお願いします',
  default: '値が指定されないときに使います。空欄ならワークフローの値を使います',
  min: '空欄なら制限しません',
  max: '空欄なら制限しません',
  maxLength: '空欄なら制限しません',
  format: '{value}の部分に入力した文字が入ります。例：{value}, highly detailed',
  choices: '空欄なら、そのときバックエンドにあるものから選べます',
};

/** What people call a slot's field, by its key in `SlotChange`. */
export function fieldName(key: string): string {
  return nameOf({ ...FIELDS, type: '種類' }, key);
}

export const editor = {
  newTemplate: () => '新しいテンプレートです。まだ誰にも見えません。',
  newVersion: () => '新しいバージョンです。公開するまでは、前のバージョンが使われます。',
  slots: () => 'スロット',
  noSlots: () => 'スロットはまだありません。このままでは、ワークフローをそのまま実行することしかできません。',
  required: () => '必須',
  optional: () => '任意',
  field: (field: SlotField) => FIELDS[field],
  hint: (field: SlotField) => HINTS[field],
  commandName: () => 'コマンド名',
  commandNameHint: () => '英小文字、数字、「-」「_」で1〜32文字',
  commandDescription: () => '説明',
  commandDescriptionHint: () => '何を作るのかを1行で',
  changeType: () => '種類',
  up: () => '上へ',
  down: () => '下へ',
  drop: () => '削除する',
  test: () => 'テスト実行',
  publish: () => '公開',
  discard: () => '破棄',
  discardAsk: () => 'この下書きを破棄しますか？ 公開済みのものはそのまま残ります。',
  discarded: () => '破棄しました。',
};
