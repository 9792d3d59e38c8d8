/**
 * `npm run soak [-- --jobs 5000 --every 1000 --chat slack --own-sandbox]`: quick jobs through an Easel that is a process
 * of its own; the chat, and unless it shall be Easel's own the sandbox, are in this one. After the first
 * thousand jobs nothing may grow any more; exit code 1 when something does.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startSandbox } from '../../src/sandbox/index.ts';
import { temporaryFolder } from '../world/easel.ts';
import { spawnEasel } from '../world/process.ts';
import { discordChat, slackChat } from './chats.ts';

/** What RSS may be above what it was after the first measured jobs. */
const MAX_GROWTH = 1.1;
/** Of timers, signals and listeners: those of the jobs that are measured in passing, not of those that ended. */
const SLACK = 25;
/** Jobs open at the same time. */
const OPEN = 6;
const TEMPLATES = 'test/fixtures/templates';
/** As `npm start` has them. */
const FLAGS = '--max-semi-space-size=4';

const Measured = z.object({
  soak: z.string(),
  /** Before anything was collected. */
  busy: z.number(),
  rss: z.number(),
  heapUsed: z.number(),
  external: z.number(),
  active: z.number(),
  timers: z.number(),
  signals: z.number(),
  listeners: z.number(),
  most: z.number(),
});
type Measured = z.infer<typeof Measured>;

const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '5000' },
    every: { type: 'string', default: '1000' },
    chat: { type: 'string', default: 'discord' },
    'own-sandbox': { type: 'boolean', default: false },
  },
});
const [jobs, every] = [Number(values.jobs), Number(values.every)];
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const [chat, sandbox, folder] = await Promise.all([
  values.chat === 'slack' ? slackChat(TEMPLATES) : discordChat(),
  startSandbox({ stepMs: 0, nodeMs: 0 }),
  temporaryFolder(),
]);
const easel = spawnEasel(
  {
    ...chat.environment,
    TEMPLATES_DIR: TEMPLATES,
    ...(!values['own-sandbox'] && { COMFY_URL: sandbox.url }),
    DATA_DIR: folder.path,
    USER_CONCURRENCY: String(OPEN),
    GUILD_CONCURRENCY: String(OPEN),
    LOG_LEVEL: 'warn',
    NODE_OPTIONS: FLAGS,
  },
  [],
  'test/soak/bot.ts',
);
let over = false;
void easel.ended.then((code) => {
  if (over) return;
  say(`Easel ended (${code}): ${easel.output()}`);
  process.exit(1);
});

async function measure(name: string): Promise<Measured> {
  easel.write(name);
  await easel.says(new RegExp(`"soak":"${name}".*\\n`));
  const line = easel
    .output()
    .split('\n')
    .findLast((each) => each.includes(`"soak":"${name}"`));
  return Measured.parse(JSON.parse(line ?? ''));
}

function report(each: Measured): void {
  const MB = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  const { busy, rss, heapUsed, external, active, timers, signals, listeners, most } = each;
  say(
    `${each.soak.padStart(6)} jobs: RSS ${MB(rss)} (busy ${MB(busy)}), heap ${MB(heapUsed)}, external ${MB(external)}, ` +
      `timers ${active} active of ${timers}, signals ${signals}, ` +
      `listeners ${listeners} (${most} on one)`,
  );
}

let asked = 0;

async function ask(): Promise<void> {
  asked += 1;
  await chat.ask(`job ${asked}`);
}

/** Keeps so many open until there were `total`; rejects with the first that fails. */
async function upTo(total: number): Promise<void> {
  const person = async () => {
    while (asked < total) await ask();
  };
  await Promise.all(Array.from({ length: OPEN }, person));
  // what was asked is not needed any more
  chat.forget();
}

await chat.connected();
report(await measure('0'));
const began = performance.now();
const measured: Measured[] = [];
for (let total = every; total <= jobs; total += every) {
  await upTo(total);
  // after the last reply its records are still being written
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const each = await measure(String(total));
  report(each);
  measured.push(each);
}
say(`${asked} jobs in ${Math.round((performance.now() - began) / 1000)} s`);

const [first] = measured;
const last = measured.at(-1);
const broken: string[] = [];
if (first && last) {
  if (last.rss > first.rss * MAX_GROWTH) broken.push(`RSS grew by ${grown(first.rss, last.rss)} %`);
  for (const name of ['active', 'timers', 'signals', 'listeners', 'most'] as const)
    if (last[name] > first[name] + SLACK) broken.push(`${name} grew from ${first[name]} to ${last[name]}`);
}
for (const why of [...broken, ...chat.violations.slice(0, 5)]) say(`     ${why}`);
say(broken.length === 0 ? 'ok' : 'FAIL');
over = true;
easel.signal('SIGKILL');
await Promise.all([chat.stop(), sandbox.stop()]);
await folder.remove();
process.exit(broken.length > 0 ? 1 : 0);

function grown(before: number, after: number): number {
  return Math.round((after / before - 1) * 100);
}
