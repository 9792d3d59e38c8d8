/** The composition root: in which order what is opened, what is told once it runs, and how it ends. */
import { join } from 'node:path';
import type { NamedGuild } from '../commands/operator/operator.ts';
import { isChatless, pageAccess, secretsOf, type Config } from '../config.ts';
import type { Chat } from '../core/chat.ts';
import type { Log } from '../core/log.ts';
import { createSecretBook } from '../core/secrets.ts';
import { systemClock, type Clock } from '../core/time.ts';
import type { BudgetScale } from '../files/budget.ts';
import { english } from '../i18n/index.ts';
import type { JobTiming } from '../jobs/timing.ts';
import type { Pace as SlackPace } from '../platforms/slack/index.ts';
import type { TerminalOptions } from '../platforms/terminal/index.ts';
import { WEB } from '../platforms/web/context.ts';
import { StartupError } from '../startup.ts';
import { pageLink } from '../welcome.ts';
import { openAlerts } from './alerts.ts';
import type { ComfyTiming } from './backend.ts';
import { openTerminal, openWeb, pauseAll, type ChatDeps } from './chats.ts';
import { openConnect } from './connect.ts';
import { openConnections, type Connections } from './connections.ts';
import { openDataFolder, openLocalToken, openLog } from './data.ts';
import { openGround } from './ground.ts';
import type { ConnectedTiming } from './connected.ts';
import { createLifecycle, type Opened } from './lifecycle.ts';
import { createReadiness } from './readiness.ts';
import { openHttp } from './serving.ts';
import { explained } from './stores.ts';
import type { Start } from './summary/gather.ts';
import { openAnnouncer } from './summary/index.ts';
import { openVerbs } from './verbs.ts';

export interface Overrides {
  /** The terminal instead of chats and page: one line to run, or a talk. */
  terminal?: { line: string } | 'talk' | undefined;
  input?: TerminalOptions['input'] | undefined;
  output?: TerminalOptions['output'] | undefined;
  log?: Log | undefined;
  /** What was found before the start; absent: nothing odd, at a shell. */
  start?: Start | undefined;
  /** Of whoever reads the terminal; default: English. */
  locale?: string | undefined;
  /** Chats besides those that the configuration asks for. */
  moreChats?: ((deps: ChatDeps) => Chat[]) | undefined;
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
        connect?: Partial<ConnectedTiming> | undefined;
        askMs?: number | undefined;
      }
    | undefined;
}

export interface App {
  /** Rejects with what `startupSentence` explains; everything that was opened is closed again. */
  start(): Promise<void>;
  /** Intake first, then deliveries to a deadline, then everything is closed. Idempotent. */
  stop(): Promise<void>;
  /**
   * Resolves to the exit code: when the terminal's person has left, or after `stop`. Rejects with what `startupSentence`
   * explains when nothing is left to serve.
   */
  readonly over: Promise<number>;
  /** Where the HTTP side listens, once started; undefined when a single line runs. */
  readonly port: number | undefined;
  /** What opens the page in a browser, once started; undefined where there is none. It may carry a token. */
  readonly link: string | undefined;
}

