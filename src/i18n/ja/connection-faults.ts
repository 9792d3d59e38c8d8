/** Why a backend cannot be used, and what to change, in Japanese. */
import type { FaultAbout, FaultSentences } from '../phrases.ts';

const away = ({ backend }: FaultAbout) =>
  `現在${backend}に接続できません。しばらくしてから、もう一度お試しください。`;
const late = ({ backend }: FaultAbout) =>
  `${backend}から時間内に応答がありませんでした。しばらくしてから、もう一度お試しください。`;
const wrong = ({ backend }: FaultAbout) =>
  `${backend}への接続の設定に問題があり、使えません。Easel の運用担当者が確認する必要があります。`;
const locked = ({ backend }: FaultAbout) =>
  `${backend}へのアクセスが許可されていません。Easel の運用担当者が確認する必要があります。`;

export const connectionFaults: FaultSentences = {
  'nobody-listens': {
    person: away,
    operator: ({ backend }) =>
      `${backend} が応答しません。そこで待ち受けているプログラムがありません。ComfyUI を起動するか（別のマシンなら --listen を付けて）、COMFY_URL のホストとポートを直してください。`,
  },
  'container-loopback': {
    person: away,
    operator: ({ backend }) =>
      `${backend} が応答しません。コンテナの中ではこのアドレスはコンテナ自身を指します。ホスト側の ComfyUI を使うには、COMFY_URL に host.docker.internal を書き（Linux では --add-host=host.docker.internal:host-gateway も付けて）、ComfyUI を --listen 付きで起動してください。`,
  },
  'no-such-host': {
    person: away,
    operator: ({ backend }) =>
      `${backend} が見つかりません。その名前は存在しません。COMFY_URL のホスト名を直すか、IP アドレスを書いてください。`,
  },
  'no-resolver': {
    person: away,
    operator: ({ backend }) =>
      `${backend} を今は見つけられません。このマシンのネームサーバー（DNS）が応答しません。このマシンのネットワークを確認するか、COMFY_URL に IP アドレスを書いてください。`,
  },
  'no-route': {
    person: away,
    operator: ({ backend }) =>
      `${backend} に到達できません。このマシンからの経路がありません。ネットワーク、VPN、ファイアウォールと、COMFY_URL のアドレスを確認してください。`,
  },
  'no-connection': {
    person: away,
    operator: ({ backend }) =>
      `${backend} が応答しません。何も返ってきません。相手のマシンの電源、通信を遮断しているファイアウォール、COMFY_URL のアドレスを確認してください。`,
  },
  'no-answer': {
    person: late,
    operator: ({ backend }) =>
      `${backend} から時間内に応答がありません。モデルの読み込み中か過負荷の可能性があるので、バックエンド側のログを確認してください。何もしていないのに応答がなければ、COMFY_URL のアドレスを確認してください。`,
  },
  'hung-up': {
    person: away,
    operator: ({ backend }) =>
      `${backend} が応答せずに接続を切ります。バックエンド側のログと COMFY_URL のポートを確認し、必要なら https:// で始めてください。`,
  },
  'not-http': {
    person: wrong,
    operator: ({ backend }) =>
      `${backend} で応答しているものは HTTP ではありません。COMFY_URL に ComfyUI のポート（通常は 8188）を書いてください。`,
  },
  'plain-to-tls': {
    person: wrong,
    operator: ({ backend }) =>
      `${backend} は TLS でしか通信しません。COMFY_URL を https:// で始めてください。`,
  },
  'tls-to-plain': {
    person: wrong,
    operator: ({ backend }) =>
      `${backend} は TLS に対応していません。COMFY_URL を http:// で始めてください。`,
  },
  'tls-refused': {
    person: wrong,
    operator: ({ backend }) =>
      `${backend} が TLS の接続を打ち切りました。COMFY_URL には IP アドレスではなくホスト名を書いてください。OpenSSL のメッセージはログにあります。`,
  },
  'certificate-untrusted': {
    person: wrong,
    operator: ({ backend }) =>
      `${backend} の証明書を信頼できません。署名した認証局の証明書を NODE_EXTRA_CA_CERTS に指定し（.env ではなく環境変数で）、Easel を再起動してください。`,
  },
  'certificate-other-name': {
    person: wrong,
    operator: ({ backend }) =>
      `${backend} の証明書は別の名前のものです。COMFY_URL には証明書にある名前を書いてください。`,
  },
  'certificate-expired': {
    person: wrong,
    operator: ({ backend }) =>
      `${backend} の証明書は期限切れです。更新してください。期限内のはずなら、このマシンの時計を合わせてください。`,
  },
  'certificate-early': {
    person: wrong,
    operator: ({ backend }) =>
      `${backend} の証明書はまだ有効期間に入っていません。このマシンの時計を合わせるか、別の証明書にしてください。`,
  },
  'login-wanted': {
    person: locked,
    operator: ({ backend }) =>
      `${backend} の手前にあるものがログインを求めています。求められているものを設定してください：COMFY_URL の user:password@、COMFY_HEADERS のヘッダー、または COMFY_API_KEY のキー。`,
  },
  'login-refused': {
    person: locked,
    operator: ({ backend }) =>
      `${backend} の手前にあるものが Easel のログインを拒否しました。COMFY_URL のユーザー名とパスワード、または COMFY_HEADERS のヘッダーを直してください。`,
  },
  'key-wanted': {
    person: locked,
    operator: ({ backend }) => `${backend} はキーなしでは使えません。COMFY_API_KEY を設定してください。`,
  },
  'login-page': {
    person: locked,
    operator: ({ backend }) =>
      `${backend} からログインページが返ってきました。手前にあるものがログインを求めています。COMFY_URL の user:password@ か COMFY_HEADERS のヘッダーで渡すか、そこを通らないアドレスを COMFY_URL に書いてください。`,
  },
  moved: {
    person: wrong,
    operator: ({ backend, to }) =>
      `${backend} は別のアドレスに転送しています。${to === undefined ? 'それを COMFY_URL に書いてください。' : `COMFY_URL=${to} にしてください。`}`,
  },
  'wrong-path': {
    person: wrong,
    operator: ({ backend, to }) =>
      to === undefined
        ? `${backend} の、COMFY_URL のパスの下には ComfyUI がありません。パスを直してください（たいていは不要です）。`
        : `${backend} の、COMFY_URL のパスの下には ComfyUI がありませんが、別の場所にあります。COMFY_URL=${to} にしてください。`,
  },
  'not-comfyui': {
    person: wrong,
    operator: ({ backend }) =>
      `${backend} で何かが応答していますが、ComfyUI ではありません。COMFY_URL に ComfyUI のホストとポートを書き、プロキシがパスの下に置いている場合はそのパスも書いてください。`,
  },
  'front-forbids': {
    person: locked,
    operator: ({ backend }) =>
      `${backend} の手前にあるものがこのマシンを通しません（HTTP 403）。そこで Easel のアドレスを許可するか、COMFY_URL の user:password@ または COMFY_HEADERS のヘッダーでログインを渡してください。`,
  },
  'nothing-behind': {
    person: away,
    operator: ({ backend, status }) =>
      `${backend} のプロキシは応答しますが、その先の ComfyUI が応答しません${status === undefined ? '' : `（HTTP ${status}）`}。ComfyUI を起動するか、プロキシの転送先を直してください。`,
  },
  'origin-guard': {
    person: wrong,
    operator: ({ backend }) =>
      `${backend} が要求を別サイトからのものと見なしました（HTTP 403）。手前のプロキシが Host と Origin をそのまま渡すようにするか、ComfyUI を --enable-cors-header 付きで起動してください。`,
  },
  'key-unsendable': {
    person: wrong,
    operator: () => 'COMFY_API_KEY に、キーには使われない文字が入っています。もう一度コピーしてください。',
  },
  'no-socket': {
    person: away,
    operator: ({ backend }) =>
      `${backend} は応答しますが WebSocket がつながらないため、途中経過とプレビューを表示できません。手前のプロキシが /ws を Upgrade と Connection のヘッダーごと渡すようにしてください。`,
  },
};
