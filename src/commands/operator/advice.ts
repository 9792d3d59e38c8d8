/** What whoever runs Easel can do about a backend that is not well; the problem's own sentence is for who asked for a picture. */
import { concurrencyFit, isEmpty, isWaiting, type Account } from '../../core/account.ts';
import { faultIn, type Problem, type ProblemCode } from '../../core/errors.ts';
import type { Warning } from '../../core/summary.ts';
import type { Catalogue } from '../../i18n/index.ts';

const ADVICE: Partial<Record<ProblemCode, keyof Catalogue['web']['advice']>> = {
  'backend-unreachable': 'checkAddress',
  'backend-timeout': 'checkSlow',
  'backend-broken': 'checkAnswer',
  'wrong-api-key': 'checkKey',
  'no-credits': 'checkAccount',
  'subscription-inactive': 'checkAccount',
  'backend-busy': 'checkBusy',
};

/**
 * Undefined where the problem's own sentence says what to change, since it is known why nothing comes. In a container 127.0.0.1 is the container
 * itself: that it is asked to start ComfyUI there helps nobody.
 */
export function adviceFor(
  problem: Problem,
  { web: { advice }, summary }: Catalogue,
  { warnings }: { warnings: readonly Warning[] },
): string | undefined {
  if (faultIn(problem) !== undefined) return undefined;
  const { code } = problem;
  const loopback = warnings.find((warning) => warning.code === 'loopback-in-container');
  if (loopback && code === 'backend-unreachable') return summary.warnings[loopback.code](loopback);
  const key = ADVICE[code];
  return key && advice[key]();
}

/** What keeps the account from running as much as it is given; none: nothing. `concurrency`: jobs at once that it is given. */
export function accountAdvice(
  account: Account,
  concurrency: number,
  { summary: { account: say } }: Catalogue,
): string[] {
  const { atOnce = 0 } = account;
  const isOver = concurrencyFit(concurrency, account) === 'over';
  return [
    ...(isWaiting(account) ? [say.waits()] : []),
    ...(isEmpty(account) ? [say.empty()] : []),
    ...(isOver ? [say.tooMany(concurrency, atOnce)] : []),
  ];
}

/** What it could do besides; not a fault. */
export function accountHint(
  account: Account,
  concurrency: number,
  { summary: { account: say } }: Catalogue,
): string | undefined {
  const { atOnce = 0 } = account;
  return concurrencyFit(concurrency, account) === 'under' ? say.couldDoMore(concurrency, atOnce) : undefined;
}
