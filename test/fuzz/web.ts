/**
 * What can be sent to the page's server: requests as the page makes them, bent in their path, headers and body, to all
 * of its routes behind their guard, with a token and without. There is no socket: Hono answers.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createOperator } from '../../src/commands/operator/operator.ts';
import type { Chat } from '../../src/core/chat.ts';
import type { Job } from '../../src/core/job.ts';
import { systemClock, type Clock } from '../../src/core/time.ts';
import { loadAssets } from '../../src/platforms/web/assets.ts';
import { SIGN_IN_FILES } from '../../src/platforms/web/door/sign-in-page.ts';
import { createWeb, type Web } from '../../src/platforms/web/index.ts';
import { WEB, webCaller } from '../../src/platforms/web/context.ts';
import { MAX_STREAMS } from '../../src/platforms/web/streams.ts';
import { openTable } from '../../src/store/index.ts';
import { sampleJob } from '../unit/jobs/sample.ts';
import type { Border, Outcome } from './harness.ts';
import { createJudgingLog, type JudgingLog } from './log.ts';
import { asked, type Asked, type Known } from './web-request.ts';
import { keptFolder } from '../fakes/disk.ts';
import { openStage, SKETCH } from './stage.ts';

const FRESH = 1000;
/** An answer that takes longer is none. */
const NEVER_MS = 5000;
/** What routes are told of the connection. */
const SOCKET = { incoming: { socket: { remoteAddress: '127.0.0.1' } } };
const TOKEN = 'the-token-of-whoever-runs-easel';

interface House {
  open: Web;
  locked: Web;
  known: Known;
  close(): Promise<void>;
}

export const web: Border = {
  name: 'web',
  async open() {
    const log = createJudgingLog();
    const files = {
      workflow: new Uint8Array(await readFile(SKETCH)),
      picture: new Uint8Array(await readFile('test/fixtures/saved-by-comfyui.png')),
    };
    let fed = 0;
    // so that wrong tokens are forgotten again, and nothing waits
    const clock: Clock = { ...systemClock, monotonic: () => systemClock.monotonic() + fed * 6000 };
    let house = await openHouse(log, clock, files);
    // beside the inputs, whose time is taken; what `leave` rejects with is a promise that nobody caught, so a crash
    let next = openHouse(log, clock, files);
    let leaving = Promise.resolve();
    return {
      async feed({ random, show }) {
        fed += 1;
        if (fed % FRESH === 0) {
          leaving = leave(house);
          house = await next;
          next = openHouse(log, clock, files);
        }
        const isLocked = random.below(2) === 0;
        const request = await asked(random, house.known, isLocked);
        show({ isLocked, ...request });
        const { routes } = isLocked ? house.locked : house.open;
        try {
          return await answered(routes, request, house.known);
        } finally {
          // what was written down says more than the answer
          log.verdict(true);
        }
      },
      async close() {
        await Promise.allSettled([leaving]);
        await house.close();
        await (await next).close();
      },
    };
  },
};

interface Files {
  workflow: Uint8Array<ArrayBuffer>;
  picture: Uint8Array<ArrayBuffer>;
}

