/** What a scenario is: one kind of misfortune, done to a whole Easel, and figures that say how it came through. */
import type { Random } from '../fakes/random.ts';

export interface Scenario {
  name: string;
  /** It has failed when it is not over by then, in ms. */
  deadlineMs: number;
  /** Resolves to the figures, for people to read. What is not as promised goes to `stage.demand`. */
  run: (stage: Stage) => Promise<string>;
}

export interface Stage {
  random: Random;
  /** How much of it: 1 is the whole run, less for a short one. */
  size: number;
  /** Aborted when the time is up or somebody pressed Ctrl-C. */
  signal: AbortSignal;
  /** Run at the end, last one first, whatever happened. */
  onEnd: (close: () => unknown) => void;
  /** Notes a broken promise. */
  demand: (holds: boolean, broken: string) => void;
}

export interface Report {
  figures: string;
  broken: string[];
  ms: number;
}

/** Longest that closing may take, in ms: what hangs then is a broken promise too. */
const CLOSE_MS = 5000;

/** Never rejects. */
export async function perform(
  { deadlineMs, run }: Scenario,
  options: { random: Random; size: number; interrupt: AbortSignal },
): Promise<Report> {
  const begin = performance.now();
  const over = new AbortController();
  const signal = AbortSignal.any([options.interrupt, over.signal, AbortSignal.timeout(deadlineMs)]);
  const closers: (() => unknown)[] = [];
  const broken: string[] = [];
  const stage: Stage = {
    random: options.random,
    size: options.size,
    signal,
    onEnd: (close) => void closers.push(close),
    demand: (holds, why) => void (holds || broken.push(why)),
  };
  let figures = 'not finished';
  try {
    figures = await Promise.race([run(stage), whenAborted(signal)]);
  } catch (error) {
    const late = signal.aborted && !options.interrupt.aborted;
    broken.push(late ? `not over within ${deadlineMs / 1000} s: ${String(error)}` : story(error));
  }
  over.abort(new Error('the scenario is over'));
  for (const close of closers.toReversed()) {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new Error(`closing hangs: ${close.toString()}`)), CLOSE_MS);
    await Promise.race([(async () => close())(), late.promise]).catch((error: unknown) =>
      broken.push(story(error)),
    );
    clearTimeout(timer);
  }
  return { figures, broken, ms: performance.now() - begin };
}

function story(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function whenAborted(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  if (signal.aborted) reject(signal.reason);
  promise.catch(() => undefined); // most scenarios end before
  return promise;
}

/** Looks every few ms until it holds. Rejects with the stage's end. */
export async function eventually(
  stage: Pick<Stage, 'signal'>,
  holds: () => boolean,
  everyMs = 10,
): Promise<void> {
  while (!holds()) {
    stage.signal.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
