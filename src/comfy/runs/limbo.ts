/**
 * Ends what its backend leaves open: a run that is in a state whose word we do not know, without any other sign of it, and one
 * that is for ever about to be cancelled. Without this they would be "running" until the longest limit there is.
 */
import type { RunEnd } from '../../core/run.ts';
import { clean } from '../wire/clean.ts';
import type { Connection } from './connection.ts';
import type { RunStatus } from './run-status.ts';

export interface Limbo {
  /** Something else than an answer tells of the run: a frame. `works`: that it is at work, or is not any more. */
  sign(works: boolean): void;
  /** Whether frames show a run at work of whose state no route has a word that is known. */
  atWork(): boolean;
  /** Takes what each question was answered, in their order; undefined: nothing was. Resolves to an end where it took too long. */
  end(status: RunStatus | undefined): RunEnd | undefined;
}

/** Between two answers; more than this is our own absence. */
const MOST_BETWEEN_MS = 60_000;

export function createLimbo({
  clock,
  timing,
  server,
}: Pick<Connection, 'clock' | 'timing' | 'server'>): Limbo {
  let spent = 0;
  let last: number | undefined;
  let works = false;

  return {
    sign(at) {
      works = at;
      spent = 0;
    },
    atWork: () => works,
    end(status) {
      const isIn = status?.state === 'odd' || status?.state === 'cancelling';
      const now = clock.monotonic();
      if (isIn && last !== undefined) spent += Math.min(now - last, MOST_BETWEEN_MS);
      last = isIn ? now : undefined;
      // a question without an answer says nothing
      if (status && !isIn) spent = 0;
      if (!isIn || spent < timing.limboMs) return undefined;
      if (status.state !== 'odd') return { kind: 'cancelled' };
      const word = clean(status.word, server);
      const problem = { code: 'run-untold', backend: server.name, word } as const;
      return { kind: 'failure', problem, detail: `it said no more than ${word}`, outputs: [] };
    },
  };
}
