/** The account that a backend runs jobs for, where it has accounts. Pure. */

/** As far as it is said. */
export interface Account {
  /** `active`, `waitlisted`, or another word of the backend's. */
  status?: string | undefined;
  /** Its plan, in the backend's word: `CREATOR`. */
  tier?: string | undefined;
  /** May be below zero. */
  credits?: number | undefined;
  /** Jobs that it runs at once; what is more waits in its own line. */
  atOnce?: number | undefined;
}

/** Said at a moment, in ms since 1970. */
export interface KnownAccount extends Account {
  at: number;
}

/** Of an account that Comfy Cloud lets run nothing yet. */
const WAITS = 'waitlisted';

export const isWaiting = ({ status }: Account): boolean => status === WAITS;
export const isEmpty = ({ credits }: Account): boolean => credits !== undefined && credits <= 0;

/** It runs nothing as it is. */
export const isAtRest = (account: Account): boolean => isWaiting(account) || isEmpty(account);

/** How many jobs Easel hands over at once, beside what the account runs; undefined: as many, or nobody knows. */
export function concurrencyFit(concurrency: number, { atOnce }: Account): 'over' | 'under' | undefined {
  if (atOnce === undefined || atOnce === concurrency) return undefined;
  return concurrency > atOnce ? 'over' : 'under';
}
