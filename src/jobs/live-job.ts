/** A job while a process works on it: its record, where it stands, and the one writer of its key in the store. */
import type { Audience } from '../core/audience.ts';
import type { Backend } from '../core/backend.ts';
import type { Problem } from '../core/errors.ts';
import type { Files } from '../core/files.ts';
import type { Job } from '../core/job.ts';
import type { Log } from '../core/log.ts';
import type { Standing } from '../core/standing.ts';
import type { Clock } from '../core/time.ts';
import type { Breaker } from './outages/breaker.ts';
import type { Gate } from './outages/changing.ts';
import type { DiskTurns, JobDisk } from './delivery/disk-turns.ts';
import type { PictureMaker } from '../core/pictures.ts';
import type { GuildFiles } from './runner/guild-files.ts';
import type { Workshop } from './delivery/made-files.ts';
import type { JobStore } from './store/store.ts';
import type { JobTiming } from './timing.ts';

/** What every step of a job works with. */
export interface JobDeps {
  backend: Backend;
  /** Holds what goes to the backend. */
  breaker: Breaker;
  /** Who is at the backend, and whether one may go there. */
  gate: Gate;
  /** Holds what goes to a platform; one for each. */
  desk: (platform: string) => Breaker;
  store: JobStore;
  /** Where files are that were given or made. */
  files: Files;
  /** Whether there is room for more of them; absent: there always is. */
  disk?: JobDisk | undefined;
  diskTurns: DiskTurns;
  /** Makes files of files. */
  workshop: Workshop & { maker: Pick<PictureMaker, 'sheet' | 'archive' | 'fitUpload'> };
  /** What guilds' files are called on the backend. */
  guildFiles: GuildFiles;
  audience: Audience;
  clock: Clock;
  timing: JobTiming;
  log: Log;
  /** Told of each job that has ended, once that is written down. Never throws. */
  onEnd?: ((job: Job) => void) | undefined;
  /** Told how a test run of a draft has ended, before its person is. Never rejects. */
  tried?: ((job: Job) => Promise<void>) | undefined;
  /** Why it may not go on, asked before it runs and before its reply; absent: it always may. Never rejects, and has its own deadline. */
  whyNot?: ((job: Job) => Promise<Problem | undefined>) | undefined;
  heavy: Heavy;
  /** Aborted first at shutdown: stop following runs and waiting for anything. */
  halt: AbortSignal;
  /** Aborted at the end of the grace time: give up deliveries too. */
  kill: AbortSignal;
}

/** Steps that may take the process with them; see `heavy.ts`. */
export interface Heavy {
  /**
   * Runs `work` once the record says so. The mark stays for the next step; `calm` takes it off. Jobs that were found
   * begun go one at a time, so that the one whose fault it is is not hidden among others.
   */
  run<T>(live: LiveJob, work: () => Promise<T>): Promise<T>;
  /** Lets others go first, once, where it was found begun; for who holds nothing that they wait for. Rejects when halted. */
  stepBack(live: LiveJob): Promise<void>;
}

export interface LiveJob {
  readonly job: Job;
  standing: Standing;
  /** Processes that have died in one of its steps, as far as is known. */
  deaths: number;
  /** Aborted when somebody asks to cancel it. */
  readonly cancelled: AbortController;
  /** Aborted, with the problem, when the backend has held it for too long. */
  readonly expired: AbortController;
  /** Aborted when its chat has been away for too long. */
  readonly undeliverable: AbortController;
  /** Writes the record as it now is, after all earlier writes. Throws EaselError `store-failed`. */
  save(): Promise<void>;
  /** As `save`, where going on without the record is better than stopping: a failure is only logged. */
  trySave(): Promise<void>;
  show(standing: Standing): void;
  /** What every log line about the job carries. */
  facts(): Record<string, unknown>;
}

export function createLiveJob(
  job: Job,
  standing: Standing,
  deps: Pick<JobDeps, 'store' | 'audience' | 'log'>,
): LiveJob {
  return new Live(job, standing, deps);
}

/** A class, and signals made when they are asked for: thousands wait, and what each holds is held for hours. */
class Live implements LiveJob {
  readonly job: Job;
  standing: Standing;
  deaths: number;
  readonly #deps: Pick<JobDeps, 'store' | 'audience' | 'log'>;
  #last: Promise<void> | undefined;
  #writes = 0;
  #cancelled: AbortController | undefined;
  #expired: AbortController | undefined;
  #undeliverable: AbortController | undefined;

  constructor(job: Job, standing: Standing, deps: Pick<JobDeps, 'store' | 'audience' | 'log'>) {
    this.job = job;
    this.standing = standing;
    this.deaths = job.heavy ?? 0;
    this.#deps = deps;
    if (job.cancelledBy !== undefined) this.cancelled.abort();
  }

  get cancelled(): AbortController {
    return (this.#cancelled ??= new AbortController());
  }

  get expired(): AbortController {
    return (this.#expired ??= new AbortController());
  }

  get undeliverable(): AbortController {
    return (this.#undeliverable ??= new AbortController());
  }

  save(): Promise<void> {
    const write = () => this.#deps.store.save(this.job);
    const saved = this.#last ? this.#last.then(write) : write();
    this.#last = this.#settled(saved);
    return saved;
  }

  /** The next write must not depend on this one's success; who called `save` hears of the failure. */
  async #settled(saved: Promise<void>): Promise<void> {
    this.#writes += 1;
    await saved.catch(() => undefined);
    this.#writes -= 1;
    if (this.#writes === 0) this.#last = undefined;
  }

  async trySave(): Promise<void> {
    try {
      await this.save();
    } catch (error) {
      this.#deps.log.error({ ...this.facts(), err: error }, 'job record not stored, going on');
    }
  }

  show(next: Standing): void {
    this.standing = next;
    this.#deps.audience.show(this.job, next);
  }

  facts(): Record<string, unknown> {
    const { id, guild, template, state, promptId } = this.job;
    return {
      job: id,
      guild,
      template: template.name,
      state,
      ...(promptId !== undefined && { prompt: promptId }),
    };
  }
}
