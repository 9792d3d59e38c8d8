/** For whom the backend runs jobs, where it has accounts, in English. */
import { clip } from '../phrases.ts';

export const account = {
  tier: (tier: string) => `plan ${clip(tier, 60)}`,
  credits: (credits: number) => `${credits.toLocaleString('en')} credits`,
  waits: () => 'The account is on the waiting list: until it is let in no jobs are run.',
  empty: () => 'The account has no credits left: jobs wait until it is topped up.',
  /** `given`: COMFY_CONCURRENCY. */
  tooMany: (given: number, atOnce: number) =>
    `COMFY_CONCURRENCY is ${given}, and the account runs ${atOnce} at once; the rest only waits there. Set it to ${atOnce}.`,
  couldDoMore: (given: number, atOnce: number) =>
    `The account could run ${atOnce} at once; COMFY_CONCURRENCY is ${given}. Raise it if people wait.`,
  asMany: (atOnce: number) => `The account runs ${atOnce} at once, which is what COMFY_CONCURRENCY says.`,
};
