/** What a test of a connection has found, and how it stands with one. */
import { connectionFaults } from './connection-faults.ts';
import { account } from './account.ts';
import type { Catalogue } from '../en.ts';

const more = (total: number, names: string[]) => (total > names.length ? '…' : '');

export const connect: Catalogue['connect'] = {
  faults: connectionFaults,
  bot: (bot, application) => `トークンは有効です。ボット：${bot}、アプリケーション：「${application}」。`,
  noIntents: () => '特権インテントは不要です。オフのままにしてください。',
  endpoint: (url) =>
    `アプリケーションにInteractions Endpoint URL（${url}）が設定されているため、コマンドがそこへ送られます。General Informationでその欄を空にしてください。`,
  servers: (total, names, isMore) =>
    total === 0
      ? 'まだどのサーバーにも追加されていません。招待リンクを開いてください。'
      : `${total}件${isMore ? '以上' : ''}のサーバーに追加されています：${names.join('、')}${more(total, names)}`,
  invite: () => 'サーバーに追加',
  workspace: (team, bot) => `ボットトークンは有効です。ワークスペース「${team}」の${bot}。`,
  scopesFine: () => 'アプリには必要なスコープがすべてあります。',
  scopesMissing: (scopes) =>
    `アプリに次のスコープがありません：${scopes.join('、')}。マニフェストで更新して、インストールし直してください。`,
  appToken: () => 'アプリレベルトークンは有効です。ソケットモードを使えます。',
  signingSecret: () => 'Signing Secretが正しいかどうかは、Slackからの最初のリクエストで確認されます。',
  wrongKind: (setting, belongs) =>
    belongs === undefined
      ? `これは${setting}に入れる値ではありません。上の手順のページでコピーし直してください。`
      : `これは${setting}ではなく、${belongs}に入れる値です。`,
  refused: (setting) =>
    `${setting}が拒否されました。リセットされたか、途中までしかコピーされていません。コピーし直してください。`,
  backend: (address, version) =>
    version === undefined
      ? `${address}が応答しています。`
      : `${address}が応答しています（バージョン${version}）。`,
  account({ status, tier, credits }) {
    const facts = [
      tier !== undefined && account.tier(tier),
      credits !== undefined && account.credits(credits),
    ];
    const known = facts.filter((fact) => fact !== false).join('、');
    return `${keySays(status)}${known === '' ? '' : `${known}。`}`;
  },
  device: (name, free, total) => `${name}：空き${free}／${total}`,
  classes: (total) => `ノードクラスは${total}件です。`,
  checkpoints: (total, names) =>
    total === 0
      ? 'チェックポイントがありません。/imagineにはモデルが必要です。/blankには不要です。'
      : `チェックポイントは${total}件です：${names.join('、')}${more(total, names)}`,
  off: () => '未接続です。',
  connecting: () => '接続しています…',
  again: (why) => `${why}自動的に再試行します。`,
  connected: (as, home) =>
    `${home === undefined ? '' : `${home}に`}${as === undefined ? '' : `${as}として`}接続中です。`,
  sandbox: () => '画像は、モデルではなく内蔵のサンドボックスが描いています。',
  pictures: (address) => `画像は${address}で生成されます。`,
  waits: (jobs) =>
    jobs === 0
      ? 'バックエンドを切り替えています。'
      : `今のバックエンドで実行中の${jobs}件のジョブが終わりしだい、切り替えます。新しいジョブはそれまで待機します。`,
};

function keySays(status: string | undefined): string {
  if (status === undefined) return 'キーは有効です。';
  if (status === 'active') return 'キーもアカウントも有効です。';
  return status === 'waitlisted'
    ? 'キーは有効ですが、アカウントは順番待ちです。利用が許可されるまでジョブは実行されません。'
    : `キーは有効です。アカウントの状態は「${status}」です。`;
}
