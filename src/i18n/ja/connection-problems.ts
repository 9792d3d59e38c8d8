/** What is wrong with what is entered to connect chats and backends, in Japanese. */
import type { ConnectionProblems } from '../phrases.ts';

export const connectionProblems: ConnectionProblems = {
  'set-in-environment': ({ setting }) =>
    `${setting}は環境変数で設定されており、環境変数が常に優先されます。環境変数を変更するか、削除してEaselを再起動してください。`,
  'connection-value': ({ setting }) =>
    setting === 'COMFY_URL'
      ? 'COMFY_URLには、http://またはhttps://で始まるアドレスを入力してください。'
      : `${setting}の形式が正しくありません。空白など、トークンに使われない文字が含まれています。コピーし直してください。`,
  'connection-needs': ({ setting }) =>
    setting === 'SLACK_APP_TOKEN'
      ? 'Slackには、ボットトークンのほかにSLACK_APP_TOKEN（ソケットモード）またはSLACK_SIGNING_SECRET（HTTPモード）が必要です。'
      : `${setting}を入力してください。`,
  'key-again': () =>
    'アドレスが変わっています。COMFY_API_KEYをもう一度入力してください。保存済みのキーは、登録したサーバー以外には送信されません。',
  'admin-token-needed': () =>
    'HTTPモードでは、このページに外部からアクセスできるようになります。環境変数ADMIN_TOKENに16文字以上の秘密の値を設定してEaselを再起動するか、ソケットモードを使ってください。',
  'secrets-unreadable': () =>
    'ここで設定した内容を読み取れません。データフォルダーの「secret」ファイルが、保存したときのものと異なります。もう一度入力するか、バックアップからそのファイルを戻してください。',
};
