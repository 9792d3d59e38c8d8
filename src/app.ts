/** The composition root: the only file that names the concrete parts of every room. */
import { join } from 'node:path';
import { createDriftWatch } from './commands/drift.ts';
import { createCommands } from './commands/index.ts';
import { createMaxima } from './commands/maxima.ts';
import { createOperator, type GuildPlace } from './commands/operator.ts';
import { createOperatorLine } from './commands/operator-line.ts';
import { createRuleVerbs } from './commands/operator-rules.ts';
import { createOperators } from './commands/operators.ts';
import { createPartnerNotices, partnersSince } from './commands/partner-notices.ts';
import { createPartnerRules } from './commands/partners.ts';
import { isChatless, pageAccess, searchPath, type Config } from './config.ts';
import type { Chat } from './core/chat.ts';
import type { Log } from './core/log.ts';
import { systemClock, type Clock } from './core/time.ts';
import { ruling } from './guilds/operator-policy.ts';
import {
  openAlerts,
  openDiscord,
  openFitter,
  openHttp,
  openLinks,
  openSlack,
  openWeb,
  pauseAll,
} from './faces.ts';
import { en } from './i18n/en.ts';
import { createGuildFiles } from './jobs/guild-files.ts';
import { JOB_TIMING, type JobTiming } from './jobs/timing.ts';
import { createBudget, type BudgetScale } from './files/budget.ts';
import { createLifecycle, type Opened } from './lifecycle.ts';
import { createLimitBook } from './limits.ts';
import {
  basicsOf,
  budgetOf,
  openBackend,
  limitsOf,
  openDataFolder,
  openDepartures,
  openDataSecret,
  openJobs,
  openLog,
  openTemplates,
  openLocalToken,
  type ComfyTiming,
} from './parts.ts';
import { createPictures } from './pictures/index.ts';
import type { Pace as SlackPace } from './platforms/slack/index.ts';
import { TERMINAL } from './platforms/terminal/context.ts';
import { createTerminal, type TerminalOptions } from './platforms/terminal/index.ts';
import { WEB } from './platforms/web/context.ts';
import { createReadiness } from './readiness.ts';
import { StartupError } from './startup.ts';
import { openStores } from './stores.ts';
import { createLibrary } from './templates/library.ts';
import { pageLink, pageWelcome, terminalWelcome } from './welcome.ts';

export interface Overrides {
  /** The terminal instead of chats and page: one line to run, or a talk. */
  terminal?: { line: string } | 'talk' | undefined;
  input?: TerminalOptions['input'] | undefined;
  output?: TerminalOptions['output'] | undefined;
  log?: Log | undefined;
  /** Tests may hold a clock of their own. */
  clock?: Clock | undefined;
  /** Tests have smaller disks. */
  disk?: Partial<BudgetScale> | undefined;
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
  /** What opens the page in a browser, once started; undefined where there is none. It may carry a token. */
  readonly link: string | undefined;
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
  let link: string | undefined;
  const lifecycle = createLifecycle(() => log);

