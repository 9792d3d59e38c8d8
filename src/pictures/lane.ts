/** One process, one task at a time, and a queue in front of it: what is late, aborted or deadly costs its own task only. */
import { EaselError } from '../core/errors.ts';
import { orAborted, soon, systemClock, within } from '../core/time.ts';
import { startChild, type Child, type ChildOptions } from './child.ts';
import { readAnswer, type Kind, type Refusal, type Tasks, type Value } from './tasks.ts';

export interface Terms {
  /** From its begin; what waits before it has deadlines too. In ms. */
  deadlineMs: number;
  signal: AbortSignal | undefined;
  /** Somebody waits for it: it goes before all that is not urgent. */
  urgent?: boolean;
}

export interface Lane {
  /** Rejects with the signal's reason, and with EaselError `shutting-down`; everything else is a refusal. */
  run<K extends Kind>(kind: K, task: Tasks[K], terms: Terms): Promise<Value<K> | Refusal>;
  /** Of the process, if there is one. */
  readonly pid: number | undefined;
  /** Ends what runs and waits. Idempotent. */
  close(): Promise<void>;
}

export interface LaneOptions extends Omit<ChildOptions, 'reserve'> {
  /** As `kernelReserve`; asked for each process. */
  reserve: () => Promise<number | undefined>;
  /** How long the process stays when there is nothing to do, in ms. */
  idleMs: number;
}

/** A killed process is gone at once, unless the kernel itself hangs; in ms. */
const KILL_MS = 5000;

interface Waiter {
  urgent: boolean;
  go: () => void;
}

export function createLane({ idleMs, ...options }: LaneOptions): Lane {
  const closing = new AbortController();
  const waiting: Waiter[] = [];
  let busy = false;
  let child: Child | undefined;
  let retired: Child | undefined;
  let idle: NodeJS.Timeout | undefined;

  async function turn(urgent: boolean, signal: AbortSignal): Promise<void> {
    if (!busy) {
      busy = true;
      return;
    }
    const ours = Promise.withResolvers<void>();
    const waiter = { urgent, go: ours.resolve };
    const before = urgent ? waiting.findIndex((other) => !other.urgent) : -1;
    waiting.splice(before === -1 ? waiting.length : before, 0, waiter);
    try {
      await orAborted(ours.promise, signal);
    } catch (error) {
      const at = waiting.indexOf(waiter);
      // it was given its turn in the same moment
      if (at === -1) done();
      else waiting.splice(at, 1);
      throw error;
    }
  }

  function done(): void {
    const next = waiting.shift();
    if (next) next.go();
    else {
      busy = false;
      idle = setTimeout(retire, idleMs).unref();
    }
  }

  /** Nothing is asked any more of a process that goes. */
  function retire(): void {
    child?.leave();
    retired = child;
    child = undefined;
  }

  async function perform<K extends Kind>(kind: K, task: Tasks[K], signal: AbortSignal) {
    clearTimeout(idle);
    if (!child || child.ended) {
      const reserve = await options.reserve();
      await retired?.end;
      signal.throwIfAborted();
      child = startChild({ ...options, reserve });
    }
    const mine = child;
    try {
      const answer = await orAborted(mine.ask({ kind, ...task }), signal);
      const read = readAnswer(kind, answer) ?? garbled(kind);
      if ('trouble' in read) options.log.info({ kind, ...read }, 'pictures: nothing came of a file');
      return read;
    } catch (error) {
      mine.kill();
      // it might still write
      await soon(KILL_MS, mine.end, systemClock);
      if (child === mine) child = undefined;
      throw error;
    }
  }

  function garbled(kind: Kind): Refusal {
    options.log.warn({ kind }, 'the process for pictures gave no answer that can be read');
    child?.kill();
    return { trouble: 'cannot' };
  }

  return {
    get pid() {
      return child?.ended === false ? child.pid : undefined;
    },
    async run(kind, task, { deadlineMs, signal, urgent = false }) {
      await within(Infinity, (aborted) => turn(urgent, aborted), signal, closing.signal);
      try {
        return await within(deadlineMs, (limited) => perform(kind, task, limited), signal, closing.signal);
      } catch (error) {
        if (signal?.aborted || closing.signal.aborted) throw error;
        options.log.warn({ kind, deadlineMs, err: error }, 'pictures: a task took too long');
        return { trouble: 'too-slow' };
      } finally {
        done();
      }
    },
    async close() {
      if (!closing.signal.aborted) closing.abort(new EaselError({ code: 'shutting-down' }));
      clearTimeout(idle);
      child?.kill();
      for (const one of [child, retired]) if (one) await soon(KILL_MS, one.end, systemClock);
    },
  };
}
