/** Outages that last: seconds in real time, hours by a clock that runs faster. Nothing may fail, be lost or told twice. */
import { createRandom } from '../fakes/random.ts';
import type { Outage as DiscordOutage } from '../fakes/discord/faults.ts';
import type { Outage as SlackOutage } from '../fakes/slack/faults.ts';
import type { Away } from './network.ts';
import { outage, type Course, type Row } from './outage.ts';
import { pause } from './party.ts';
import { perform, type Scenario, type Stage } from './scenario.ts';
import { CLOUD } from './servers.ts';

/** Side by side: each waits more than it does. */
const LANES = 10;

/** Orders that are told of, of those that a promise was broken to. */
const EXAMPLES = 2;

const HOUR = 3_600_000;
/** Lengths of outages: in real time, and by a clock that is that much faster. */
const SHORT = { seconds: 5 };
const MINUTE = { seconds: 60 };
const LONG = { seconds: 20 * 60, speed: 60 };
const HOURS = { seconds: 3 * 3600, speed: 300 };

const discordAway =
  (away: DiscordOutage) =>
  ({ servers }: Course) =>
    servers.discord.faults.outage(away);
const slackAway =
  (away: SlackOutage) =>
  ({ servers }: Course) =>
    servers.slack.faults.outage(away);
const backendAway =
  (away: Away) =>
  ({ network }: Course) =>
    network.away(away);

/** People are answered at first, and not told the end. */
const BUT_FIRST_ANSWERS = /^(?!\/interactions\/)/;
const expire = ({ servers }: Course) => servers.discord.expireInteractionTokens();
const restart = ({ bot }: Course) => bot.restart();

const discord = (answer: DiscordOutage['answer'], rest: Partial<Row> & typeof SHORT): Row => ({
  name: `Discord answers ${answer}`,
  chats: ['discord'],
  begin: discordAway({ answer }),
  ...rest,
});
const slack = (answer: SlackOutage['answer'], rest: Partial<Row> & typeof SHORT): Row => ({
  name: `Slack answers ${answer}`,
  chats: ['slack'],
  begin: slackAway({ answer }),
  ...rest,
});

const CHAT: readonly Row[] = [
  discord(500, SHORT),
  discord(500, { ...MINUTE, begin: discordAway({ answer: 500, cdn: true }) }),
  discord(500, {
    ...MINUTE,
    name: 'Discord answers 500, but for first answers, 24 wait',
    begin: discordAway({ answer: 500, routes: BUT_FIRST_ANSWERS }),
    waiting: 24,
    sandbox: CLOUD,
  }),
  discord(500, { ...MINUTE, name: 'Discord answers 500, Easel killed', apart: true, midway: restart }),
  discord('reset', MINUTE),
  discord('hang', MINUTE),
  discord(502, {
    ...LONG,
    begin: discordAway({ answer: 502, routes: BUT_FIRST_ANSWERS }),
    midway: expire,
  }),
  discord(500, { ...HOURS, begin: discordAway({ answer: 500, routes: BUT_FIRST_ANSWERS }), midway: expire }),
  slack(500, SHORT),
  slack(500, MINUTE),
  slack('internal_error', { ...MINUTE, waiting: 24, sandbox: CLOUD }),
  slack('reset', MINUTE),
  slack('internal_error', {
    ...MINUTE,
    name: 'Slack answers internal_error, Easel killed',
    apart: true,
    midway: restart,
  }),
  slack(503, LONG),
  slack('service_unavailable', HOURS),
];

const BACKEND: readonly Row[] = [
  { name: 'backend refuses', ...SHORT, begin: backendAway({ how: 'refuse' }) },
  { name: 'backend refuses', ...MINUTE, begin: backendAway({ how: 'refuse' }) },
  {
    name: 'backend refuses, Easel killed',
    ...MINUTE,
    begin: backendAway({ how: 'refuse' }),
    apart: true,
    midway: restart,
  },
  { name: 'backend resets', ...MINUTE, sandbox: CLOUD, begin: backendAway({ how: 'reset' }) },
  { name: 'backend answers 502', ...MINUTE, sandbox: CLOUD, begin: backendAway({ how: 502 }), waiting: 18 },
  { name: 'backend hangs', ...MINUTE, begin: backendAway({ how: 'hang' }) },
  { name: 'backend not there yet', ...MINUTE, begin: backendAway({ how: 'refuse' }), early: true },
  {
    name: 'backend restarted in mid-run',
    ...SHORT,
    begin: restarting,
    // what ran has to run again
    allowed: ['twice'],
  },
  { name: 'backend refuses', ...LONG, begin: backendAway({ how: 'refuse' }) },
  { name: 'backend answers 503', ...HOURS, sandbox: CLOUD, begin: backendAway({ how: 503 }) },
];

