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
  sandbox: '画像はAIモデルではなく、デモ用ペインターが描いています。',
  realPictures: '本物の画像を生成する',
  signOut: 'サインアウト',
  unreachable: 'Easel から応答がありません。起動しているか確認してください。',
  failed: 'うまくいきませんでした。ページを再読み込みして、もう一度お試しください。',
};
