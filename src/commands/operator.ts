/** What the person who runs Easel sees and does, over all guilds. */
import type { Backend } from '../core/backend.ts';
import type { Chat } from '../core/chat.ts';
import { problemOf, type Problem } from '../core/errors.ts';
import type { Job } from '../core/job.ts';
import type { Log } from '../core/log.ts';
import { within, type Clock } from '../core/time.ts';
import type { FailureRecord, Failures } from '../jobs/failures.ts';
import type { LiveJob } from '../jobs/live-job.ts';
import type { JobManager } from '../jobs/manager.ts';
import { queueItem, type QueueItem } from './queue-item.ts';

export interface GuildPlace {
  platform: string;
  guild: string;
  /** For people; the guild's id where its platform does not say. */
  name: string;
}

export interface BackendState {
  name: string;
  ok: boolean;
  /** Why not. */
  problem?: Problem;
  /** How long it took to answer, or to fail. */
  ms: number;
  /** Node classes that it was last seen with; absent before the first reading. */
  nodes?: number;
  running: number;
  limit: number;
}

export interface GuildLoad extends GuildPlace {
  running: number;
  waiting: number;
  /** In the order of their turn. */
  jobs: QueueItem[];
}

export interface OperatorOverview {
  backends: BackendState[];
  platforms: { name: string; ready: boolean }[];
  /** Those where something runs or waits. */
  guilds: GuildLoad[];
  /** The newest first. */
  failures: readonly FailureRecord[];
}

export interface OperatorVerbs {
  /** Every guild that is known, the operator's own first. */
  places(): GuildPlace[];
  /**
   * `locale`: of the sentences on where jobs stand. Takes 3 s at most, as long as a backend
   * may be silent. Rejects only with the signal's reason.
   */
  overview(signal: AbortSignal, locale: string): Promise<OperatorOverview>;
  /** Cancels anybody's job. Throws EaselError as `Commands.cancel`. */
  cancel(id: string): Promise<Job>;
}

export interface OperatorOptions {
  jobs: JobManager;
  backend: Backend;
  /** May grow after this call. */
  chats: ReadonlyMap<string, Chat>;
  /** Jobs at once on the backend. */
  concurrency: number;
  failures: Pick<Failures, 'newest'>;
  /** Where the operator is at home, known while its platform is there. */
  home: GuildPlace;
  clock: Clock;
  log: Log;
  /** How long the backend may be silent, in ms; tests scale it. */
  checkMs?: number | undefined;
}

/** For asking the backend whether it is there. */
const CHECK_MS = 3000;
/** How long the answer is good. */
const FRESH_MS = 2000;

type Checked = Pick<BackendState, 'ok' | 'problem' | 'ms'>;

export function createOperator(options: OperatorOptions): OperatorVerbs {
  const { jobs, backend, chats, concurrency, failures, home, clock, log, checkMs = CHECK_MS } = options;
  let asked: { at: number; answer: Promise<Checked> } | undefined;

  /** Those who ask together are answered together. */
  async function checked(): Promise<Checked> {
    if (!asked || asked.at + FRESH_MS <= clock.monotonic())
      asked = { at: clock.monotonic(), answer: check() };
    return asked.answer;
  }

  async function check(): Promise<Checked> {
    const began = performance.now();
    const ms = () => Math.round(performance.now() - began);
    try {
      await within(checkMs, (limit) => unlessAborted(backend.check(limit), limit));
      return { ok: true, ms: ms() };
    } catch (error) {
      const ref = crypto.randomUUID();
      log.warn({ backend: backend.name, ref, err: error }, 'backend not ready');
      const silent: Problem = { code: 'backend-timeout', backend: backend.name };
      const late = error instanceof Error && error.name === 'TimeoutError';
      return { ok: false, problem: late ? silent : problemOf(error, ref), ms: ms() };
    }
  }

  function places(): GuildPlace[] {
    const known = new Map<string, GuildPlace>();
    const add = (place: GuildPlace): void => {
      const key = `${place.platform}/${place.guild}`;
      if (!known.has(key)) known.set(key, place);
    };
    if (chats.has(home.platform)) add(home);
    for (const [platform, chat] of chats)
      for (const { guild, name } of chat.guilds?.() ?? []) add({ platform, guild, name });
    for (const { job } of jobs.everywhere())
      add({ platform: job.platform, guild: job.guild, name: job.guild });
    return [...known.values()];
  }

  function load(place: GuildPlace, here: LiveJob[], locale: string): GuildLoad {
    const waiting = here.filter(({ job }) => job.state === 'queued').length;
    const items = here.map((live) => queueItem(live, { locale }));
    return { ...place, running: here.length - waiting, waiting, jobs: items };
  }

  return {
    places,
    async overview(signal, locale) {
      const { ok, problem, ms } = await unlessAborted(checked(), signal);
      const live = jobs.everywhere();
      const nodes = backend.knownNodes()?.size;
      const state: BackendState = {
        name: backend.name,
        ok,
        ...(problem && { problem }),
        ms,
        ...(nodes !== undefined && { nodes }),
        running: live.filter(isOnBackend).length,
        limit: concurrency,
      };
      const busy = Map.groupBy(live, ({ job }) => `${job.platform}/${job.guild}`);
      const guilds = places().flatMap((place) => {
        const here = busy.get(`${place.platform}/${place.guild}`);
        return here ? [load(place, here, locale)] : [];
      });
      const platforms = [...chats].map(([name, chat]) => ({ name, ready: chat.ready() }));
      return { backends: [state], platforms, guilds, failures: failures.newest() };
    },
    async cancel(id) {
      const found = jobs.everywhere().find(({ job }) => job.id === id);
      const { platform, guild } = found?.job ?? home;
      return jobs.cancel(id, { platform, guild, user: OPERATOR, locale: 'en', admin: true });
    },
  };
}

/** Stands where a person's id would. */
const OPERATOR = 'operator';

/** Its slot there is given back when the run ends. */
function isOnBackend({ job }: LiveJob): boolean {
  return job.state === 'submitting' || job.state === 'running';
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
