/** For whom the backend runs jobs, where it has accounts, in Japanese. */
import type { account as en } from '../en/account.ts';
import { clip } from '../phrases.ts';

export const account: typeof en = {
  tier: (tier) => `プラン：${clip(tier, 60)}`,
  credits: (credits) => `${credits.toLocaleString('ja')}クレジット`,
  waits: () => 'アカウントは順番待ちです。利用が許可されるまでジョブは実行されません。',
  empty: () => 'アカウントのクレジットが残っていません。補充されるまでジョブは待機します。',
  /** `given`: COMFY_CONCURRENCY. */
  tooMany: (given, atOnce) =>
    `COMFY_CONCURRENCYは${given}ですが、アカウントが同時に実行できるのは${atOnce}件です。残りはバックエンド側で待つだけです。${atOnce}にしてください。`,
  couldDoMore: (given, atOnce) =>
    `アカウントは同時に${atOnce}件実行できますが、COMFY_CONCURRENCYは${given}です。待ちが出るようなら上げられます。`,
  asMany: (atOnce) => `アカウントが同時に実行できるのは${atOnce}件で、COMFY_CONCURRENCYと同じです。`,
};
