/** 2,000 waiting jobs in 200 guilds, 100 running: limits hold at every step, nobody starves, and the process stays awake. */
import { spawnEasel, type EaselProcess } from '../world/process.ts';
import type { FakeInteraction } from '../fakes/discord/index.ts';
import { pause } from './party.ts';
import { eventually, type Scenario, type Stage } from './scenario.ts';
import { openServers, type Servers } from './servers.ts';
import { onSandbox } from '../world/environment.ts';

const GUILDS = 200;
const PEOPLE = 5;
const JOBS_EACH = 2;
const RUNNING = 100;
const GUILD_LIMIT = 2;
const USER_LIMIT = 1;
/** Asked and not acknowledged at the same time. */
const AT_ONCE = 10;
/** How long the running is watched. */
const RUN_MS = 60_000;
const P99_MS = 50;
/** Discord waits three seconds. */
const ADMISSION_MS = 2000;

/** What the backend sees of a guild or a person. */
interface Line {
  asked: number;
  started: number;
  running: number;
  finished: number;
}

interface Ledger {
  guilds: Map<string, Line>;
  most: { running: number; guild: number; user: number };
  /** The largest difference of what guilds had finished while all of them had something waiting. */
  apart: number;
  begin: () => void;
}

export const load: Scenario = {
  name: 'load',
  deadlineMs: 170_000,
  async run(stage) {
    const guilds = Math.ceil(GUILDS * stage.size);
    const running = Math.ceil(RUNNING * stage.size);
    const servers = await openServers(stage, {
      dialect: 'cloud',
      parallel: running,
      stepMs: 40,
      chooseOwnIds: true,
    });
    const ledger = keepLedger(servers, guilds);
    const bot = await startBot(stage, servers);
    const asked = await askEverybody(stage, servers, ledger, guilds);
    const admission = asked.map(({ ackMs = Infinity }) => ackMs).toSorted((a, b) => a - b);
    const whileAsked = await delays(stage, bot);
    ledger.begin();
    const done = () => asked.filter((one) => one.message()?.content.includes('Done in')).length;
    // discord.js makes 50 requests a second, so that all of it would take minutes
    const enough = performance.now() + RUN_MS;
    await eventually(stage, () => done() === asked.length || performance.now() > enough, 250);
    const whileRun = await delays(stage, bot);
    const finished = done();
    bot.signal('SIGKILL');
    await bot.ended;
    stage.demand(finished >= Math.min(asked.length, guilds), `only ${finished} jobs ended`);

    const { most, apart } = ledger;
    stage.demand(most.running <= running, `${most.running} ran at once`);
    stage.demand(most.guild <= GUILD_LIMIT, `${most.guild} ran at once in a guild`);
    stage.demand(most.user <= USER_LIMIT, `${most.user} ran at once for one person`);
    stage.demand(apart <= GUILD_LIMIT + 1, `a guild was ${apart} jobs behind another one`);
    stage.demand(Math.max(whileAsked.p99, whileRun.p99) < P99_MS, 'the event loop was blocked');
    const p = (share: number) => Math.round(admission[Math.floor(share * (admission.length - 1))] ?? 0);
    stage.demand(p(1) < ADMISSION_MS, `somebody waited ${p(1)} ms for the first answer`);
    return [
      `${asked.length} jobs in ${guilds} guilds, ${most.running} running:`,
      `most in a guild ${most.guild} of ${GUILD_LIMIT}, of a person ${most.user} of ${USER_LIMIT},`,
      `guilds apart by ${apart} finished jobs, ${finished} ended within ${RUN_MS / 1000} s;`,
      `first answer p50 ${p(0.5)} ms, p99 ${p(0.99)} ms, max ${p(1)} ms;`,
      `event loop p99 ${whileAsked.p99} ms while asked (max ${whileAsked.max}), ${whileRun.p99} ms while run (max ${whileRun.max})`,
    ].join(' ');
  },
};

async function startBot(stage: Stage, { environment, sandbox }: Servers): Promise<EaselProcess> {
  const bot = spawnEasel(
    {
      ...environment,
      SLACK_BOT_TOKEN: '',
      SLACK_APP_TOKEN: '',
      ...onSandbox(sandbox),
      GUILD_CONCURRENCY: String(GUILD_LIMIT),
      USER_CONCURRENCY: String(USER_LIMIT),
      CHAOS_TIMING: 'production',
    },
    [],
    'test/chaos/bot.ts',
  );
  stage.onEnd(async () => {
    bot.signal('SIGKILL');
    await bot.ended;
  });
  await bot.says(/"msg":"started"/);
  return bot;
}

