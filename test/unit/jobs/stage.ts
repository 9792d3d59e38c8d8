/** A job manager on a real store, with a backend and an audience in memory; processes on it can die and come again. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Backend } from '../../../src/core/backend.ts';
import type { Files } from '../../../src/core/files.ts';
import type { Job } from '../../../src/core/job.ts';
import type { QueueLimits } from '../../../src/core/queue.ts';
import { createFiles } from '../../../src/files/index.ts';
import { createJobManager, type JobManager, type ManagerOptions } from '../../../src/jobs/manager.ts';
import { createGuildFiles, type GuildFiles } from '../../../src/jobs/runner/guild-files.ts';
import { createQueue } from '../../../src/jobs/queue/index.ts';
import { openJobStore, type JobStore } from '../../../src/jobs/store/store.ts';
import { JOB_TIMING, type JobTiming } from '../../../src/jobs/timing.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';
import { createLife, type Life } from '../../fakes/mortal.ts';
import { createRecordingAudience, type RecordingAudience } from '../../fakes/recording-audience.ts';
import { createRecordingLog, type RecordingLog } from '../../fakes/recording-log.ts';
import { createRecordingMaker, type RecordingMaker } from '../../fakes/recording-maker.ts';
import { createScriptedBackend, type ScriptedBackend } from '../../fakes/comfy/scripted-backend.ts';
import { until } from '../../fakes/until.ts';
import { temporaryFolder } from '../temporary.ts';
import { WORKFLOW } from './sample.ts';
import { PATIENCE_MS } from '../../fakes/patience.ts';

export interface Process {
  manager: JobManager;
  life: Life;
}

/** Of every stage's data folder. */
export const FILES: GuildFiles = createGuildFiles(Buffer.alloc(32, 7));

/** Jobs at once. */
interface Limits {
  /** On the backend. */
  concurrency: number;
  limits: QueueLimits['guild'];
  personLimit: QueueLimits['person'];
}

export interface Stage {
  backend: ScriptedBackend;
  audience: RecordingAudience;
  store: JobStore;
  /** Of its database. */
  uri: string;
  maker: RecordingMaker;
  files: Files;
  clock: ManualClock;
  log: RecordingLog;
  /** Leaves a job in the store as a process before did. */
  leave: (job: Job) => Promise<void>;
  /** States as the store took them, repeats left out. */
  saved: (job: string) => string[];
  /** A new process; not started. */
  open: (
    options?: Partial<Pick<ManagerOptions, 'caps' | 'queue'>> &
      Pick<ManagerOptions['deps'], 'onEnd' | 'tried' | 'disk'> & {
        backend?: Backend;
        timing?: Partial<JobTiming>;
      } & Partial<Limits>,
  ) => Process;
  /** Resolves to the record once the job has ended. */
  ended: (job: string) => Promise<Job>;
}

/** `given`: where its files are, instead of in a folder of its own. */
export async function createStage(given?: Files): Promise<Stage> {
  const backend = createScriptedBackend();
  const audience = createRecordingAudience();
  const log = createRecordingLog();
  const clock = createManualClock(1_000_000, { skipping: true });
  const folder = await temporaryFolder();
  const uri = `sqlite://${join(folder, 'jobs.sqlite')}`;
  const real = await openJobStore(uri, log);
  const files = given ?? createFiles({ directory: folder, clock, log });
  const maker = createRecordingMaker();
  const states = new Map<string, string[]>();
  const ended = new Map<string, Job>();
  const managers: JobManager[] = [];
  onTestFinished(async () => {
    audience.release();
    clock.skipping = true;
    clock.advance(60_000);
    await Promise.all(managers.map((manager) => manager.stop(0)));
    await real.close();
  });

  const store: JobStore = {
    ...real,
    async save(job) {
      await real.save(job);
      const known = states.get(job.id) ?? [];
      if (known.at(-1) !== job.state) states.set(job.id, [...known, job.state]);
      if (job.times.ended !== undefined) ended.set(job.id, structuredClone(job));
    },
  };

  return {
    backend,
    audience,
    store,
    uri,
    maker,
    files,
    clock,
    log,
    async leave(job) {
      await store.saveGraph(job, WORKFLOW, { changes: [], images: [] });
      await store.save(job);
    },
    saved: (job) => states.get(job) ?? [],
    open({ backend: own = backend, timing, onEnd, tried, disk, queue, caps, ...limits } = {}) {
      const life = createLife();
      const manager = createJobManager({
        deps: {
          store: life.port('store', store),
          files: life.port('files', files),
          backend: life.port('backend', own),
          audience: life.port('audience', audience),
          workshop: { files, folder: join(folder, 'made'), maker: life.port('maker', maker) },
          guildFiles: FILES,
          clock,
          log,
          timing: { ...JOB_TIMING, ...timing },
          onEnd,
          tried,
          disk,
        },
        queue: queue ?? createQueue(limitsOf(own.name, limits)),
        caps: caps ?? (() => ({ guild: 1000, user: 1000 })),
      });
      managers.push({ ...manager, stop: async (graceMs) => (life.dead ? undefined : manager.stop(graceMs)) });
      return { manager, life };
    },
    ended: (job) => until(() => ended.get(job), `the end of ${job}`),
  };
}

function limitsOf(
  backend: string,
  {
    concurrency = 10,
    limits = () => ({ guild: 10, user: 10 }),
    personLimit = () => Infinity,
  }: Partial<Limits>,
): QueueLimits {
  return { guild: limits, person: personLimit, backends: () => new Map([[backend, concurrency]]) };
}

/** The usual beginning: a stage with one running process. */
export async function startStage(
  options: Parameters<Stage['open']>[0] = {},
): Promise<Stage & { manager: JobManager }> {
  const stage = await createStage();
  const { manager } = stage.open(options);
  await manager.start();
  return { ...stage, manager };
}

/** As `startStage`, on a clock that stands until the test lets time pass. */
export async function startStandingStage(
  options: Parameters<Stage['open']>[0] = {},
): ReturnType<typeof startStage> {
  const stage = await startStage(options);
  stage.clock.skipping = false;
  return stage;
}

/** Lets time pass, a tenth of a second after the other, until it is there. */
export async function eventually<T>(
  { clock }: Pick<Stage, 'clock'>,
  look: () => T | undefined | false,
): Promise<T> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`never came: ${look.toString()}`);
    await clock.pass(100);
  }
}

/** As `ended`, on a clock that stands. */
export async function ending(stage: Stage, job: string): Promise<Job> {
  let record: Job | undefined;
  void (async () => {
    record = await stage.ended(job);
  })();
  return eventually(stage, () => record);
}
