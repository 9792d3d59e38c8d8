/** Starting and stopping: what was opened is closed again, last first, also when the stop comes in the middle of a start. */
import type { Log } from '../core/log.ts';

export interface Opened {
  /** What undoes the step that was just done. */
  add(name: string, close: () => Promise<void> | void): void;
  /** Called when the stop comes during the start, to end what it waits for. */
  interrupt(name: string, end: () => Promise<void>): void;
  /** Aborted by `stop`. */
  signal: AbortSignal;
}

export interface Lifecycle {
  /** Rejects as `work` does, after all is closed again; resolves quietly when it was stopped meanwhile. */
  start(work: (opened: Opened) => Promise<void>): Promise<void>;
  /** Idempotent. */
  stop(): Promise<void>;
}

type Step = [name: string, end: () => Promise<void> | void];

export function createLifecycle(log: () => Log | undefined): Lifecycle {
  const stopping = new AbortController();
  const closers: Step[] = [];
  const interrupts: Step[] = [];
  let starting: Promise<void> | undefined;
  let stopped: Promise<void> | undefined;

  async function run([name, end]: Step): Promise<void> {
    try {
      await end();
    } catch (error) {
      log()?.error({ part: name, err: error }, 'could not be closed');
    }
  }

  async function close(): Promise<void> {
    log()?.info({}, 'stopping');
    stopping.abort();
    if (starting) await Promise.all(interrupts.map(run));
    await starting?.catch(() => undefined); // who called `start` hears of it
    for (let step = closers.pop(); step; step = closers.pop()) await run(step);
    log()?.info({}, 'stopped');
  }

  function stop(): Promise<void> {
    stopped ??= close();
    return stopped;
  }

  return {
    stop,
    async start(work) {
      starting = work({
        add: (name, end) => void closers.push([name, end]),
        interrupt: (name, end) => void interrupts.push([name, end]),
        signal: stopping.signal,
      });
      try {
        await starting;
      } catch (error) {
        if (stopping.signal.aborted) return;
        starting = undefined;
        // a terminal is told in one sentence, which may say that the rest is here
        log()?.error({ err: error }, 'the start failed');
        await stop();
        throw error;
      } finally {
        starting = undefined;
      }
    },
  };
}
