/**
 * Holds everybody back while the other side (a backend, a chat) is away, so that an outage costs time and nobody's job.
 * It opens when a call fails *and* an independent cheap question fails too; then it asks that question, with backoff,
 * until it is answered, and lets go gradually: one, and one more at once for each that goes well. Where the question says nothing (an account that
 * is refused, a pause that was asked for) one is let through now and then, to see.
 */
import { EaselError, problemOf, Refused, type Problem } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Hold } from '../../core/standing.ts';
import { backoff, orAborted, within, type Clock } from '../../core/time.ts';
import { createStretch } from './stretch.ts';
import { createTurnstile, type Outcome, type Pass } from './turnstile.ts';

export interface BreakerTiming {
  /** For one question. */
  probeMs: number;
  /** Between questions: from the base, doubled up to the cap, with jitter. */
  probeBaseMs: number;
  probeCapMs: number;
  /** Between two that are let through while the account is refused. */
  trialMs: number;
}

export interface BreakerDeps {
  /** What is held, for the log. */
  name: string;
  /** The independent cheap question. */
  probe: (signal: AbortSignal) => Promise<void>;
  /** What it is when there is no answer that says more. */
  silence: Problem;
  /** Inside at once, also when all is well. */
  most?: number | undefined;
  timing: BreakerTiming;
  clock: Clock;
  log: Log;
  /** The end of the process: whoever waits is rejected with its reason, and nothing is asked any more. */
  signal: AbortSignal;
  /** Told after each question in vain; `askedMs`: at a stretch, since this process or machine woke. */
  onStill?: ((hold: Hold, askedMs: number) => void) | undefined;
}

/** Whose a failure is. */
export type Blame =
  /** The other side's: wait to be let through again. */
  | 'held'
  /** The other side is well, so this call's own; it may pass. */
  | 'own'
  /** An answer: the same call would get it again. */
  | 'final';

export interface Breaker {
  readonly hold: Hold | undefined;
  /** How often a hold has begun. */
  readonly holds: number;
  /** How many may be at it at once now; 0 while nobody is let through. */
  limit(): number;
  /** Resolves when it is this one's turn, the lowest `rank` first. Rejects when `signal` is aborted. */
  enter(rank: number, signal: AbortSignal): Promise<Pass>;
  /** Resolves once nothing is held, or one may try: for what needs no turn. Rejects when `signal` is aborted. */
  well(signal: AbortSignal): Promise<void>;
  /**
   * Judges a failed call. `kind`: what is alike, since what is refused to one kind alone is its own affair; without it a
   * refusal says nothing about others. Never rejects.
   */
  blame(error: unknown, kind?: string): Promise<Blame>;
  /** Something else was answered: worth asking now. */
  nudge(): void;
  /** Takes up a hold that a process before this one began. */
  resume(hold: Hold): void;
  /** The other side is another one now: nothing is held against it. */
  anew(): void;
  /** `listener` is told when a hold begins, changes or ends, and when more are let through. Returns the end of it. */
  listen(listener: () => void): () => void;
}

const ACCOUNT: readonly Problem['code'][] = [
  'wrong-api-key',
  'login-refused',
  'no-credits',
  'subscription-inactive',
];
/** Who we are is what is refused: with another key or login it is over. */
export const REFUSES_US: ReadonlySet<Problem['code']> = new Set(['wrong-api-key', 'login-refused']);
/** What asking may explain; `internal` is whatever a chat's library throws. */
const PASSING: readonly Problem['code'][] = [
  'backend-unreachable',
  'backend-timeout',
  'backend-broken',
  'internal',
];
/** So many at once, and all is well: no reason to hold anybody back any longer. */
const ENOUGH = 16;

