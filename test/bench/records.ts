/**
 * `npm run bench:records`: what a job costs to keep, with the largest template that comes with Easel: heap for each of
 * 10,000 that wait, ten of each person, as they came and as a restart finds them, and bytes of the database's pages for
 * each of 5,000 that have ended.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { requestOf } from '../../src/commands/verbs/run.ts';
import type { Audience } from '../../src/core/audience.ts';
import type { Job } from '../../src/core/job.ts';
import type { Log } from '../../src/core/log.ts';
import type { PictureJudge } from '../../src/core/pictures.ts';
import type { Template } from '../../src/core/template.ts';
import { systemClock } from '../../src/core/time.ts';
import { createFiles } from '../../src/files/index.ts';
import { createGuildFiles } from '../../src/jobs/runner/guild-files.ts';
import { createJobManager, type JobManager } from '../../src/jobs/manager.ts';
import { createQueue } from '../../src/jobs/queue/index.ts';
import { openJobStore, type JobStore } from '../../src/jobs/store/store.ts';
import { JOB_TIMING } from '../../src/jobs/timing.ts';
import { loadTemplates } from '../../src/templates/library/load.ts';
import { randomSeed, readValues, type RawValues } from '../../src/templates/values.ts';
import { createRecordingMaker } from '../fakes/recording-maker.ts';
import { createScriptedBackend } from '../fakes/comfy/scripted-backend.ts';

const GUILDS = 100;
const PEOPLE = 1000;
const WAITING = 10_000;
const ENDED = 5000;
/** Of what a person typed and a platform gave us, as long as they usually are. */
const PROMPT = 'a red fox on a hill at dawn, soft light, mist between the trees, 35mm photograph, number ';
const TOKEN = 'aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEyMzQ1Njc4OTpXbEJ4'.repeat(4);

/** Nobody asks: nothing is attached. */
const NO_PICTURES: PictureJudge = {
  convert: async () => ({ trouble: 'cannot' }),
  inspect: async () => ({ trouble: 'cannot' }),
};
const PICTURE = { name: 'holiday.png', load: async () => new Uint8Array() };

const log: Log = { debug: ignore, info: ignore, warn: ignore, error: fail };
const folder = await mkdtemp(join(tmpdir(), 'easel-bench-'));
const uri = `sqlite://${join(folder, 'easel.sqlite')}`;
try {
  const { templates } = await loadTemplates('templates');
  const size = ({ documents }: Template): number => documents.workflow.length;
  const template = templates.toSorted((a, b) => size(b) - size(a))[0];
  if (!template) throw new Error('no template');
  say(`/${template.name}`);
  await waiting(template);
  await ended(template);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function waiting(template: Template): Promise<void> {
  let store = await openJobStore(uri, log);
  let jobs = manager(store);
  await jobs.start();
  await submit(template, jobs, -1);
  const before = heap();
  for (let n = 0; n < WAITING; n += 100)
    await Promise.all(Array.from({ length: 100 }, (_, m) => submit(template, jobs, n + m)));
  const came = (heap() - before) / WAITING;
  await jobs.stop(0);
  await store.close();

  store = await openJobStore(uri, log);
  jobs = manager(store);
  const empty = heap();
  await jobs.start();
  const found = (heap() - empty) / WAITING;
  say(`  waiting: ${came.toFixed(0)} bytes of heap as it came, ${found.toFixed(0)} after a restart`);
  await jobs.stop(0);
  await store.close();
}

async function ended(template: Template): Promise<void> {
  const store = await openJobStore(uri, log);
  const all = await store.unfinished();
  for (const job of all.slice(0, ENDED)) {
    const output = { node: '9', kind: 'image', subfolder: '', type: 'output' } as const;
    const outputs = [{ ...output, filename: `easel_${template.name}_00001_.png` }];
    const now = job.times.queued + 9000;
    const times = { ...job.times, started: now - 5000, done: now - 400, ended: now };
    const over: Job = { ...job, times, state: 'succeeded', end: { kind: 'succeeded', outputs } };
    await store.save({ ...over, promptId: job.id, attempts: 1, delivered: 1 });
  }
  await store.close();
  const database = new DatabaseSync(uri.slice('sqlite://'.length));
  const pages = database.prepare(`SELECT sum(pgsize) AS bytes FROM dbstat WHERE name LIKE '%ended%'`).get();
  const texts = database.prepare('SELECT avg(length(CAST(value AS BLOB))) AS bytes FROM ended').get();
  database.close();
  const each = Number(pages?.['bytes']) / ENDED;
  say(
    `  ended: ${each.toFixed(0)} bytes of pages, of which ${Number(texts?.['bytes']).toFixed(0)} are the record`,
  );
}

async function submit(template: Template, jobs: JobManager, n: number): Promise<void> {
  const values = readValues(template, rawOf(template, n), randomSeed);
  const person = n % PEOPLE;
  const caller = {
    platform: 'test',
    guild: idOf('2', person % GUILDS),
    user: idOf('3', person),
    locale: 'en-US',
    channel: idOf('4', person % GUILDS),
    admin: false,
  };
  const reply = {
    application: '100000000000000001',
    token: `${TOKEN}${n}`,
    expires: Date.now(),
    channel: caller.channel,
    message: idOf('5', n),
    user: caller.user,
    fileLimit: 10 * 1024 * 1024,
    private: false,
  };
  const prepared = { caller, template, values, attachments: [], mayName: [] };
  await jobs.submit(await requestOf(prepared, reply, new AbortController().signal, NO_PICTURES));
}

/** Whatever it asks for; a picture is only named, since its bytes are kept elsewhere. */
function rawOf({ slots }: Template, n: number): RawValues {
  const asked = Object.entries(slots).filter(([, { required }]) => required);
  return Object.fromEntries(
    asked.map(([slot, { type }]) => [slot, type === 'image' ? PICTURE : `${PROMPT}${n}`]),
  );
}

/** As Discord's are. */
function idOf(kind: string, n: number): string {
  return kind + String(n).padStart(18, '0');
}

function manager(store: JobStore): JobManager {
  const audience: Audience = {
    knows: () => true,
    takesAll: () => true,
    reaches: () => true,
    check: async () => undefined,
    show: ignore,
    claim: async () => undefined,
    deliver: async (_job, { sent }) => sent(1),
  };
  const files = createFiles({ directory: folder, clock: systemClock, log });
  return createJobManager({
    deps: {
      store,
      backend: createScriptedBackend(),
      files,
      workshop: { files, folder: join(folder, 'made'), maker: createRecordingMaker() },
      audience,
      guildFiles: createGuildFiles(Buffer.alloc(32)),
      clock: systemClock,
      timing: JOB_TIMING,
      log,
    },
    queue: createQueue({
      guild: () => ({ guild: 100, user: 100 }),
      person: () => Infinity,
      backends: () => new Map(),
    }),
    caps: () => ({ guild: 1e6, user: 1e6 }),
  });
}

function heap(): number {
  if (!globalThis.gc) throw new Error('run it with --expose-gc');
  for (let n = 0; n < 4; n += 1) globalThis.gc();
  return process.memoryUsage().heapUsed;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(facts: unknown): void {
  throw new Error('logged', { cause: facts });
}

function ignore(): void {}
