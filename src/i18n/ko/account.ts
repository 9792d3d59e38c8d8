/** For whom the backend runs jobs, where it has accounts, in Korean. */
import type { account as en } from '../en/account.ts';
import { clip } from '../phrases.ts';

export const account: typeof en = {
  tier: (tier) => `요금제 ${clip(tier, 60)}`,
  credits: (credits) => `크레딧 ${credits.toLocaleString('ko')}`,
  waits: () => '계정이 대기 명단에 있어요. 승인되기 전에는 작업이 실행되지 않아요.',
  empty: () => '계정에 남은 크레딧이 없어요. 충전할 때까지 작업이 기다려요.',
  /** `given`: COMFY_CONCURRENCY. */
  tooMany: (given, atOnce) =>
    `COMFY_CONCURRENCY는 ${given}인데 계정이 동시에 실행하는 작업은 ${atOnce}개예요. 나머지는 백엔드에서 기다리기만 해요. ${atOnce}(으)로 설정하세요.`,
  couldDoMore: (given, atOnce) =>
    `계정은 동시에 ${atOnce}개까지 실행할 수 있는데 COMFY_CONCURRENCY는 ${given}(으)로 되어 있어요. 기다리는 사람이 있다면 올려 보세요.`,
  asMany: (atOnce) => `계정이 동시에 실행하는 작업은 ${atOnce}개로, COMFY_CONCURRENCY와 같아요.`,
};
