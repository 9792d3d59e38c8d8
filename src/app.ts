/** The composition root: the only file that names the concrete parts of every room. */
import { join } from 'node:path';
import { createDriftWatch } from './commands/drift.ts';
import { createCommands, type Commands } from './commands/index.ts';
import { createOperator, type GuildPlace, type OperatorVerbs } from './commands/operator.ts';
import type { OperatorDesk } from './commands/operator-desk.ts';
import { createOperatorLine } from './commands/operator-line.ts';
import { createRuleVerbs } from './commands/operator-rules.ts';
import { createOperators } from './commands/operators.ts';
import { createPartnerNotices, partnersSince } from './commands/partner-notices.ts';
import { createPartnerRules } from './commands/partners.ts';
import { isChatless, pageAccess, type Config } from './config.ts';
import type { Backend } from './core/backend.ts';
import type { Chat } from './core/chat.ts';
import type { Log } from './core/log.ts';
import { systemClock, type Clock } from './core/time.ts';
import { ruling } from './guilds/operator-policy.ts';
import { startHttp, type HttpOptions, type HttpServer } from './http.ts';
import { en } from './i18n/en.ts';
import { JOB_TIMING, type JobTiming } from './jobs/timing.ts';
import { createLifecycle, type Opened } from './lifecycle.ts';
import {
  basicsOf,
  openBackend,
  defaultLimits,
  limitsOf,
  openAlerts,
  openDataFolder,
  openDepartures,
  openJobs,
  openLog,
  openStores,
  openTemplates,
  openWebTable,
  type ComfyTiming,
} from './parts.ts';
import type { Pace as SlackPace, Slack } from './platforms/slack/index.ts';
import { createTerminal, type TerminalOptions } from './platforms/terminal/index.ts';
import { WEB } from './platforms/web/context.ts';
import { createWeb, type Web } from './platforms/web/index.ts';
import { createReadiness } from './readiness.ts';
import { listenError, StartupError } from './startup.ts';
import { createLibrary } from './templates/library.ts';
import { pageWelcome, terminalWelcome } from './welcome.ts';

export interface Overrides {
  /** The terminal instead of chats and page: one line to run, or a talk. */
  terminal?: { line: string } | 'talk' | undefined;
  input?: TerminalOptions['input'] | undefined;
  output?: TerminalOptions['output'] | undefined;
  log?: Log | undefined;
  /** Tests may hold a clock of their own. */
  clock?: Clock | undefined;
  /** Tests scale the waits; production uses the defaults. */
  timing?:
    | {
        jobs?: Partial<JobTiming> | undefined;
        comfy?: Partial<ComfyTiming> | undefined;
        editIntervalMs?: number | undefined;
        slack?: Partial<SlackPace> | undefined;
        graceMs?: number | undefined;
        driftMs?: number | undefined;
        alertsMs?: number | undefined;
        departuresMs?: number | undefined;
      }
    | undefined;
}

export interface App {
  /** Rejects with what `startupSentence` explains; everything that was opened is closed again. */
  start(): Promise<void>;
  /** Intake first, then deliveries to a deadline, then everything is closed. Idempotent. */
  stop(): Promise<void>;
  /** Resolves to the exit code: when the terminal's person has left, or after `stop`. */
  readonly over: Promise<number>;
  /** Where the HTTP side listens, once started; undefined when a single line runs. */
  readonly port: number | undefined;
}

/** How long deliveries may go on after a signal, in ms; orchestrators kill after 10 s by default. */
const GRACE_MS = 8000;
/** Between two looks whether templates still fit the backend. */
const DRIFT_MS = 5 * 60_000;

