/** For whom the backend runs jobs, where it has accounts, in Chinese. */
import type { account as en } from '../en/account.ts';
import { clip } from '../phrases.ts';

export const account: typeof en = {
  tier: (tier) => `套餐 ${clip(tier, 60)}`,
  credits: (credits) => `${credits.toLocaleString('zh')} 积分`,
  waits: () => '账户仍在候补名单中：获准之前不会运行任务。',
  empty: () => '账户的积分已用完：充值之前，任务会一直等待。',
  /** `given`: COMFY_CONCURRENCY. */
  tooMany: (given, atOnce) =>
    `COMFY_CONCURRENCY 为 ${given}，而账户同时只运行 ${atOnce} 个任务，其余的只会在后端排队。请设为 ${atOnce}。`,
  couldDoMore: (given, atOnce) =>
    `账户可以同时运行 ${atOnce} 个任务，而 COMFY_CONCURRENCY 为 ${given}。如果有人在等待，可以调高。`,
  asMany: (atOnce) => `账户同时运行 ${atOnce} 个任务，与 COMFY_CONCURRENCY 一致。`,
};
