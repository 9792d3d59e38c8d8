/** What the person who runs Easel sees and does, over all guilds. */
import type { KnownAccount } from '../../core/account.ts';
import type { Backend } from '../../core/backend.ts';
import type { Chat } from '../../core/chat.ts';
import type { Disk, DiskState } from '../../core/disk.ts';
import { EaselError, problemOf, type Problem } from '../../core/errors.ts';
import type { Job } from '../../core/job.ts';
import type { Log } from '../../core/log.ts';
import type { Hold } from '../../core/standing.ts';
import { within, type Clock } from '../../core/time.ts';
import type { FailureRecord, Failures } from '../../jobs/failures.ts';
import type { JobManager } from '../../jobs/manager.ts';
import type { AccountWatch } from './account-watch.ts';
import type { Maxima } from './maxima.ts';
import { createGuildDesk, type NamedGuild, type Look, type LookedAt } from './guild-desk.ts';

export type { NamedGuild, Look } from './guild-desk.ts';

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
  /** Why it is given nothing at the moment. */
  hold?: Hold;
  /** For whom it runs, where it has accounts and has said so. */
  account?: KnownAccount;
}

export interface OperatorOverview extends LookedAt {
  backends: BackendState[];
  /** `notes`: what the operator should know although it goes on. */
  platforms: { name: string; ready: boolean; notes: readonly Problem[] }[];
  /** Over all guilds. */
  running: number;
  waiting: number;
  /** The newest first. */
  failures: readonly FailureRecord[];
  /** The data folder. */
  disk?: DiskState | undefined;
}

export interface OperatorVerbs {
  /** The guilds that the chats tell of, the operator's own first, and the first of the others where something goes on. */
  knownGuilds(): NamedGuild[];
  /** One that is known; undefined otherwise. */
  knownGuild(platform: string, guild: string): NamedGuild | undefined;
  /**
   * `locale`: of the sentences on where jobs stand. Takes 3 s at most, as long as a backend
   * may be silent. Rejects only with the signal's reason.
   */
  overview(signal: AbortSignal, locale: string, look?: Look): Promise<OperatorOverview>;
  /** Calls `listener` whenever an overview may be another one; it must be quick. Returns how to end that. */
  watch(listener: () => void): () => void;
  /** Raises the maximum of one guild to what its notice tells of, at once. Rejects with EaselError as `Maxima.raise`. */
  raise(key: string): Promise<void>;
  /** Cancels anybody's job. Throws EaselError as `Commands.cancel`. */
  cancel(id: string): Promise<Job>;
}

export interface OperatorOptions {
  jobs: JobManager;
  /** `watch`: calls the listener when another one has taken its place. Returns how to end that. */
  backend: Backend & { watch?: ((listener: () => void) => () => void) | undefined };
  /** May grow after this call. */
  chats: ReadonlyMap<string, Chat>;
  /** Jobs at once on the backend. */
  concurrency: number;
  failures: Pick<Failures, 'newest'>;
  /** What keeps the backend from taking anything. */
  hold?: (() => Hold | undefined) | undefined;
  /** Absent: nobody asks whose the backend is. */
  account?: Pick<AccountWatch, 'latest' | 'watch'> | undefined;
  /** Absent: nobody knows what is in the data folder. */
  disk?: Pick<Disk, 'state' | 'listen'> | undefined;
  /** Where the operator is at home, known while its platform is there. */
  home: NamedGuild;
  /** Absent: there are no notices. */
  maxima?: Pick<Maxima, 'raise'> | undefined;
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
  const { jobs, backend, chats, concurrency, failures, hold, disk, home, maxima, clock, log } = options;
  const { account: accounts } = options;
  const { roster } = jobs;
  const guilds = createGuildDesk({ jobs, chats, home });
  const { checkMs = CHECK_MS } = options;
  let asked: { at: number; answer: Promise<Checked> } | undefined;

  /** Those who ask together are answered together. */
  async function checked(): Promise<Checked> {
    const now = clock.monotonic();
    if (!asked || asked.at + FRESH_MS <= now) asked = { at: now, answer: check() };
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
      log.warn({ backend: backend.address, ref, err: error }, 'backend not ready');
      const silent: Problem = { code: 'backend-timeout', backend: backend.name, fault: 'no-answer' };
      const late = error instanceof Error && error.name === 'TimeoutError';
      return { ok: false, problem: late ? silent : problemOf(error, ref), ms: ms() };
    }
  }

  async function stateOf({ ok, problem, ms }: Checked): Promise<BackendState> {
    const nodes = backend.knownNodes()?.size;
    const held = hold?.();
    const account = accounts?.latest();
    return {
      name: backend.address,
      ok,
      ...(problem && { problem }),
      ms,
      ...(nodes !== undefined && { nodes }),
      running: await jobs.inUse(),
      limit: concurrency,
      ...(held && { hold: held }),
      ...(account && { account }),
    };
  }

  return {
    knownGuilds: () => guilds.knownGuilds(),
    knownGuild: (platform, guild) => guilds.knownGuild(platform, guild),
    async overview(signal, locale, look = {}) {
      const state = await stateOf(await unlessAborted(checked(), signal));
      const { running, waiting } = roster.count();
      const platforms = [...chats].map(([name, chat]) => ({
        name,
        ready: chat.ready(),
        notes: chat.notes?.() ?? [],
      }));
      const failed = failures.newest();
      const shown = await guilds.at(look, locale);
      return {
        backends: [state],
        platforms,
        running,
        waiting,
        ...shown,
        failures: failed,
        disk: disk?.state(),
      };
    },
    watch(listener) {
      const ends = [
        roster.watch(listener),
        disk?.listen(listener),
        backend.watch?.(listener),
        accounts?.watch(listener),
      ];
      return () => ends.forEach((end) => end?.());
    },
    async raise(key) {
      if (!maxima) throw new EaselError({ code: 'bad-request' });
      await maxima.raise(key, OPERATOR);
    },
    async cancel(id) {
      const { platform, guild } = (await jobs.find(id)) ?? home;
      return jobs.cancel(id, { platform, guild, user: OPERATOR, locale: 'en', admin: true });
    },
  };
}

/** Stands where a person's id would. */
const OPERATOR = 'operator';

async function unlessAborted<T>(pending: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([pending, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
