/** What who runs Easel can do about a backend that is not well, in Japanese. */
import type { advice as en } from '../../en/web/advice.ts';

export const advice: Record<keyof typeof en, string> = {
  checkAddress: '起動していること、このマシンから接続できること、COMFY_URL が正しいことを確認してください。',
  checkSlow: 'モデルの読み込み中か、過負荷の可能性があります。バックエンド側のログを確認してください。',
  checkAnswer:
    'バックエンド側のログを確認し、COMFY_URL が手前の別のサーバーではなく ComfyUI を指していることを確認してください。',
  checkKey:
    'COMFY_API_KEY を設定した場所で有効なキーに変えてください。「運用」ページの「接続」か、環境変数です（環境変数の場合は Easel を再起動してください）。',
  checkAccount: 'アカウントの問題が解消されれば、ジョブは自動的に再開します。',
  checkBusy: '一時的なものなら対応は不要です。続く場合は COMFY_CONCURRENCY を下げてください。',
};