/** One set of verbs behind two doors, and some replies to be seen. */
async function openHouse(log: JudgingLog, clock: Clock, files: Files): Promise<House> {
  const stage = await openStage(webCaller('en'), log);
  const folder = await mkdtemp(join(tmpdir(), 'easel-fuzz-web-'));
  const chats = new Map<string, Chat>();
  const { commands, jobs, backend } = stage;
  const operator = createOperator({
    jobs,
    backend,
    chats,
    concurrency: 1,
    failures: { newest: () => [] },
    home: { platform: WEB, guild: WEB, name: 'here' },
    clock,
    log,
  });
  const tables = await Promise.all(
    ['open', 'locked', 'open_sessions', 'locked_sessions'].map((name) =>
      openTable(`sqlite://${join(folder, 'web.sqlite')}`, name, log),
    ),
  );
  const build = (index: number, local: boolean) => {
    const [table, sessions] = [tables[index], tables[index + 2]];
    if (!table || !sessions) throw new Error('no table');
    const directory = join(folder, String(index));
    const served = { name: 'the test backend', sandbox: true };
    return createWeb({
      commands,
      operator,
      backend: served,
      chat: true,
      door: { token: TOKEN, local, proxies: [] },
      table,
      sessions,
      secrets: [TOKEN],
      directory,
      kept: keptFolder({ directory, log }),
      clock,
      log,
    });
  };
  const [open, locked] = await Promise.all([build(0, true), build(1, false)]);
  chats.set(WEB, open);
  const live = (await jobs.list(WEB)).map(({ job }) => job);
  const done = sampleJob({ platform: WEB, guild: WEB, user: 'you', reply: { asked: 'a fox' } });
  for (const chat of [open, locked]) await replies(chat, done, live, files);
  return {
    open,
    locked,
    known: {
      draft: stage.draft,
      jobs: [...live, done].map(({ id }) => id),
      openCookie: await session(open, '127.0.0.1:3000'),
      cookie: await session(locked, 'easel.example'),
      token: TOKEN,
      ...files,
    },
    async close() {
      await open.stop();
      await locked.stop();
      await Promise.all(tables.map((table) => table.close()));
      await stage.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One that is final, with a picture and a file; and of those that run, with a preview. */
async function replies(
  chat: Web,
  done: Job,
  live: readonly Job[],
  { workflow, picture }: Files,
): Promise<void> {
  const view = { title: 'a fox', status: '', facts: [], notes: [], buttons: [] };
  const shown = { name: 'a.png', type: 'image/png', bytes: picture };
  const kept = [shown, { name: 'a.html', type: 'text/html', bytes: workflow }];
  const signal = new AbortController().signal;
  for (const job of live) chat.show(job, () => ({ ...view, tone: 'working', preview: shown }));
  const folder = await mkdtemp(join(tmpdir(), 'easel-fuzz-'));
  const stored = await Promise.all(
    kept.map(async ({ name, type, bytes }) => {
      const path = join(folder, name);
      await writeFile(path, bytes);
      return { name, type, size: bytes.length, path };
    }),
  );
  await chat.deliver(done, { ...view, tone: 'done' }, stored, async () => undefined, signal);
  await rm(folder, { recursive: true });
}

async function leave(house: House): Promise<void> {
  try {
    const { cookie, openCookie } = house.known;
    await requireNoPages(house.open, openCookie);
    await requireNoPages(house.locked, cookie);
  } finally {
    await house.close();
  }
}

/** Nobody listens any more, so that as many pages as there may be can be opened. */
async function requireNoPages({ routes }: Web, cookie: string): Promise<void> {
  const headers = { host: '127.0.0.1:3000', cookie };
  const pages = await Promise.all(
    Array.from({ length: MAX_STREAMS }, async () => routes.request('/api/events', { headers }, SOCKET)),
  );
  const refused = pages.filter(({ ok }) => !ok).length;
  await Promise.all(pages.map(textOf));
  if (refused > 0) throw new Error(`${refused} pages that have gone are still told`);
}

async function session({ routes }: Web, host: string): Promise<string> {
  const headers = { host, origin: `https://${host}` };
  const body = new URLSearchParams({ token: TOKEN });
  const answer = await routes.request('/sign-in', { method: 'POST', headers, body }, SOCKET);
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
  if (answer.status !== 303) throw new Error('it does not let us in');
  return cookie;
}

/** These are shown to everybody. */
const FOR_EVERYBODY = ['/sign-in', ...SIGN_IN_FILES.map(loadAssets({}).addressOf)];

/** Throws what is a crash; nothing that it throws is a refusal. */
async function answered(routes: Web['routes'], request: Asked, known: Known): Promise<Outcome> {
  const { method, path, headers, body, isStranger } = request;
  const url = new URL(`http://127.0.0.1${path}`);
  const init = { method, headers, ...(body !== undefined && { body }) };
  let answer: Response;
  try {
    answer = await inTime(Promise.resolve(routes.fetch(new Request(url, init), SOCKET)));
  } catch (error) {
    throw new Error('it was not answered', { cause: error });
  }
  const { status } = answer;
  const said = await inTime(textOf(answer));
  if (status >= 500) throw new Error(`${status}: ${said}`);
  if (!answer.headers.get('content-security-policy')?.includes("default-src 'none'"))
    throw new Error(`${status} without a policy`);
  const told = said + JSON.stringify([...answer.headers]);
  if (told.includes(TOKEN)) throw new Error('it tells the token');
  if (isStranger && answer.ok && !FOR_EVERYBODY.includes(decoded(url.pathname)))
    throw new Error('it lets a stranger in');
  if (answer.headers.get('content-type')?.startsWith('application/json') && method !== 'HEAD')
    learn(JSON.parse(said), status, known);
  return status < 400 ? 'accepted' : 'refused';
}

/** As routes see it; what is not well encoded is none of them. */
function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** What the next requests can be about. A refusal says why. */
function learn(said: unknown, status: number, known: Known): void {
  if (typeof said !== 'object' || said === null) throw new Error('it is no object');
  if (status < 400) {
    if ('id' in said && typeof said.id === 'string' && 'nodes' in said) known.draft = said.id;
  } else if (!('error' in said) || typeof said.error !== 'string' || said.error.trim() === '')
    throw new Error(`${status} without a sentence`);
}

/** All of it; of events only the first, since more come for as long as somebody listens. */
async function textOf(answer: Response): Promise<string> {
  if (!answer.headers.get('content-type')?.startsWith('text/event-stream') || !answer.body)
    return answer.text();
  const reader = answer.body.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return Buffer.from(value ?? []).toString();
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  const enough = new AbortController();
  const late = delay(NEVER_MS, undefined, { signal: enough.signal }).then(() => {
    throw new Error('it is never answered');
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    late.catch(() => undefined);
    enough.abort();
  }
}
