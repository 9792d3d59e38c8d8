/** The backend that all work with: another one may take its place, and whoever asks by then is answered by that. */
import type { Backend } from '../core/backend.ts';
import { EaselError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { RunEnd } from '../core/run.ts';
import { within } from '../core/time.ts';

/** What is opened with a backend and closed with it. */
export interface OpenedBackend {
  backend: Backend;
  /** It is the one that Easel brings along. */
  sandbox: boolean;
  /** Stops it, and what was started for it. Idempotent. */
  close(): Promise<void>;
}

export interface PresentBackend extends Backend {
  readonly sandbox: boolean;
  /**
   * Puts `next`, which has been started, in its place. Runs that are followed are told as lost, so that they are looked for and else
   * asked for again there; `left`, by their prompt ids, are stopped on the old one, as far as that answers.
   */
  replace(next: OpenedBackend, left: readonly string[]): Promise<void>;
  /** Calls `listener`, which must be quick, when another one has taken its place. Returns how to end that. */
  watch(listener: () => void): () => void;
}

/** For stopping what is left on the old one, in ms. */
const LEAVE_MS = 5000;

export function createPresentBackend(first: OpenedBackend, log: Log): PresentBackend {
  const listeners = new Set<() => void>();
  let present = { opened: first, left: new AbortController() };

  /** Asks the present one; what it can no longer answer has to be asked again. */
  async function ask<T>(
    work: (backend: Backend, signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
    whenLeft: (backend: Backend) => T,
  ): Promise<T> {
    const { opened, left } = present;
    try {
      return await within(Infinity, (either) => work(opened.backend, either), signal, left.signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!left.signal.aborted) throw error;
      return whenLeft(opened.backend);
    }
  }
  const away = ({ name }: Backend): never => {
    throw new EaselError({ code: 'backend-unreachable', backend: name });
  };

  async function stopRuns({ backend }: OpenedBackend, runs: readonly string[]): Promise<void> {
    const stop = (promptId: string) => within(LEAVE_MS, (signal) => backend.cancel(promptId, signal));
    const stopped = await Promise.allSettled(runs.map(stop));
    const failed = stopped.filter(({ status }) => status === 'rejected').length;
    if (failed > 0) log.warn({ backend: backend.address, runs: failed }, 'runs go on there out of sight');
  }

  return {
    get name() {
      return present.opened.backend.name;
    },
    get address() {
      return present.opened.backend.address;
    },
    get sandbox() {
      return present.opened.sandbox;
    },
    start: () => present.opened.backend.start(),
    stop: () => present.opened.close(),
    async replace(next, left) {
      const old = present;
      present = { opened: next, left: new AbortController() };
      old.left.abort(new EaselError({ code: 'shutting-down' }));
      for (const listener of listeners) listener();
      await stopRuns(old.opened, left);
      try {
        await old.opened.close();
      } catch (error) {
        log.error({ backend: old.opened.backend.address, err: error }, 'the old backend could not be closed');
      }
    },
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    check: (signal) => ask((backend, either) => backend.check(either), signal, away),
    about: (signal) => ask((backend, either) => backend.about(either), signal, away),
    account: (signal) => ask((backend, either) => backend.account(either), signal, away),
    knownNodes: () => present.opened.backend.knownNodes(),
    nodes: (signal, maxAgeMs) => ask((backend, either) => backend.nodes(either, maxAgeMs), signal, away),
    upload: (file, signal, folder) =>
      ask((backend, either) => backend.upload(file, either, folder), signal, away),
    uploadLimits: (signal) =>
      ask(
        (backend, either) => backend.uploadLimits(either),
        signal,
        () => ({}),
      ),
    submit: (run, signal) => ask((backend, either) => backend.submit(run, either), signal, away),
    find: (promptId, signal) => ask((backend, either) => backend.find(promptId, either), signal, away),
    follow: (promptId, onEvent, signal) =>
      ask<RunEnd>(
        (backend, either) => backend.follow(promptId, onEvent, either),
        signal,
        () => ({ kind: 'lost' }),
      ),
    fetch: (output, save, signal) =>
      ask((backend, either) => backend.fetch(output, save, either), signal, away),
    cancel: (promptId, signal) => ask((backend, either) => backend.cancel(promptId, either), signal, away),
  };
}