async function askEverybody(
  stage: Stage,
  { discord }: Servers,
  { guilds: lines }: Ledger,
  guilds: number,
): Promise<FakeInteraction[]> {
  const asked: FakeInteraction[] = [];
  const rooms = Array.from({ length: guilds }, () => discord.addGuild().id);
  const people = rooms.map(() => Array.from({ length: PEOPLE }, () => discord.addUser().id));
  for (let round = 0; round < PEOPLE * JOBS_EACH; round += 1)
    for (const [index, guild] of rooms.entries()) {
      stage.signal.throwIfAborted();
      const person = round % PEOPLE;
      const user = people[index]?.[person] ?? '';
      const line = lines.get(`g${index}`);
      if (line) line.asked += 1;
      const prompt = `g${index} u${person} j${round}`;
      asked.push(await discord.slash({ name: 'sketch', options: { prompt, steps: 5 }, guild, user }));
      const unheard = () => asked.slice(-AT_ONCE).filter(({ ackMs }) => ackMs === undefined).length;
      while (unheard() >= AT_ONCE) await pause(1);
    }
  await eventually(stage, () => asked.every(({ ackMs }) => ackMs !== undefined), 50);
  // the last ones are written down
  await pause(500);
  return asked;
}

/** Watches the backend's nodes: a run counts from its prompt to its picture. Runs wait until `begin`. */
function keepLedger({ sandbox: { nodes } }: Servers, guilds: number): Ledger {
  const encode = nodes.get('CLIPTextEncode');
  const save = nodes.get('SaveImage');
  if (!encode || !save) throw new Error('the sandbox lacks nodes');
  const gate = Promise.withResolvers<void>();
  const newLine = (): Line => ({ asked: 0, started: 0, running: 0, finished: 0 });
  const lines = new Map(Array.from({ length: guilds }, (_, index) => [`g${index}`, newLine()]));
  const people = new Map<string, Line>();
  const ledger: Ledger = {
    guilds: lines,
    most: { running: 0, guild: 0, user: 0 },
    apart: 0,
    begin: () => gate.resolve(),
  };
  let running = 0;

  function linesOf(prompt: string): [Line, Line] {
    const [guild = '', user = ''] = prompt.split(' ');
    const line = lines.get(guild) ?? newLine();
    const person = people.get(`${guild} ${user}`) ?? newLine();
    people.set(`${guild} ${user}`, person);
    return [line, person];
  }

  function count(prompt: string, by: 1 | -1): void {
    const [guild, user] = linesOf(prompt);
    running += by;
    for (const line of [guild, user]) {
      line.running += by;
      if (by === 1) line.started += 1;
      else line.finished += 1;
    }
    const { most } = ledger;
    most.running = Math.max(most.running, running);
    most.guild = Math.max(most.guild, guild.running);
    most.user = Math.max(most.user, user.running);
    const waiting = [...lines.values()].filter((line) => line.started < line.asked);
    const finished = waiting.map((line) => line.finished);
    if (waiting.length === lines.size)
      ledger.apart = Math.max(ledger.apart, Math.max(...finished) - Math.min(...finished));
  }

  nodes.set('CLIPTextEncode', {
    ...encode,
    async run(inputs, run) {
      count(inputs.text('text'), 1);
      await gate.promise;
      return encode.run(inputs, run);
    },
  });
  nodes.set('SaveImage', {
    ...save,
    async run(inputs, run) {
      const result = await save.run(inputs, run);
      const { text } = (run.graph['6'] as unknown as { inputs: { text: string } }).inputs;
      count(text, -1);
      return result;
    },
  });
  return ledger;
}

interface Delays {
  p50: number;
  p99: number;
  max: number;
}

/** Of the bot's event loop since the last time, in ms. */
async function delays(stage: Stage, bot: EaselProcess): Promise<Delays> {
  const lines = () => bot.output().match(/^\{.*"delays":true\}$/gm) ?? [];
  const before = lines().length;
  bot.write('delays');
  await eventually(stage, () => lines().length > before);
  return JSON.parse(lines().at(-1) ?? '{}') as Delays;
}
