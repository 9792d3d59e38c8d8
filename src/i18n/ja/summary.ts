/** What whoever starts Easel reads first, and what `npm run doctor` says, in Japanese. */
import { account } from './account.ts';
import type { Surroundings } from '../../core/surroundings.ts';
import type { Catalogue } from '../en.ts';
import type { Warnings } from '../en/summary.ts';
import { clip, gigabytes, platformName } from '../phrases.ts';

const warnings: Warnings = {
  'unknown-variable': ({ name, nearest }) =>
    nearest === undefined
      ? `${clip(name)} はEaselの設定ではないため、無視されます。削除してください。`
      : `${clip(name)} はEaselの設定ではないため、無視されます。${nearest} の間違いではありませんか？`,
  'unused-variable': ({ name, needs }) => `${name} は ${needs} がないと効果がありません。`,
  overruled: ({ name, by }) => `${name} より ${by} が優先されます。食い違う部分の ${name} は使われません。`,
  'quoted-value': ({ name }) =>
    `${name} の値が引用符で囲まれています。--env-file や systemd では引用符も値に含まれることがあります。引用符を外してください。`,
  'odd-characters': ({ name }) =>
    `${name} に、空白などトークンには使われない文字が入っています。もう一度コピーしてください。`,
  'placeholder-value': ({ name }) => `${name} が仮の値のままです。実際の値を設定してください。`,
  'guessable-value': ({ name }) =>
    `${name} は推測されやすい値です。openssl rand -hex 24 などで作った、長いランダムな値にしてください。`,
  'wrong-token': ({ name, belongs }) =>
    belongs === undefined
      ? `${name} に別の種類のトークンかIDが入っています。正しいものをコピーしてください。`
      : `${name} に入っている値は ${belongs} に設定するものです。`,
  'key-without-url': ({ name, url }) =>
    `${name} はありますが COMFY_URL がないため、サンドボックスが描きます。Comfy Cloud を使うには COMFY_URL=${url} を設定してください。`,
  'cloud-without-key': ({ name }) => `Comfy Cloud にはキーが必要です。${name} を設定してください。`,
  'key-for-own-server': ({ name, host }) =>
    `${name} はすべてのリクエストで ${clip(host)} に送られます。自分の ComfyUI にキーは要りません。パートナーノード用なら COMFY_PARTNER_KEY に書いてください。手前のゲートウェイ用なら、COMFY_DIALECT に comfyui か cloud を設定すればこの警告は消えます。`,
  'key-in-clear': ({ name, host }) =>
    `キーが暗号化されずに ${clip(host)} へ送られます。${name} を https:// で始めてください。`,
  'not-the-cloud': ({ name, host, right }) =>
    `${clip(host)} はジョブを受け付けません。${name}=${right} を設定してください。`,
  'own-address': ({ name }) =>
    `${name} がEasel自身のアドレスになっています。ComfyUI は通常ポート8188で待ち受けています。`,
  'no-destination': ({ name, host }) =>
    `${clip(host)} はサーバーの待ち受け用で、接続先にはなりません。${name} には 127.0.0.1 か、そのマシンのアドレスを書いてください。`,
  'address-extras': ({ name }) => `${name} の ? や # より後ろは使われません。削除してください。`,
  'api-in-path': ({ name }) => `${name} の末尾の /api は不要です。Easelが自動で付けます。`,
  'loopback-in-container': ({ name, host }) =>
    `${name} の ${clip(host)} は、このコンテナー自身を指します。コンテナーの外の ComfyUI には host.docker.internal を使ってください（Linuxでは --add-host=host.docker.internal:host-gateway も必要です）。`,
  'loopback-page-in-container': ({ name }) =>
    `${name} が 127.0.0.1 なので、コンテナーの外からページを開けません。${name}=0.0.0.0 と ADMIN_TOKEN を設定してください。`,
  'too-late': ({ name }) =>
    `.env の ${name} は間に合いません。Nodeが起動時に読むため、環境変数として設定してください。`,
  'operator-elsewhere': ({ name, platform }) =>
    `${name} に${platformName(platform)}の人がいますが、${platformName(platform)}が設定されていないため、通知は届きません。`,
  'concurrency-above-plan': ({ name, given, atOnce }) =>
    `${name} は${given}ですが、アカウントが同時に実行できるのは${atOnce}件です。残りはバックエンド側で待つだけです。${atOnce}にしてください。`,
};

const settingsFrom: Record<Surroundings, string> = {
  shell: '設定は .env か環境変数にあります。変更したら、Easelを起動し直してください。',
  container: '設定は -e、--env-file、compose.yaml で渡します。変更したら、コンテナーを作り直してください。',
  service: '設定はユニットの EnvironmentFile にあります。変更したら、サービスを再起動してください。',
};

export const summary: Catalogue['summary'] = {
  warnings,
  account,
  settingsFrom,

  ready: () => 'Easelの準備ができました。',
  partly: (marks) => `Easelは動いていますが、確認が必要なことが${marks}件あります。`,
  notReady: () => 'Easelは起動しましたが、まだ画像を作れません。足りないものは下の印のとおりです。',
  wellChecked: () => '問題はありません。Easelを起動できます。',
  checked: (marks) => `確認が必要なことが${marks}件あります。`,

  backend: 'バックエンド',
  templates: 'テンプレート',
  page: 'ページ',
  data: 'データ',
  log: 'ログ',
  settings: '設定',
  version: (version) => `Easel ${version}`,

  as: (name) => clip(name),
  home: (name) => clip(name),
  guilds: (guilds) => `サーバー${guilds}か所`,
  invite: (link) => `サーバーに追加：${link}`,
  notConnected: () => 'まだ接続していません。自動で再試行します',
  origin: ({ from, overrules }) => {
    if (from === 'page') return 'ページの「接続」で設定されています。';
    return overrules
      ? '環境変数で設定されています。ページの設定より優先されます。'
      : '環境変数で設定されています。';
  },

  backendVersion: (version) => `バージョン ${version}`,
  classes: (classes) => `ノード${classes}種類`,
  classesLater: () => 'ノードの一覧を読み込み中です',
  checkpoints: (checkpoints) => `チェックポイント${checkpoints}個`,
  diffusionModels: (models) => `拡散モデル${models}個`,
  silent: (name) => `${clip(name)} が応答しません`,
  why: {
    refused: 'そこで待ち受けているものがありません',
    unknownName: 'その名前が見つかりません',
    noRoute: 'そこへの経路がありません',
    certificate: '証明書を信頼できません。NODE_EXTRA_CA_CERTS で認証局を追加できます',
    other: (code) => code,
  },
  answers: ({ name, version }) =>
    `${clip(name)}${version === undefined ? '' : `（バージョン ${version}）`}が応答するようになりました。`,
  chatConnected: (name, who) => (who === '' ? `${name}に接続しました。` : `${name}に接続しました：${who}`),

  fromFolder: (templates, folder) => `${templates}個（${clip(folder)}）`,
  broken: (templates) => `${templates}個は使えません：`,
  pageOff: (host) => `オフ：HOST=${clip(host)} では他の人も開けますが、ADMIN_TOKEN が設定されていません`,
  asksToken: () => 'ADMIN_TOKEN の入力を求められます',
  runs: () => 'そこではすでにEaselが動いています。',
  lostLink: () => 'npm run link でリンクを表示できます',
  used: (total, budget) =>
    budget === undefined ? `${gigabytes(total)} 使用` : `${gigabytes(budget)} 中 ${gigabytes(total)} 使用`,
  free: (free) => `ディスクの空き ${gigabytes(free)}`,
};