export function createApp(config: Config, overrides: Overrides = {}): App {
  const { terminal: talk, input = process.stdin, output = process.stdout, timing = {} } = overrides;
  const { clock = systemClock } = overrides;
  const line = typeof talk === 'object' ? talk.line : undefined;
  const access = talk === undefined ? pageAccess(config) : undefined;
  const chatless = isChatless(config);
  const logPath = join(config.DATA_DIR, 'easel.log');
  const over = Promise.withResolvers<number>();
  const chats = new Map<string, Chat>();
  let log: Log | undefined;
  let port: number | undefined;
  const lifecycle = createLifecycle(() => log);

  async function open(opened: Opened): Promise<void> {
    if (access === 'closed' && chatless) throw new StartupError(en.startup.tokenNeeded(config.HOST));
    const lock = await openDataFolder(config.DATA_DIR);
    opened.add('lock', () => lock.release());
    log = overrides.log ?? openLog(config, talk !== undefined || chatless ? logPath : undefined);
    const stores = await openStores(config, log, opened);
    const backend = await openBackend(config, { timing: timing.comfy, clock, log }, opened);
    const builtin = await openTemplates(config, log);
    const library = createLibrary(builtin, { store: stores.templates, clock, log });

    const { guilds, failures } = stores;
    const parts = { stores, backend, chats, clock, log };
    const times = { ...JOB_TIMING, ...limitsOf(config), ...timing.jobs };
    const jobs = openJobs(config, { ...parts, timing: times });
    const alerts = openAlerts(config, { ...parts, jobs }, timing.alertsMs);
    const room = { library, guilds, backend, chats, clock, log };
    const defaults = defaultLimits(config);
    const basics = basicsOf(config);
    const rules = ruling(() => stores.rules.rules(), basics);
    const operators = createOperators({ operators: config.OPERATORS ?? [], chats, clock, log });
    const ruleVerbs = createRuleVerbs({ store: stores.rules, basics, jobs, clock });
    const operatorLine = createOperatorLine({ rules: ruleVerbs, operators });
    const since = await partnersSince(stores.marks, clock);
    const partners = { operators, since };
    const given = { rules, partners, operatorLine, templateStore: stores.templates, jobs, defaults };
    const commands = createCommands({ ...room, ...given });
    const leaving = { ...parts, library, jobs, rules: ruleVerbs, offers: commands.offers };
    const departures = openDepartures(config, leaving, timing.departuresMs);
    const allowing = createPartnerRules({ ...partners, rules, backend });
    const { notices } = stores;
    const costs = createPartnerNotices({ ...room, notices, partners: allowing, since });
    const drift = createDriftWatch({ ...room, everyMs: timing.driftMs ?? DRIFT_MS });
    const terminal =
      talk === undefined
        ? undefined
        : createTerminal({
            commands,
            input,
            output,
            directory: join(config.DATA_DIR, 'outputs'),
            welcome: terminalWelcome(config, {
              backend: backend.name,
              templates: commands.builtin().map(({ name }) => name),
              logPath,
            }),
            once: line,
            log,
          });
    const slack = terminal
      ? undefined
      : await openSlack(config, {
          commands,
          clock,
          log,
          pace: timing.slack,
          left: (guild) => void departures.left('slack', guild),
        });
    const discord = terminal
      ? undefined
      : await openDiscord(config, { commands, clock, log, editIntervalMs: timing.editIntervalMs });
    const concurrency = config.COMFY_CONCURRENCY;
    const operator = createOperator({
      ...room,
      jobs,
      failures,
      concurrency,
      home: HOME,
      hold: () => jobs.hold(),
    });
    const desk = { rules: ruleVerbs, notices, departures };
    const web =
      access === 'local' || access === 'token'
        ? await openWeb(config, { commands, operator, desk, backend, clock, log, opened })
        : undefined;
    if (access === 'closed')
      log.warn({ host: config.HOST }, 'no page in the browser: ADMIN_TOKEN is not set');
    for (const chat of [terminal, discord, slack, web]) if (chat) chats.set(chat.platform, chat);
    for (const chat of chats.values()) {
      opened.add(chat.platform, () => chat.stop());
      opened.interrupt(chat.platform, () => chat.stop());
    }
    opened.add('drift', () => drift.stop());
    opened.add('alerts', () => alerts.stop());
    opened.add('departures', () => departures.stop());
    opened.add('costs', () => costs.stop());
    opened.add('jobs', () => jobs.stop(timing.graceMs ?? GRACE_MS));
    opened.add('intake', () => pauseAll(chats));

    if (line === undefined) {
      const mounts = slack?.mount ? [slack.mount] : [];
      const rest = web?.routes ?? (access === 'closed' ? en.startup.pageOff() : undefined);
      // the page is there as long as this side is: it says nothing about readiness
      const others = new Map([...chats].filter(([, chat]) => chat !== web));
      const ready = createReadiness({ chats: others, backend, clock, log });
      const http = await openHttp(config, { readiness: ready, mounts, rest });
      port = http.port;
      opened.add('http', () => http.stop());
    }
    for (const chat of chats.values()) {
      opened.signal.throwIfAborted();
      await chat.start();
    }
    opened.signal.throwIfAborted();
    await jobs.start();
    if (line === undefined) {
      await commands.offers.catchUp();
      drift.start();
      costs.start();
      departures.start();
      alerts.start();
    }
    const facts = { backend: backend.name, templates: builtin.length, port, chats: [...chats.keys()] };
    log.info(facts, 'started');
    if (web && chatless && port !== undefined) output.write(pageWelcome(config, port, logPath));
    if (terminal) void terminal.over.then(over.resolve, over.reject);
  }

  async function stop(): Promise<void> {
    await lifecycle.stop();
    over.resolve(0);
  }

  return {
    start: () => lifecycle.start(open),
    stop,
    over: over.promise,
    get port() {
      return port;
    },
  };
}