export function createBreaker(deps: BreakerDeps): Breaker {
  const { name, probe, most = Infinity, timing, clock, log, signal } = deps;
  const listeners = new Set<() => void>();
  /** Kinds that the account was refused, since the last one that was let through well. */
  const forbidden = new Set<string>();
  const stretch = createStretch(clock, 3 * Math.max(timing.probeCapMs, timing.trialMs) + timing.probeMs);
  let hold: Hold | undefined;
  let holds = 0;
  /** Of a hold that no question ends: whether one may try, and when the next may (monotonic). */
  let trial = false;
  let trialAt = 0;
  /** Asked for without saying how long, since the last one that was let through well. */
  let pauses = 0;
  let allowance = Infinity;
  let asking: Promise<void> | undefined;
  let wake: (() => void) | undefined;

  const limit = (): number => {
    if (hold) return trial ? 1 : 0;
    return Math.min(most, allowance);
  };
  const turnstile = createTurnstile(limit, left);

  function changed(): void {
    for (const listener of listeners) listener();
    turnstile.admit();
  }

  function begin(kind: Hold['kind'], problem: Problem, afterMs = 0): 'held' {
    const at = clock.monotonic() + afterMs;
    trial = false;
    // those who go on asking meanwhile must not put the next try off for ever
    if (hold?.kind === kind) trialAt = kind === 'busy' ? Math.max(trialAt, at) : trialAt;
    else {
      trialAt = at;
      if (!hold) holds += 1;
      hold = { since: hold?.since ?? clock.now(), kind, problem };
      log.warn({ held: name, kind, problem }, 'held');
      void keep(hold);
      changed();
    }
    return 'held';
  }

  function end(): void {
    if (!hold) return;
    log.info({ held: name, kind: hold.kind, since: hold.since }, 'let go');
    hold = undefined;
    allowance = 1;
    wake?.();
    changed();
  }

  function left(outcome: Outcome): void {
    if (outcome === 'ill') trial = false;
    if (outcome !== 'well') return;
    forbidden.clear();
    pauses = 0;
    if (hold) return end();
    if (allowance === Infinity) return;
    allowance = allowance + 1 >= ENOUGH ? Infinity : allowance + 1;
    changed();
  }

  /** Owns a hold until it ends or becomes another. Never rejects. */
  async function keep(mine: Hold): Promise<void> {
    wake?.();
    for (let attempt = 0; ; attempt += 1) {
      const next = backoff(attempt, timing.probeBaseMs, timing.probeCapMs);
      await pause(mine.kind === 'away' ? next : Math.min(timing.trialMs, trialAt - clock.monotonic()));
      if (hold !== mine || signal.aborted) return;
      if (mine.kind !== 'away' && clock.monotonic() < trialAt) deps.onStill?.(mine, stretch.asked());
      else if (mine.kind === 'account') letOneTry(mine);
      else await askFor(mine);
    }
  }

  /** Away, or a pause is over. */
  async function askFor(mine: Hold): Promise<void> {
    const problem = await ask();
    if (hold !== mine || signal.aborted) return;
    if (problem === undefined) end();
    else if (ACCOUNT.includes(problem.code)) begin('account', problem, timing.trialMs);
    else if (mine.kind === 'busy') begin('away', problem);
    else deps.onStill?.(mine, stretch.asked());
  }

  function letOneTry(mine: Hold): void {
    trialAt = clock.monotonic() + timing.trialMs;
    deps.onStill?.(mine, stretch.asked());
    if (trial || hold !== mine) return;
    trial = true;
    changed();
  }

  /** `wake` cuts it short. Never rejects. */
  async function pause(ms: number): Promise<void> {
    const early = new AbortController();
    const stir = (): void => early.abort();
    wake = stir;
    const sleep = (both: AbortSignal) => clock.sleep(Math.max(1, ms), both);
    await within(Infinity, sleep, signal, early.signal).catch(() => undefined); // it can only be cut short
    if (wake === stir) wake = undefined;
  }

  /** What is wrong; undefined when all is well. Those who ask together are answered together. */
  async function ask(): Promise<Problem | undefined> {
    // a library may not listen to the signal
    const asked = (until: AbortSignal): Promise<void> => orAborted(probe(until), until);
    asking ??= within(timing.probeMs, asked, signal).finally(() => {
      asking = undefined;
    });
    try {
      await asking;
      return undefined;
    } catch (error) {
      return error instanceof EaselError ? error.problem : deps.silence;
    }
  }

  async function blame(error: unknown, kind = ''): Promise<Blame> {
    if (error instanceof Refused) return 'final';
    const problem = problemOf(error, '');
    const retryAfterMs = error instanceof EaselError ? error.retryAfterMs : undefined;
    if (ACCOUNT.includes(problem.code)) return begin('account', problem, timing.trialMs);
    if (problem.code === 'backend-forbids') {
      if (kind === '') return 'final';
      forbidden.add(kind);
      return forbidden.size > 1 ? begin('account', problem, timing.trialMs) : 'final';
    }
    if (problem.code === 'backend-busy' || retryAfterMs !== undefined) {
      const afterMs = retryAfterMs ?? backoff(pauses, timing.probeBaseMs, timing.probeCapMs);
      pauses += 1;
      return begin('busy', problem, afterMs);
    }
    if (!PASSING.includes(problem.code)) return 'final';
    if (hold?.kind === 'away') return 'held';
    const found = await ask();
    // who stops cannot ask, which says nothing
    if (signal.aborted) return 'held';
    if (found === undefined || (isAnswer(found) && !isAnswer(problem))) return 'own';
    return ACCOUNT.includes(found.code) ? begin('account', found, timing.trialMs) : begin('away', found);
  }

  const breaker: Breaker = {
    get hold() {
      return hold;
    },
    get holds() {
      return holds;
    },
    limit,
    enter: (rank, leaving) => turnstile.enter(rank, leaving, signal),
    async well(leaving) {
      leaving.throwIfAborted();
      if (!hold) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const stop = breaker.listen(() => {
        if (!hold || trial) resolve();
      });
      try {
        await within(Infinity, (either) => orAborted(promise, either), leaving, signal);
      } finally {
        stop();
      }
    },
    blame,
    nudge() {
      if (hold?.kind === 'away') wake?.();
      // with that key something was answered
      else if (hold && REFUSES_US.has(hold.problem.code)) end();
    },
    resume(found) {
      if (hold) return;
      holds += 1;
      hold = found;
      trialAt = clock.monotonic();
      void keep(found);
      changed();
    },
    anew() {
      forbidden.clear();
      pauses = 0;
      end();
      allowance = Infinity;
      changed();
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return breaker;
}

/** Somebody is there and says no: a proxy that lets the question through to nobody, or a tunnel without a server behind. */
function isAnswer(problem: Problem): boolean {
  const status = problem.code === 'backend-broken' ? (problem.status ?? 0) : 0;
  return problem.code === 'backend-forbids' || (status >= 400 && status < 500);
}
