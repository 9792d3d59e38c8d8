/** `npm run chaos [-- --seed N --only NAME --rows NAME --size 0.2]`: every scenario, one line each; exit code 1 when a promise is broken. */
import { parseArgs } from 'node:util';
import { createRandom } from '../fakes/random.ts';
import { badDiscord } from './bad-discord.ts';
import { badDisk } from './bad-disk.ts';
import { badHttp } from './bad-http.ts';
import { badSlack } from './bad-slack.ts';
import { badSockets } from './bad-sockets.ts';
import { durations } from './durations.ts';
import { killBackend } from './kill-backend.ts';
import { killBot } from './kill-bot.ts';
import { load } from './load.ts';
import { midway } from './midway.ts';
import { poison } from './poison.ts';
import { perform, type Scenario } from './scenario.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    only: { type: 'string' },
    /** Of the durations, those with this in their name. */
    rows: { type: 'string' },
    /** How much of each scenario, 1 is all of it. */
    size: { type: 'string', default: '1' },
    /** For all of them together. */
    minutes: { type: 'string', default: '15' },
  },
});
const SCENARIOS: readonly Scenario[] = [
  killBot,
  killBackend,
  badSockets,
  badHttp,
  badDiscord,
  badSlack,
  badDisk,
  poison,
  midway,
  durations(values.rows),
  load,
];
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => interrupt.abort(new Error(`stopped by ${signal}`)));
const limit = setTimeout(
  () => interrupt.abort(new Error(`not over within ${values.minutes} minutes`)),
  Number(values.minutes) * 60_000,
).unref();

const say = (line: string): void => void process.stdout.write(`${line}\n`);
say(`seed ${seed}`);
let broken = 0;
for (const [index, scenario] of SCENARIOS.entries()) {
  if (values.only !== undefined && !scenario.name.includes(values.only)) continue;
  if (interrupt.signal.aborted) break;
  // its own numbers, so that one alone does what it does among all
  const random = createRandom(seed * 1000 + index);
  const report = await perform(scenario, { random, size: Number(values.size), interrupt: interrupt.signal });
  const mark = report.broken.length === 0 ? 'ok  ' : 'FAIL';
  say(`${mark} ${scenario.name}: ${report.figures}, ${Math.round(report.ms / 1000)} s`);
  for (const why of report.broken) say(`     ${why}`);
  broken += report.broken.length;
}
clearTimeout(limit);
// what a failed scenario left behind must not keep us
process.exit(broken > 0 || interrupt.signal.aborted ? 1 : 0);