/** How long deliveries may go on after a signal, in ms; orchestrators kill after 10 s by default. */
const GRACE_MS = 8000;
export function createApp(config: Config, overrides: Overrides = {}): App {
  const { terminal: talk, input = process.stdin, output = process.stdout, timing = {} } = overrides;
  const { clock = systemClock } = overrides;
  const line = typeof talk === 'object' ? talk.line : undefined;
  const access = talk === undefined ? pageAccess(config) : undefined;
  const chatless = isChatless(config);
  const { start = AT_A_SHELL, locale = 'en' } = overrides;
  const isRead = output.isTTY === true;
  // in a container and under a manager somebody keeps what is written out
  const inFile = talk !== undefined || (chatless && (isRead || start.surroundings === 'shell'));
  const logPath = inFile ? join(config.DATA_DIR, 'easel.log') : undefined;
  const over = Promise.withResolvers<number>();
  const chats = new Map<string, Chat>();
  let log: Log | undefined;
  let port: number | undefined;
  let link: string | undefined;
  over.promise.catch(() => undefined); // whoever waits for it is told
  const lifecycle = createLifecycle(() => log);

  async function open(opened: Opened): Promise<void> {
    if (access === 'closed' && chatless)
      throw new StartupError(english().startup.tokenNeeded(config.HOST, start.surroundings));
    const lock = await openDataFolder(config, start.surroundings);
    opened.add('lock', () => lock.release());
    const local = access === 'local' ? await openLocalToken(config, start.surroundings) : undefined;
    const secrets = createSecretBook([...secretsOf(config), ...(local === undefined ? [] : [local])]);
    const ownLog = overrides.log ?? openLog(config, { file: logPath, pretty: isRead, secrets });
    log = ownLog;
    const ground = await openGround(
      config,
      { ...overrides, secrets, at: start.surroundings, clock, log: ownLog, chats },
      opened,
    );
    const { backend, setup, seat, connected, stores, jobs, disk, fitter } = ground;
    let connections: Connections | undefined;
    const announcer = openAnnouncer(config, {
      ...ground,
      start,
      chats,
      states: () => connections?.states() ?? {},
      talks: talk !== undefined,
      page: () => ({ link, asksToken: access === 'token', host: config.HOST }),
      terminal: { output, isRead, logPath, locale },
      clock,
      log,
      askMs: timing.askMs,
    });
    opened.add('summary', () => announcer.stop());
    opened.interrupt('summary', () => announcer.stop());
    if (line === undefined) announcer.begin();
    const alerts = openAlerts(config, { ...ground, chats, clock, log }, timing.alertsMs);
    const verbs = await openVerbs(config, { ...ground, chats, home: home(), clock, log, timing });
    const { commands, operator, desk, departures, maxima, menus, watchers } = verbs;

    const common = { commands, fitter, clock, log };
    const terminal =
      talk === undefined
        ? undefined
        : openTerminal(
            config,
            { ...common, input, output, kept: disk.outputs },
            { line, welcome: () => announcer.welcome() },
          );
    const more = overrides.moreChats?.(common) ?? [];
    const token = access === 'token' ? config.ADMIN_TOKEN : local;
    const owners = openConnections({
      ...common,
      marks: stores.marks,
      chats,
      others: terminal !== undefined || more.length > 0,
      mends: (name) => token !== undefined && setup.fixed(name).length === 0,
      timing,
      left: (guild) => void departures.left('slack', guild),
      async onConnected(platform) {
        try {
          await jobs.takeUp(platform);
          await menus.placed(platform);
        } catch (error) {
          ownLog.error({ platform, err: error }, 'what waits there stays in the store until the next start');
        }
      },
      onEnd: over.reject,
    });
    connections = owners;
    const connect = openConnect(config, {
      setup,
      store: connected,
      rules: stores.rules,
      secrets,
      seat,
      connections: owners,
      clock,
      log,
      templates: () => commands.menu(),
      at: start.surroundings,
    });
    const page = {
      commands,
      operator,
      desk: { ...desk, connect },
      kept: disk.pages,
      backend,
      secrets,
      warnings: start.warnings,
    };
    const web =
      token === undefined ? undefined : await openWeb(config, token, { ...page, clock, log, opened });
    const fixed = [terminal, web, ...more].filter((chat) => chat !== undefined);
    for (const chat of fixed) {
      chats.set(chat.platform, chat);
      opened.add(chat.platform, () => chat.stop());
      opened.interrupt(chat.platform, () => chat.stop());
    }
    opened.add('connections', () => owners.stop());
    opened.interrupt('connections', () => owners.stop());
    for (const watcher of watchers) opened.add(watcher.name, () => watcher.stop());
    opened.add('alerts', () => alerts.stop());
    opened.add('jobs', () => jobs.stop(timing.graceMs ?? GRACE_MS));
    opened.add('backend seat', () => seat.stop());
    opened.add('intake', () => pauseAll(chats));

    if (line === undefined) {
      const mounts = [owners.slackMount, ...ground.linkMounts];
      const rest = web?.routes ?? (access === 'closed' ? english().startup.pageOff() : undefined);
      const others = () => [...chats.values()].filter((chat) => chat !== web);
      const readiness = createReadiness({
        chats: others,
        states: () => owners.states(),
        page: web !== undefined,
        backend,
        clock,
        log,
      });
      const proxies = config.TRUSTED_PROXIES;
      const http = await openHttp(config, { readiness, mounts, rest, proxies, clock, log });
      port = http.port;
      opened.add('http', () => http.stop());
    }
    for (const chat of fixed) {
      opened.signal.throwIfAborted();
      await chat.start();
    }
    if (!terminal) await owners.start(setup.config());
    void seat.apply();
    opened.signal.throwIfAborted();
    await jobs.start();
    disk.start();
    if (line === undefined) {
      await maxima.note();
      await commands.offers.catchUp();
      for (const watcher of watchers) watcher.start();
      alerts.start();
    }
    if (web && port !== undefined) link = pageLink(config, port, local);
    if (line === undefined) await announcer.announce({ port });
    if (terminal) void terminal.over.then(over.resolve, over.reject);
  }

  async function stop(): Promise<void> {
    await lifecycle.stop();
    over.resolve(0);
  }

  return {
    start: () =>
      lifecycle.start((opened) =>
        open(opened).catch((error: unknown) => {
          throw explained(config, error);
        }),
      ),
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

const AT_A_SHELL: Start = { version: '', surroundings: 'shell', warnings: [] };

/** Where the operator is at home: the page. */
const home = (): NamedGuild => ({ platform: WEB, guild: WEB, name: english().web.here() });
