/** What admins read while they edit templates, in Japanese. */
import type { SlotType } from '../../core/template.ts';
import type { Catalogue } from '../en.ts';
import { clip } from '../phrases.ts';
import { list } from './phrases.ts';

type SlotField = Parameters<Catalogue['editor']['field']>[0];

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

const PARTS = {
  name: '名前',
  description: '説明',
  outputs: '出力',
  workflow: 'ワークフロー',
};

/** The screen of all findings. */
const WRONG = '問題点';

export const editor: Catalogue['editor'] = {
  listHeading: (total) => `全部で${total}件あります。`,
  pick: () => '選ぶ',
  done: () => '完了',
  findings: () => WRONG,
  findingsPick: () => 'どれを見ますか',
  findingsLook: () => '見る',
  partName: (at) => PARTS[at],
  heading: (name, description) => `/${name} — ${description}`,
  newTemplate: () => '新しいテンプレートです。まだ誰にも見えません。',
  newVersion: () => '新しいバージョンです。公開するまでは、前のバージョンが使われます。',
  slots: () => 'スロット',
  noSlots: () => 'スロットはまだありません。このままでは、ワークフローをそのまま実行することしかできません。',
  page: (page, pages) => `${page}/${pages}ページ`,
  type: (type) => TYPES[type],
  required: () => '必須',
  optional: () => '任意',
  yesOrNo: (value) => (value ? 'オン' : 'オフ'),
  standard: (value) => `デフォルト：${clip(value, 60)}`,
  bounds: (min, max) =>
    min === undefined ? `${max}以下` : max === undefined ? `${min}以上` : `${min}〜${max}`,
  choices: (names) =>
    `選択肢${names.length}個：${list(names.slice(0, 5).map((name) => clip(name, 40)))}${names.length > 5 ? '、…' : ''}`,
  backendChoices: () => 'バックエンドにあるもの',
  maxLength: (max) => `${max}文字以内`,
  format: (format) => `「${clip(format, 60)}」の形式`,
  fills: (into) =>
    `入力先：${list([...new Set(into.map(({ node, input }) => `${clip(node, 40)} · ${clip(input, 40)}`))])}`,
  outputs: () => '投稿する出力',
  outputsAll: () => '保存または表示されるものすべて',
  outputsSome: (titles) => list(titles.map((title) => clip(title, 60))),
  ready: () => '公開できます。',
  readyUnasked: () => '公開できますが、バックエンドに確認できるまで、実行できるかどうかは分かりません。',
  moreFindings: (hidden) => `…ほかに${hidden}件あります。「${WRONG}」ですべて見られます。`,
  blocked: (count) => `公開する前に直すところが${count}件あります。`,
  unchanged: () => '何も変更していません。',
  field: (field) => FIELDS[field],
  hint: (field) => HINTS[field],
  commandName: () => 'コマンド名',
  commandNameHint: () => '英小文字、数字、「-」「_」で1〜32文字',
  commandDescription: () => '説明',
  commandDescriptionHint: () => '何を作るのかを1行で',
  tooLongForForm: (labels) =>
    `${list(labels)}：フォームには長すぎるため、そのまま残します。変更するには /template export と /template add を使ってください。`,
  menuHasSome: (shown, all) =>
    `メニューに表示できるのは ${all} 件中 ${shown} 件です。残りはそのまま保たれ、いくつか外すと繰り上がって表示されます。`,
  about: () => '名前と説明',
  aboutForm: () => 'テンプレート',
  slotForm: (slot) => clip(`スロット：${slot}`, 24),
  change: () => '変更',
  changeSlot: () => 'スロットを変更…',
  changeType: () => '種類',
  makeRequired: () => '必須にする',
  makeOptional: () => '任意にする',
  up: () => '上へ',
  down: () => '下へ',
  drop: () => '削除する',
  add: () => 'スロットを追加',
  addHeading: (total) =>
    total === 0
      ? '値を持つ入力には、すべてスロットがあります。'
      : `新しいスロットの入力先を選んでください（${total}件）。`,
  addPick: () => 'ノード · 入力',
  find: () => '検索…',
  findForm: () => '検索',
  findWords: () => '名前の一部',
  found: (words, shown, total) =>
    `「${clip(words)}」：${total}件見つかりました。${total > shown ? `最初の${shown}件を表示しています。語を足すと絞り込めます。` : ''}`,
  chooseOutputs: () => '出力',
  outputsHeading: () => 'どのノードの画像やテキストを投稿しますか？ 未選択ならすべて投稿します。',
  outputsPick: () => 'ノード',
  test: () => 'テスト実行',
  testing: () => 'デフォルト値でのテスト実行です。あなただけに表示されます。',
  publish: () => '公開',
  published: (name, version) => `/${name} をバージョン${version}として公開しました。すぐに使えます。`,
  discard: () => '破棄',
  discardAsk: () => 'この下書きを破棄しますか？ 公開済みのものはそのまま残ります。',
  discarded: () => '破棄しました。',
  back: () => '戻る',
  previous: () => '◀',
  next: () => '▶',
};
