/** What is wrong with a chat that does not connect, or with what was entered to connect one or a backend, in Japanese. */
import { dayMark } from '../../core/moment.ts';
import { advised, platformName, type ConnectionProblems } from '../phrases.ts';

/** Which tokens, and where they are. */
const TOKENS: Partial<Record<string, string>> = {
  discord:
    'DiscordがDISCORD_TOKENを拒否しました。Developer Portalの「Bot」ページからコピーし直してください。',
  slack:
    'Slackがトークンを拒否しました。SLACK_BOT_TOKEN（xoxb-…）と、SLACK_APP_TOKEN（xapp-…）またはSLACK_SIGNING_SECRETを、アプリのページからコピーし直してください。',
};

/** トークンではない設定。 */
const VALUES: Partial<Record<string, string>> = {
  COMFY_URL:
    'COMFY_URLには、http://またはhttps://で始まり、ホスト名のあるアドレスを入力してください。ポートは1から65535までです。',
  COMFY_HEADERS:
    'COMFY_HEADERSには、「Authorization: Bearer …」のような行か、JSONオブジェクトを入力してください。接続そのものが付けるヘッダー（Host、Content-Typeなど）や、COMFY_API_KEY、アドレス内のユーザー名とパスワードで送られるものは指定できません。',
  COMFY_DIALECT: 'COMFY_DIALECTには、auto、comfyui、cloudのいずれかを設定してください。',
};

export const connectionProblems: ConnectionProblems = {
  'token-refused': ({ platform }) =>
    TOKENS[platform] ?? `${platformName(platform)}がトークンを拒否しました。コピーし直してください。`,
  'chat-unreachable': ({ platform }) =>
    `${platformName(platform)}に接続できませんでした。ネットワークを確認してください。詳細はログにあります。`,
  'chat-away': ({ platform }) =>
    `${platformName(platform)}が応答していません。復帰すると、返信は自動的に送られます。`,
  'chat-login-later': ({ platform, until, failed }) =>
    failed === undefined
      ? `${platformName(platform)}の1日のログイン回数には上限があり、起動に必要な残りがありません。Easelは${dayMark(until)}以降に接続します。回数はログにあります。`
      : `${platformName(platform)}への接続が${failed}回続けて失敗しました。1日のログイン回数を使い切らないように、次は${dayMark(until)}以降に試します。原因はログにあります。`,
  'scope-missing': ({ platform, scope }, reader) =>
    `アプリに「${scope}」スコープがないため、${platformName(platform)}で許可されていません。${advised(
      reader,
      {
        person: '管理者がマニフェストでアプリを更新し、インストールし直す必要があります。',
        admin: 'マニフェストでアプリを更新し、インストールし直してください。',
      },
    )}`,
  'direct-messages-unheard': ({ platform, scope }) =>
    `${platformName(platform)}で直接送られたメッセージには返信できません。アプリに「${scope}」スコープがないためです。npm run slack:manifest が出力するマニフェストでアプリを更新し、インストールし直してください。`,

  'set-in-environment': ({ setting }) =>
    `${setting}は環境変数で設定されており、環境変数が常に優先されます。環境変数を変更するか、削除してEaselを再起動してください。`,
  'connection-value': ({ setting }) =>
    VALUES[setting] ??
    `${setting}の形式が正しくありません。空白など、トークンに使われない文字が含まれています。コピーし直してください。`,
  'connection-needs': ({ setting }) =>
    setting === 'SLACK_APP_TOKEN'
      ? 'Slackには、ボットトークンのほかにSLACK_APP_TOKEN（ソケットモード）またはSLACK_SIGNING_SECRET（HTTPモード）が必要です。'
      : `${setting}を入力してください。`,
  'key-again': ({ setting }) =>
    `アドレスが変わっています。${setting}をもう一度入力するか、削除してください。保存済みの値は、登録したサーバー以外には送信されません。`,
  'admin-token-needed': () =>
    'HTTPモードでは、Easelのページに外部からアクセスできるようになります。環境変数ADMIN_TOKENに16文字以上の秘密の値を設定してEaselを再起動するか、ソケットモードを使ってください。',
  'secrets-unreadable': () =>
    'Easelのページで設定した内容を読み取れません。データフォルダーの「secret」ファイルが、保存したときのものと異なります。もう一度入力するか、バックアップからそのファイルを戻してください。',
};