/** Where the operator is at home: the page. */
const HOME: GuildPlace = { platform: WEB, guild: WEB, name: en.web.frame.here };

interface ChatParts {
  commands: Commands;
  clock: Clock;
  log: Log;
}

async function openDiscord(
  config: Config,
  parts: ChatParts & { editIntervalMs: number | undefined },
): Promise<Chat | undefined> {
  const { DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl, DISCORD_CDN_URL: cdnUrl } = config;
  if (token === undefined) return undefined;
  // loaded only where it is used: it is half of the time that a start takes
  const { createDiscord } = await import('./platforms/discord/index.ts');
  return createDiscord({ ...parts, token, apiUrl, cdnUrl });
}

async function openSlack(
  config: Config,
  parts: ChatParts & { pace: Partial<SlackPace> | undefined; left: (guild: string) => void },
): Promise<Slack | undefined> {
  const {
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_SIGNING_SECRET: signingSecret,
  } = config;
  if (botToken === undefined) return undefined;
  const apiUrl = config.SLACK_API_URL;
  const { createSlack } = await import('./platforms/slack/index.ts');
  return createSlack({ ...parts, botToken, appToken, signingSecret, apiUrl });
}

interface WebParts {
  commands: Commands;
  operator: OperatorVerbs;
  desk: OperatorDesk;
  backend: Backend;
  clock: Clock;
  log: Log;
  opened: Opened;
}

async function openWeb(config: Config, { backend, opened, ...parts }: WebParts): Promise<Web> {
  return createWeb({
    ...parts,
    backend: { name: backend.name, sandbox: config.COMFY_URL === undefined },
    chat: config.PLAYGROUND === 'on',
    door: { token: config.ADMIN_TOKEN },
    table: await openWebTable(config, parts.log, opened),
    directory: join(config.DATA_DIR, 'web'),
  });
}

async function openHttp(config: Config, more: Omit<HttpOptions, 'host' | 'port'>): Promise<HttpServer> {
  try {
    return await startHttp({ host: config.HOST, port: config.PORT, ...more });
  } catch (error) {
    throw listenError(error, config);
  }
}

function pauseAll(chats: ReadonlyMap<string, Chat>): void {
  for (const chat of chats.values()) chat.pause();
}
