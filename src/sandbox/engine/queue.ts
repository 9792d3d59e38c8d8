/** The server's queue and history: what waits, what runs, what has ended. Lost on a restart, as ComfyUI's is. */
import type { Ended, Run } from './run.ts';

/**
 * ComfyUI keeps 10,000 entries; here they would be a bot's memory, which asks within seconds. No `lru-cache`: as there, the
 * first that ended goes, whoever asked for it meanwhile.
 */
const HISTORY_LIMIT = 1000;

export class Queue {
  readonly #parallel: number;
  readonly #pending: Run[] = [];
  readonly #running = new Set<Run>();
  readonly #history = new Map<string, Ended>();

  constructor(parallel: number) {
    this.#parallel = parallel;
  }

  /** By number, then by arrival. */
  get pending(): readonly Run[] {
    return this.#pending;
  }

  get running(): readonly Run[] {
    return [...this.#running];
  }

  get remaining(): number {
    return this.#pending.length + this.#running.size;
  }

  put(run: Run): void {
    const at = this.#pending.findIndex((other) => other.number > run.number);
    this.#pending.splice(at < 0 ? this.#pending.length : at, 0, run);
  }

  /** The next run to start, if there is one and room for it. */
  take(): Run | undefined {
    if (this.#running.size >= this.#parallel) return undefined;
    const run = this.#pending.shift();
    if (run) this.#running.add(run);
    return run;
  }

  finish(ended: Ended): void {
    this.#running.delete(ended.run);
    // a repeated prompt id replaces the older entry and goes to the end
    this.#history.delete(ended.run.promptId);
    this.#history.set(ended.run.promptId, ended);
    const [oldest] = this.#history.keys();
    if (this.#history.size > HISTORY_LIMIT && oldest !== undefined) this.#history.delete(oldest);
  }

  /** Takes out the first pending run of that id. */
  delete(promptId: string): boolean {
    const at = this.#pending.findIndex((run) => run.promptId === promptId);
    if (at >= 0) this.#pending.splice(at, 1);
    return at >= 0;
  }

  clear(): void {
    this.#pending.length = 0;
  }

  /** Ended runs, oldest first; the ones held back by the fault `settleMs` only with `all`. */
  ended(all = false): Ended[] {
    return [...this.#history.values()].filter((ended) => all || ended.visibleAt <= performance.now());
  }

  /** One of those that have ended. */
  find(promptId: string): Ended | undefined {
    return this.ended().find(({ run }) => run.promptId === promptId);
  }

  /** Ended, but the history does not show it yet. */
  settling(): Run[] {
    return this.ended(true)
      .filter((ended) => ended.visibleAt > performance.now())
      .map((ended) => ended.run);
  }

  forget(promptId: string): void {
    this.#history.delete(promptId);
  }

  forgetAll(): void {
    this.#history.clear();
  }
}