  async function open(opened: Opened): Promise<void> {
    if (access === 'closed' && chatless) throw new StartupError(en.startup.tokenNeeded(config.HOST));
    const lock = await openDataFolder(config);
    opened.add('lock', () => lock.release());
    const local = access === 'local' ? await openLocalToken(config) : undefined;
    const secrets = local === undefined ? [] : [local];
    log = overrides.log ?? openLog(config, talk !== undefined || chatless ? logPath : undefined, secrets);
    const stores = await openStores(config, log, opened);
    const secret = await openDataSecret(config);
    const guildFiles = createGuildFiles(secret);
    const disk = createBudget({
      directory: config.DATA_DIR,
      budget: budgetOf(config),
      marks: stores.marks,
      clock,
      log,
      scale: overrides.disk,
    });
    const { files, outputs, pages: kept } = disk;
    opened.add('disk', () => disk.stop());
    const { links, mounts: linkMounts } = await openLinks(config, { secret, files, clock, log });
    const pictures = createPictures({
      folder: join(config.DATA_DIR, 'scratch'),
      searchPath: searchPath(),
      log,
    });
    opened.add('pictures', () => pictures.close());
    const workshop = { files, folder: join(config.DATA_DIR, 'made'), maker: pictures, log };
    const fitter = await openFitter({ ...workshop, links });
    const backend = await openBackend(config, { timing: timing.comfy, clock, log }, opened);
    const builtin = await openTemplates(config, log);
    const library = createLibrary(builtin, { store: stores.templates, clock, log });

    const { guilds, failures } = stores;
    const limits = createLimitBook(config, stores, new Set([WEB, TERMINAL]), () => disk.state().budget);
    const parts = { stores, limits, backend, chats, clock, log };
    const times = { ...JOB_TIMING, ...limitsOf(config), ...timing.jobs };
    const jobs = openJobs(config, { ...parts, files, disk, guildFiles, workshop, timing: times });
    const alerts = openAlerts(config, { ...parts, jobs, disk }, timing.alertsMs);
    const room = { library, guilds, backend, chats, clock, log };
    const basics = basicsOf(config);
    const rules = ruling(() => stores.rules.rules(), basics);
    const operators = createOperators({ operators: config.OPERATORS ?? [], chats, clock, log });
    const ruleVerbs = createRuleVerbs({ store: stores.rules, basics, jobs, clock });
    const operatorLine = createOperatorLine({ rules: ruleVerbs, operators });
    const since = await partnersSince(stores.marks, clock);
    const partners = { operators, since };
    const maxima = createMaxima({ ...stores, limits: limits.of, chats, clock, log });
    const ruled = { rules, partners, operatorLine, limits: limits.of, maxima };
    const work = { jobs, pictures, templateStore: stores.templates };
    const commands = createCommands({ ...room, ...ruled, ...work });
    const leaving = { ...parts, files, links, library, jobs, rules: ruleVerbs, offers: commands.offers };
    const departures = openDepartures(leaving, timing.departuresMs);
    const allowing = createPartnerRules({ ...partners, rules, backend });
    const { notices } = stores;
    const costs = createPartnerNotices({ ...room, notices, partners: allowing, since });
    const drift = createDriftWatch({ ...room, notices, everyMs: timing.driftMs ?? DRIFT_MS });
    const terminal =
      talk === undefined
        ? undefined
        : createTerminal({
            commands,
            input,
            output,
            directory: join(config.DATA_DIR, 'outputs'),
            kept: outputs,
            welcome: terminalWelcome(config, {
              backend: backend.address,
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
          fitter,
          clock,
          log,
          pace: timing.slack,
          left: (guild) => void departures.left('slack', guild),
        });
    const discord = terminal
      ? undefined
      : await openDiscord(config, { commands, fitter, clock, log, editIntervalMs: timing.editIntervalMs });
    const concurrency = config.COMFY_CONCURRENCY;
    const operator = createOperator({
      ...room,
      jobs,
      failures,
      disk,
      concurrency,
      home: HOME,
      maxima,
      hold: () => jobs.hold(),
    });
    const raise = (key: string) => operator.raise(key);
    const desk = { rules: ruleVerbs, notices, departures, raise };
    const token = access === 'token' ? config.ADMIN_TOKEN : local;
    const web =
      token === undefined
        ? undefined
        : await openWeb(config, token, { commands, operator, desk, kept, backend, clock, log, opened });
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
      const mounts = [...(slack?.mount ? [slack.mount] : []), ...linkMounts];
      const rest = web?.routes ?? (access === 'closed' ? en.startup.pageOff() : undefined);
      // the page is there as long as this side is: it says nothing about readiness
      const others = new Map([...chats].filter(([, chat]) => chat !== web));
      const ready = createReadiness({ chats: others, backend, clock, log });
      const proxies = config.TRUSTED_PROXIES;
      const http = await openHttp(config, { readiness: ready, mounts, rest, proxies, clock, log });
      port = http.port;
      opened.add('http', () => http.stop());
    }
    for (const chat of chats.values()) {
      opened.signal.throwIfAborted();
      await chat.start();
    }
    opened.signal.throwIfAborted();
    await jobs.start();
    disk.start();
    if (line === undefined) {
      await maxima.note();
      await commands.offers.catchUp();
      drift.start();
      costs.start();
      departures.start();
      alerts.start();
    }
    const facts = { backend: backend.address, templates: builtin.length, port, chats: [...chats.keys()] };
    log.info(facts, 'started');
    if (web && port !== undefined) {
      link = pageLink(config, port, local);
      if (chatless) output.write(pageWelcome(config, link, logPath));
      // what is no terminal is kept somewhere
      else if (local !== undefined && output.isTTY === true) output.write(`${en.startup.open(link)}\n`);
      else log.info({ port }, 'npm run link prints the link of the page');
    }
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
    get link() {
      return link;
    },
  };
}

/** Where the operator is at home: the page. */
const HOME: GuildPlace = { platform: WEB, guild: WEB, name: en.web.page.frame.here };
