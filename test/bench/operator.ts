/**
 * `npm run bench:operator [-- JOBS]`: how long the event loop is held by a look at the operator's page, by a slot that is
 * freed, by what holds the backend, and by `/queue`, while so many jobs wait (100,000 by default): over 10,000 guilds, and
 * all in one.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createOperator } from '../../src/commands/operator/operator.ts';
import { queueItem } from '../../src/commands/verbs/queue-item.ts';
import type { Audience } from '../../src/core/audience.ts';
import type { Job } from '../../src/core/job.ts';
import type { Log } from '../../src/core/log.ts';
import { systemClock } from '../../src/core/time.ts';
import { english } from '../../src/i18n/index.ts';
import type { FailureRecord } from '../../src/jobs/failures.ts';
import { createGuildFiles } from '../../src/jobs/runner/guild-files.ts';
import { createJobManager } from '../../src/jobs/manager.ts';
import { createRecordingMaker } from '../fakes/recording-maker.ts';
import { createFiles } from '../../src/files/index.ts';
import { createQueue } from '../../src/jobs/queue/index.ts';
import type { JobStore } from '../../src/jobs/store/store.ts';
import { JOB_TIMING } from '../../src/jobs/timing.ts';
import { shownOverview } from '../../src/platforms/web/operator/overview.ts';
import { createScriptedBackend } from '../fakes/comfy/scripted-backend.ts';
import { sampleJob } from '../unit/jobs/sample.ts';

const SLOTS = 4;
const GUILDS = 10_000;
const USERS = 1000;
const TIMES = 100;

const count = Number(process.argv[2] ?? 100_000);

const FAILURES: FailureRecord[] = Array.from({ length: 100 }, (_, n) => ({
  job: `f${n}`,
  at: n,
  platform: 'test',
  guild: `g${n}`,
  user: 'ann',
  template: 'imagine',
  problem: { code: 'run-failed', node: 'KSampler', detail: 'Expected all tensors to be on the same device' },
  prompt: `p${n}`,
}));

for (const guilds of [GUILDS, 1]) await bench(guilds);

async function bench(guilds: number): Promise<void> {
  const backend = createScriptedBackend();
  let told = 0;
  const audience: Audience = {
    knows: () => true,
    takesAll: () => true,
    reaches: () => true,
    check: async () => undefined,
    show: () => void (told += 1),
    claim: async () => undefined,
    deliver: async (_job, { sent }) => sent(1),
  };
  const log: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
  const files = createFiles({ directory: join(tmpdir(), 'easel-bench'), clock: systemClock, log });
  const jobs = createJobManager({
    deps: {
      store: memory(waiting(guilds)),
      backend,
      files,
      audience,
      workshop: { files, folder: join(tmpdir(), 'easel-bench-made'), maker: createRecordingMaker() },
      guildFiles: createGuildFiles(Buffer.alloc(32)),
      clock: systemClock,
      timing: JOB_TIMING,
      log,
    },
    queue: createQueue({
      guild: () => ({ guild: 100, user: 1 }),
      person: () => Infinity,
      backends: () => new Map([[backend.name, SLOTS]]),
    }),
    caps: () => ({ guild: 1000, user: 1000 }),
  });
  const operator = createOperator({
    jobs,
    backend,
    chats: new Map(),
    concurrency: SLOTS,
    failures: { newest: () => FAILURES },
    home: { platform: 'web', guild: 'web', name: 'here' },
    clock: systemClock,
    log,
  });
  const signal = new AbortController().signal;

  say(`${count} jobs in ${guilds} guild${guilds === 1 ? '' : 's'}`);
  const start = await held(() => jobs.start());
  say(`  start         ${start}, ${told} told`);
  let bytes = 0;
  const looks = await each(async () => {
    bytes = JSON.stringify(shownOverview(await operator.overview(signal, 'en'), english(), String)).length;
  });
  say(`  look          ${looks}, ${bytes} bytes`);
  const lists = await each(async () =>
    (await jobs.list('g0')).map((live) => queueItem(live, { locale: 'en', user: 'u0' })),
  );
  say(`  /queue        ${lists}`);
  await systemClock.sleep(1500);
  told = 0;
  const freed = await held(async () => {
    const [open] = [...backend.runs.values()].filter(({ end }) => !end);
    if (!open) throw new Error('nothing runs');
    backend.finish(open.promptId);
  });
  say(`  a freed slot  ${freed}, ${told} told`);
  await jobs.stop(0);
}

/** CPU time of this thread so far, in ms: other work on the machine does not count. */
function busy(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** The longest time that the loop was held at a stretch, and in all, until a quiet while after `work`. */
async function held(work: () => Promise<void>): Promise<string> {
  const QUIET_TURNS = 500;
  const stretches: number[] = [];
  let quiet = 0;
  let isDone = false;
  const done = work().finally(() => (isDone = true));
  for (let last = busy(); quiet < QUIET_TURNS;) {
    await setImmediate();
    const now = busy();
    stretches.push(now - last);
    quiet = isDone && now - last < 0.2 ? quiet + 1 : 0;
    last = now;
  }
  await done;
  const all = stretches.reduce((sum, one) => sum + one, 0);
  // a collection of garbage now and then is another matter
  const [longest = 0, second = 0] = stretches.toSorted((a, b) => b - a);
  return `${longest.toFixed(1)} ms at most, then ${second.toFixed(1)} ms; ${all.toFixed(0)} ms in all`;
}

/** One after another: the first, and what another one costs, since a single one is below what the system counts. */
async function each(work: () => unknown): Promise<string> {
  const times: number[] = [];
  for (let n = 0; n <= TIMES; n += 1) {
    const begin = busy();
    await work();
    times.push(busy() - begin);
  }
  const [first = 0, ...rest] = times;
  const mean = rest.reduce((sum, one) => sum + one, 0) / TIMES;
  return `${mean.toFixed(2)} ms (the first ${first.toFixed(1)}, the longest ${Math.max(...rest).toFixed(1)})`;
}

/** Each person has as many as another. */
function waiting(guilds: number): Job[] {
  return Array.from({ length: count }, (_, n) =>
    sampleJob({
      guild: `g${n % guilds}`,
      user: `u${Math.floor(n / guilds) % USERS}`,
      times: { queued: n + 1 },
    }),
  );
}

function memory(jobs: Job[]): JobStore {
  return {
    save: async () => undefined,
    saveGraph: async () => undefined,
    graphOf: async () => ({ workflow: {}, images: [] }),
    knows: async () => undefined,
    load: async () => undefined,
    unfinished: async () => jobs,
    async *of() {
      yield* jobs.map(({ id }) => ({ id, coming: false }));
    },
    setAside: async () => undefined,
    forget: async () => undefined,
    handOverInputs: async () => undefined,
    saveHold: async () => undefined,
    loadHold: async () => undefined,
    close: async () => undefined,
  };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function ignore(): void {}
