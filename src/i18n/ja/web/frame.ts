/** What people read around every page of the browser: navigation, signing in, what went wrong, in Japanese. Plain sentences: `{name}` stands for what the page puts in. */
import type { frame as en } from '../../en/web/frame.ts';

export const frame: Record<keyof typeof en, string> = {
  title: 'Easel',
  chat: 'チャット',
  studio: 'スタジオ',
  operator: '運用',
  pages: 'ページ',
  skip: '本文へ移動',
  here: 'このページ',
  sandbox: 'COMFY_URL が設定されていません。画像はモデルではなく、内蔵のサンドボックスが描いています。',
  signOut: 'サインアウト',
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
  unreachable: 'Easel から応答がありません。起動しているか確認してください。',
  failed: 'うまくいきませんでした。理由はログに記録されています。',
};
