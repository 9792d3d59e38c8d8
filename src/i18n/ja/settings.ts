/** What admins read of settings, and of who changed what, in Japanese. */
import type { Catalogue } from '../en.ts';
import { changedSettings, clip, nameOf, platformName } from '../phrases.ts';
import { list } from './phrases.ts';

const SETTINGS: Record<string, string> = {
  guildJobs: '同時に実行できる数（全体）',
  userJobs: '同時に実行できる数（1人）',
  guildWaiting: '待機できる数（全体）',
  userWaiting: '待機できる数（1人）',
  defaultTemplate: 'デフォルトのテンプレート',
  models: 'ふだん使うモデル',
  ownLanguage: 'それぞれの人の言語で返信する',
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

/** What may be connected, as people call it. */
const SERVICE: Record<string, string> = { discord: 'Discord', slack: 'Slack', comfy: 'バックエンド' };

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
  'connection.set': (service, names) => `${SERVICE[service] ?? service}の接続を設定：${names}`,
  'connection.remove': (service) => `${SERVICE[service] ?? service}の接続を削除`,
  'menu.left-out': (platform, names) => {
    const menu = platform === '' ? 'メニュー' : `${platformName(platform)} のメニュー`;
    return names === '' ? `${menu}にすべて表示されるようになりました` : `${menu}に入りきらないもの：${names}`;
  },
  'guild.forget': (id) => `${id} のデータをすべて削除しました`,
  'limits.raise': (key, value) => `「${settingName(key)}」の上限を${value}に上げました`,
  'settings.change': (keys, values) =>
    `設定を変更しました（${list(
      changedSettings(keys, values).map(({ key, value }) =>
        value === undefined ? settingName(key) : `${settingName(key)}：${value}`,
      ),
    )}）`,
};

export const settings: Catalogue['settings'] = {
  save: () => '保存',
  noRoles: () => 'ここでは私に見えるロールがありません。代わりに人を指定してください。',
  auditMore: (hidden) => `…ほかに古い変更が${hidden}件`,
  about: () => 'ここで使える人と上限を設定します',
  verbs: {
    show: () => '設定を表示・変更します',
    models: () => 'ふだん使うモデル…',
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
  templateNone: () => '/imagine（なければ、言葉で描ける最初のもの）',
  modelsHeading: () => 'ふだん使うモデル',
  modelsHint: () =>
    'モデルを指定しないときに各コマンドが使うモデルです。バックエンドからなくなると、未選択として扱います。',
  modelNone: () => 'テンプレートに任せる',
  modelsEmpty: () => 'モデルを選べるテンプレートがありません。',
  saved: () => '保存しました。',
  wordCount: (total) => (total === 0 ? '—' : `${total}語`),
  auditHeading: () => '最近の変更：',
  auditEmpty: () => 'まだ何も変更されていません。',
  audit: (act, subject, detail) => {
    const known = ACTS[act === 'rules.change' ? 'settings.change' : act];
    const what = known?.(subject, detail ?? '') ?? `${act} ${subject} ${detail ?? ''}`;
    return clip(what, 300);
  },
};
