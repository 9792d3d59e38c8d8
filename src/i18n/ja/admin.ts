/** What admins read while they edit templates, look after them and change settings, in Japanese. */
import type { Slot } from '../../core/template.ts';
import type { Catalogue } from '../en.ts';
import { changedSettings, clip, nameOf } from '../phrases.ts';
import { list } from './phrases.ts';

type SlotField = Parameters<Catalogue['editor']['field']>[0];

/** A switch is on or off here, since `on` and `off` are what people can type; there is no はい for them. */
const TYPES: Record<Slot['type'], string> = {
  text: 'テキスト',
  integer: '整数',
  number: '数値',
  boolean: 'オン／オフ',
  choice: '選択肢',
  seed: 'シード',
  image: '画像',
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
  description: '名前の横に表示されます。100文字までです',
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

const SETTINGS: Record<string, string> = {
  guildJobs: '同時に実行できる数（全体）',
  userJobs: '同時に実行できる数（1人）',
  guildWaiting: '待機できる数（全体）',
  userWaiting: '待機できる数（1人）',
  defaultTemplate: 'デフォルトのテンプレート',
  language: '言語',
  adminRoles: '管理者のロール',
  adminUsers: '管理者',
  allowedRoles: '利用できるロール',
  allowedChannels: '利用できるチャンネル',
  bannedUsers: '利用を禁止した人',
  blockedWords: '禁止ワード',
  outsiders: '他のワークスペースの人も実行できる',
  // the operator's rules
  allowedGuilds: '利用を許可するサーバー',
  blockedGuilds: 'ブロックしたサーバー',
  allowedUsers: '常に利用できる人',
  blockedUsers: 'どこでも利用できない人',
  directMessages: 'ダイレクトメッセージ',
  userInstalls: '個人で追加した人の利用',
  partnerGuilds: '有料パートナーノードを使えるサーバー',
  closed: '新しいジョブを受け付けない',
};

/** What people call a setting, by its key in `SettingsChange`. */
export function settingName(key: string): string {
  return nameOf(SETTINGS, key);
}

const ACTS: Record<string, (subject: string, detail: string) => string> = {
  'template.publish': (name) => `/${name} を公開しました`,
  'template.rename': (name, to) => `/${name} の名前を /${to} に変更しました`,
  'template.disable': (name) => `/${name} を無効にしました`,
  'template.enable': (name) => `/${name} を有効にしました`,
  'template.limit': (name, to) =>
    to === '' ? `/${name} を全員が使えるようにしました` : `/${name} の利用を制限しました`,
  'template.remove': (name) => `/${name} を削除しました`,
  'template.rollback': (name, version) => `/${name} をバージョン${version}に戻しました`,
  'rules.cancel': (id) => `${id} のジョブをすべてキャンセルしました`,
  'guild.forget': (id) => `${id} のデータをすべて削除しました`,
  'limits.raise': (key, value) => `「${settingName(key)}」の上限を${value}に上げました`,
  'settings.change': (keys, values) =>
    `設定を変更しました（${list(
      changedSettings(keys, values).map(({ key, value }) =>
        value === undefined ? settingName(key) : `${settingName(key)}：${value}`,
      ),
    )}）`,
};

export const admin: Pick<Catalogue, 'editor' | 'shelf' | 'settings'> = {
  editor: {
    heading: (name, description) => `/${name} — ${description}`,
    newTemplate: () => '新しいテンプレートです。まだ誰にも見えません。',
    newVersion: () => '新しいバージョンです。公開するまでは、前のバージョンが使われます。',
    slots: () => 'スロット',
    noSlots: () =>
      'スロットはまだありません。このままでは、ワークフローをそのまま実行することしかできません。',
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
    blocked: (count) => `公開する前に直すところが${count}件あります。`,
    unchanged: () => '何も変更していません。',
    field: (field) => FIELDS[field],
    hint: (field) => HINTS[field],
    commandName: () => 'コマンド名',
    commandNameHint: () => '英小文字、数字、「-」「_」で1〜32文字',
    commandDescription: () => '説明',
    commandDescriptionHint: () => '何を作るのかを1行、100文字以内で',
    tooLongForForm: (fields) =>
      `${list(fields.map((field) => FIELDS[field]))}：フォームには長すぎるため、そのまま残します。変更するには /template export と /template add を使ってください。`,
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
    findForm: () => '入力を検索',
    findWords: () => 'ノード名または入力名の一部',
    found: (words, shown, total) =>
      `「${clip(words)}」：${total}件の入力が見つかりました。${total > shown ? `最初の${shown}件を表示しています。語を足すと絞り込めます。` : ''}`,
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
  },
  shelf: {
    about: () => 'このサーバーのテンプレートを追加・管理します',
    verbs: {
      add: () => 'ワークフロー（API形式のエクスポート、またはComfyUIが保存したPNG）からコマンドを作ります',
      list: () => 'ここのテンプレートをすべて表示します',
      show: () => 'テンプレートとそのスロットを表示します',
      edit: () => 'テンプレートを編集します。公開するまでは前のバージョンが使われます',
      rename: () => 'テンプレートの名前を変更します',
      disable: () => 'テンプレートを無効にします。内容は失われません',
      enable: () => 'テンプレートを再び有効にします',
      remove: () => 'テンプレートをすべてのバージョンごと削除します',
      export: () => 'テンプレートの2つのファイルを取得します',
      history: () => 'テンプレートのすべてのバージョンを表示します',
      rollback: () => 'テンプレートを以前のバージョンに戻します',
      limit: () => 'テンプレートを使える人と場所を設定します',
    },
    options: {
      file: () => 'ワークフロー（ComfyUIのエクスポート (API)、またはワークフロー入りのPNG）',
      settings: () => '対応するtemplate.json（省略するとスロットを提案します）',
      newName: () => 'コマンド名（省略するとファイル名）',
      name: () => 'テンプレートの名前',
      to: () => '新しい名前',
      version: () => 'バージョン（省略すると最新のもの）',
      rollbackVersion: () => '戻したいバージョン',
    },
    heading: (total) =>
      total === 0 ? 'ここにはテンプレートがありません。' : `ここのテンプレート（${total}件）：`,
    entry: (name, description) => `/${name} — ${description}`,
    builtin: () => '組み込み',
    version: (version) => `バージョン${version}`,
    off: () => '無効',
    misfits: (total) => `バックエンドに足りないものが${total}件`,
    limited: (roles, channels) =>
      [roles > 0 && `${roles}個のロールのみ`, channels > 0 && `${channels}個のチャンネルのみ`]
        .filter(Boolean)
        .join('、'),
    ageRestricted: () => '年齢制限チャンネルのみ',
    renamed: (name, to) => `/${name} の名前を /${to} に変更しました。`,
    disabled: (name) => `ここでは /${name} を無効にしました。`,
    enabled: (name) => `/${name} を再び有効にしました。`,
    removeAsk: (name) =>
      `/${name} をすべてのバージョンごと削除しますか？ 元には戻せません。先に /template export でファイルを取得できます。`,
    remove: () => '削除する',
    keep: () => '残す',
    kept: (name) => `/${name} を残しました。`,
    removed: (name) => `/${name} を削除しました。`,
    exported: (name) =>
      `/${name} の2つのファイルです。ここでもほかの場所でも、/template add で両方をまた追加できます。`,
    historyHeading: (name) => `/${name} のバージョン：`,
    noHistory: (name) => `/${name} は組み込みのため、バージョンがありません。`,
    rolledBack: (name, from, version) =>
      `/${name} をバージョン${from}の内容に戻しました。現在はバージョン${version}です。`,
    broughtBack: (from) => `バージョン${from}と同じ内容`,
    accessHeading: (name) => `/${name} を使える人と場所：`,
    roles: () => 'ロール',
    channels: () => 'チャンネル',
    accessRoles: () => 'ロール（未選択なら全員）',
    accessChannels: () => 'チャンネル（未選択ならどこでも）',
    accessAge: () => '年齢制限チャンネルのみ',
    accessAnywhere: () => '年齢制限チャンネル以外でも使えるようにする',
    everybody: () => '全員',
    everywhere: () => 'すべて',
    yes: () => 'はい',
    no: () => 'いいえ',
  },
  settings: {
    about: () => 'ここで使える人と上限を設定します',
    verbs: {
      show: () => '設定を表示・変更します',
      audit: () => '誰が何を変更したかを表示します',
    },
    heading: () => '設定',
    inUse: ({ set, applied, limited }) => {
      if (set === undefined) return `${applied}（デフォルト）`;
      return limited ? `${applied}（設定は${set}ですが、ここでの上限は${applied}です）` : String(set);
    },
    none: () => '—',
    name: (key) => settingName(key),
    admins: () => '管理者（サーバーを管理できる人に加えて）',
    pickAdmins: () => '管理者（人とロール）',
    pickRoles: () => '利用できるロール（未選択なら全員）',
    pickChannels: () => '利用できるチャンネル（未選択ならどこでも）',
    pickBanned: () => '利用を禁止する人',
    limits: () => '上限…',
    words: () => '禁止ワード…',
    speech: () => '言語とデフォルト…',
    wordsHint: () => '1行に1つ。どれかを含むプロンプトは受け付けません',
    numberHint: (standard, max) => `空欄ならデフォルトの${standard}。上限は${max}`,
    languageHint: (tags) => clip(`空欄なら各自の言語。選べる言語：${list(tags)}`, 100),
    templateHint: (names) => clip(`テンプレート名のない文に使うもの：${list(names)}`, 100),
    everybody: () => '全員',
    everywhere: () => 'すべて',
    languageEach: () => '各自の言語',
    templateNone: () => 'なし',
    saved: () => '保存しました。',
    wordCount: (total) => (total === 0 ? '—' : `${total}語`),
    auditHeading: () => '最近の変更：',
    auditEmpty: () => 'まだ何も変更されていません。',
    audit: (act, subject, detail) => {
      const known = ACTS[act === 'rules.change' ? 'settings.change' : act];
      const what = known?.(subject, detail ?? '') ?? `${act} ${subject} ${detail ?? ''}`;
      return clip(what, 300);
    },
  },
};
