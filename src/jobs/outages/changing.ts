/**
 * While another backend takes the present one's place: nothing more goes to it, what it has is finished and fetched, and
 * then it is put away. So no job is lost, and none runs twice. One that is away, or that takes our account for nobody's, is
 * not waited for: what it had is asked for again, as after an outage.
 */
import type { Job } from '../../core/job.ts';
import type { Log } from '../../core/log.ts';
import { orAborted, within } from '../../core/time.ts';
import { REFUSES_US, type Breaker } from './breaker.ts';

/** Who is at the backend: kept by whoever hands over, fetches, or gives up. */
export interface Gate {
  readonly shut: boolean;
  /** Another number for each backend that there has been: what one of them had, the next has not. */
  readonly era: number;
  /** The backend has it, or may have it. `sending`: it is on its way at this moment. */
  enter(id: string, sending?: boolean): void;
  /** All that is wanted of it is here, or never was there. */
  leave(id: string): void;
  /** Resolves once it is open. Rejects when aborted. */
  opened(...signals: AbortSignal[]): Promise<void>;
}

export interface Changing {
  gate: Gate;
  /** Of ours at the backend. */
  count(): number;
  /**
   * Shuts at once. Once nothing of ours is at the backend, `swap` puts another one in its place; it is given what is left there, which
   * is then asked for again. `now`: wait for nothing but what is being sent or fetched. Rejects as `swap` does, or with the reason
   * of the end of the process, or of `until`, where it stays shut; else it opens again either way.
   */
  change(
    swap: (left: readonly string[]) => Promise<void>,
    now: AbortSignal,
    until?: AbortSignal,
  ): Promise<void>;
  /** All that was there at the start is known. */
  begin(): void;
}

interface ChangingDeps {
  breaker: Pick<Breaker, 'hold' | 'listen' | 'anew'>;
  roster: { find(id: string): { job: Job } | undefined };
  log: Log;
  /** The end of the process. */
  signal: AbortSignal;
}

/** `onChange`: told when it is shut, and when it is open again. */
export function createChanging(
  { breaker, roster, log, signal }: ChangingDeps,
  onChange: () => void,
): Changing {
  const there = new Set<string>();
  const sending = new Set<string>();
  let begun = false;
  let era = 0;
  let open: PromiseWithResolvers<void> | undefined;
  let look: () => void = () => undefined;

  /** Nobody can finish there. */
  const isHopeless = (): boolean =>
    breaker.hold !== undefined && (breaker.hold.kind === 'away' || REFUSES_US.has(breaker.hold.problem.code));

  function isFree(now: boolean): boolean {
    if (!begun) return false;
    if (there.size === 0 || isHopeless()) return true;
    return now && sending.size === 0 && ![...there].some((id) => roster.find(id)?.job.state === 'delivering');
  }

  return {
    count: () => there.size,
    gate: {
      get shut() {
        return open !== undefined;
      },
      get era() {
        return era;
      },
      enter(id, isSending = false) {
        there.add(id);
        if (isSending) sending.add(id);
        else if (sending.delete(id)) look();
      },
      leave(id) {
        sending.delete(id);
        if (there.delete(id)) look();
      },
      async opened(...signals) {
        const until = open?.promise;
        if (until) await within(Infinity, (either) => orAborted(until, either), ...signals);
      },
    },
    begin() {
      begun = true;
      look();
    },
    async change(swap, now, until) {
      open ??= Promise.withResolvers();
      onChange();
      const free = Promise.withResolvers<void>();
      look = () => {
        if (isFree(now.aborted)) free.resolve();
      };
      const stir = (): void => look();
      const stop = breaker.listen(stir);
      now.addEventListener('abort', stir, { once: true });
      try {
        log.info({ jobs: there.size }, 'the backend is being changed: it finishes what it has');
        look();
        await within(Infinity, (either) => orAborted(free.promise, either), signal, until);
        const left = [...there];
        there.clear();
        era += 1;
        await swap(left);
        breaker.anew();
      } finally {
        stop();
        now.removeEventListener('abort', stir);
        look = () => undefined;
        // who stops begins nothing any more
        if (until?.aborted !== true) {
          open.resolve();
          open = undefined;
          onChange();
        }
      }
    },
  };
}
