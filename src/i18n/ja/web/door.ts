/** What people read at the door of the page: signing in, and why they may not come in or what is not there, in Japanese. */
import type { door as en } from '../../en/web/door.ts';

export const door: Record<keyof typeof en, string> = {
  signIn: 'サインイン',
  signInFirst: '先にサインインしてください。',
  token: '管理トークン',
  tokenHint: 'Easel の環境変数 ADMIN_TOKEN に設定されている値です。',
  wrongToken: 'トークンが違います。',
  link: 'リンクまたはキー',
  linkHint:
    'Easel は起動時にターミナルへリンクを表示します。npm run link でもう一度表示できます。そのリンクを開くか、ここに貼り付けてください。',
  wrongLink: 'このリンクはもう使えません。npm run link で正しいリンクを表示できます。',
  otherName:
    'ADMIN_TOKEN がないため、このページは Easel が動いているコンピューターで localhost または 127.0.0.1 としてのみ開けます。',
  behindProxy:
    'プロキシを経由した要求のため、他の人も同じように開けてしまいます。ADMIN_TOKEN を設定して Easel を再起動してください。',
  otherSite:
    'このページ自身からの要求ではありません。Easel の前にプロキシがある場合は、Host ヘッダーをそのまま渡すようにしてください。',
  nothingHere: 'このアドレスには何もありません。',
  noSuchPlace: 'Easel はその場所では使われていません。',
  placeGone: 'この場所は見つかりません。Easel が退出した可能性があります。',
};