/** ComfyUI loses queue and history when it is restarted. */
async function restarting({ network, servers }: Course): Promise<() => Promise<void>> {
  const back = network.away({ how: 'refuse' });
  await servers.sandbox.restart();
  return back;
}

const FILES: readonly Row[] = [
  { name: 'files answer 502', ...SHORT, begin: backendAway({ how: 502, routes: /\/view$/ }) },
  { name: 'files answer 502', ...MINUTE, begin: backendAway({ how: 502, routes: /\/view$/ }) },
  { name: 'files trickle', ...MINUTE, begin: backendAway({ how: 'trickle', routes: /\/view$/ }) },
];

/** As Comfy Cloud answers: the key on every route, credits and subscription where a graph is handed over. */
const account = (how: 401 | 402 | 429, message: string): Pick<Row, 'name' | 'sandbox' | 'begin'> => ({
  name: `account: ${message}`,
  sandbox: CLOUD,
  begin: backendAway({
    how,
    body: JSON.stringify({ message }),
    ...(how !== 401 && { routes: /^POST .*\/prompt$/ }),
  }),
});

const ACCOUNT: readonly Row[] = [
  { ...account(401, 'invalid API key'), ...MINUTE },
  { ...account(402, 'insufficient credits'), ...LONG },
  { ...account(429, 'subscription inactive'), ...HOURS },
];

/** Both while runs are on their way and while their replies are: Discord is away for that. */
const clockJumps = (name: string, ms: number): Row => ({
  name: `wall clock ${name}, twice`,
  ...SHORT,
  async begin(course) {
    course.clock.jump(ms);
    await pause(1000);
    return discordAway({ answer: 500, routes: BUT_FIRST_ANSWERS })(course);
  },
  midway: ({ clock }) => clock.jump(ms),
});

const CLOCK: readonly Row[] = [
  clockJumps('−1 h', -HOUR),
  clockJumps('+1 h', HOUR),
  clockJumps('+1 day', 24 * HOUR),
  {
    name: 'process stopped',
    seconds: 20,
    apart: true,
    begin({ bot }) {
      bot.signal('SIGSTOP');
      return () => bot.signal('SIGCONT');
    },
  },
];

/** Longest ones first, so that none is waited for at the end. */
const ROWS = [...CHAT, ...BACKEND, ...FILES, ...ACCOUNT, ...CLOCK].toSorted(
  (a, b) => b.seconds / (b.speed ?? 1) - a.seconds / (a.speed ?? 1),
);

/** `rows`: only those whose names have it. */
export function durations(rows = ''): Scenario {
  return {
    name: 'durations',
    deadlineMs: 420_000,
    async run(stage) {
      // each has its own numbers, whichever others there are
      const all = ROWS.map((row) => ({ scenario: outage(row), seed: stage.random.below(1e9) }));
      const left = all.filter(({ scenario }) => scenario.name.includes(rows));
      const told: string[] = [];
      const lane = async (): Promise<void> => {
        for (let next = left.shift(); next; next = left.shift())
          told.push(await one(stage, next.scenario, next.seed));
      };
      await Promise.all(Array.from({ length: LANES }, lane));
      return [`${told.length} outages`, ...told.toSorted()].join('\n       ');
    },
  };
}

async function one(stage: Stage, scenario: Scenario, seed: number): Promise<string> {
  const random = createRandom(seed);
  const { size, signal: interrupt, demand } = stage;
  const { broken, figures, ms } = await perform(scenario, { random, size, interrupt });
  for (const why of broken) {
    const [first = '', ...more] = why.trim().split('\n');
    const some = more.slice(0, EXAMPLES);
    if (more.length > some.length) some.push(`       and ${more.length - some.length} more`);
    demand(false, [`${scenario.name}: ${first}`, ...some].join('\n'));
  }
  const mark = broken.length === 0 ? 'ok  ' : 'FAIL';
  return `${mark} ${scenario.name}: ${figures}, ${Math.round(ms / 1000)} s`;
}
