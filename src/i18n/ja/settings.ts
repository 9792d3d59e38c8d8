/** What settings are called, in Japanese. */
import { nameOf } from '../phrases.ts';

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
