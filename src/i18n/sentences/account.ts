/** For whom the backend runs jobs, where it has accounts. */
import { clip } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';

export const account = ({ say }: Speaker) => ({
  tier: (tier: string) => say('summary.account.tier', { tier: clip(tier, 60) }),
  credits: (credits: number) => say('summary.account.credits', { credits }),
  waits: () => say('summary.account.waits'),
  empty: () => say('summary.account.empty'),
  /** `given`: COMFY_CONCURRENCY. */
  tooMany: (given: number, atOnce: number) => say('summary.account.tooMany', { given, atOnce }),
  couldDoMore: (given: number, atOnce: number) => say('summary.account.couldDoMore', { given, atOnce }),
  asMany: (atOnce: number) => say('summary.account.asMany', { atOnce }),
});
