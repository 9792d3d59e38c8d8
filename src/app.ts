/** The composition root: the only file that names the concrete parts of every room. */
import { join } from 'node:path';
import { createAudience } from './commands/audience.ts';
import { createDriftWatch } from './commands/drift.ts';
import { createCommands, type Commands } from './commands/index.ts';
import type { SettingsView } from './commands/settings.ts';
import type { Config } from './config.ts';
import type { Backend } from './core/backend.ts';
import type { Chat } from './core/chat.ts';
import type { Log } from './core/log.ts';
import { systemClock } from './core/time.ts';
import { startHttp, type HttpServer, type Mount } from './health.ts';
import { en } from './i18n/en.ts';
import type { GuildStore } from './guilds/store.ts';
import { createJobManager, type JobManager } from './jobs/manager.ts';
import type { JobStore } from './jobs/store.ts';
import { JOB_TIMING, type JobTiming } from './jobs/timing.ts';
import { createLifecycle, type Opened } from './lifecycle.ts';
import {
  openBackend,
  openDataFolder,
  openLog,
  openStores,
  openTemplates,
  type ComfyTiming,
} from './parts.ts';
import type { Pace as SlackPace, Slack } from './platforms/slack/index.ts';
import { createTerminal, type TerminalOptions } from './platforms/terminal/index.ts';
import { listenError } from './startup.ts';
import { createLibrary } from './templates/library.ts';

export interface Overrides {
  /** A single terminal command to run instead of the chats. */
  once?: string | undefined;
  input?: TerminalOptions['input'] | undefined;
  output?: TerminalOptions['output'] | undefined;
  log?: Log | undefined;
  /** Tests scale the waits; production uses the defaults. */
  timing?:
    | {
        jobs?: Partial<JobTiming> | undefined;
        comfy?: Partial<ComfyTiming> | undefined;
        editIntervalMs?: number | undefined;
        slack?: Partial<SlackPace> | undefined;
        graceMs?: number | undefined;
        driftMs?: number | undefined;
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
  /** Where the HTTP side listens, once started; undefined when a single command runs. */
  readonly port: number | undefined;
}

/** How long deliveries may go on after a signal, in ms; orchestrators kill after 10 s by default. */
const GRACE_MS = 8000;
const READY_MS = 3000;
/** Between two looks whether templates still fit the backend. */
const DRIFT_MS = 5 * 60_000;

export function createApp(config: Config, overrides: Overrides = {}): App {
  const { once, input = process.stdin, output = process.stdout, timing = {} } = overrides;
  const chatless = config.DISCORD_TOKEN === undefined && config.SLACK_BOT_TOKEN === undefined;
  const terminalMode = once !== undefined || chatless;
  const logPath = join(config.DATA_DIR, 'easel.log');
  const over = Promise.withResolvers<number>();
  const chats = new Map<string, Chat>();
  let log: Log | undefined;
  let port: number | undefined;
  const lifecycle = createLifecycle(() => log);

  async function open(opened: Opened): Promise<void> {
    const lock = await openDataFolder(config.DATA_DIR);
    opened.add('lock', () => lock.release());
    log = overrides.log ?? openLog(config, terminalMode ? logPath : undefined);
    const stores = await openStores(config, log, opened);
    const backend = await openBackend(config, timing.comfy, log, opened);
    const builtin = await openTemplates(config, log);
    const library = createLibrary(builtin, { store: stores.templates, clock, log });

    const { guilds } = stores;
    const times = { ...JOB_TIMING, ...timing.jobs };
    const jobs = openJobs(config, { store: stores.jobs, guilds, backend, chats, log, timing: times });
    const room = { library, guilds, backend, chats, clock, log };
    const defaults = defaultLimits(config);
    const commands = createCommands({ ...room, templateStore: stores.templates, jobs, defaults });
    const drift = createDriftWatch({ ...room, everyMs: timing.driftMs ?? DRIFT_MS });
    const terminal = terminalMode
      ? createTerminal({
          commands,
          input,
          output,
          directory: join(config.DATA_DIR, 'outputs'),
          welcome: welcome(config, commands, backend, logPath),
          once,
          log,
        })
      : undefined;
    const slack = terminal ? undefined : await openSlack(config, commands, log, timing.slack);
    const discord = terminal ? undefined : await openDiscord(config, commands, log, timing.editIntervalMs);
    for (const chat of [terminal, discord, slack]) if (chat) chats.set(chat.platform, chat);
    for (const chat of chats.values()) {
      opened.add(chat.platform, () => chat.stop());
      opened.interrupt(chat.platform, () => chat.stop());
    }
    opened.add('drift', () => drift.stop());
    opened.add('jobs', () => jobs.stop(timing.graceMs ?? GRACE_MS));
    opened.add('intake', () => pauseAll(chats));

    if (once === undefined) {
      const http = await openHttp(config, chats, backend, slack?.mount ? [slack.mount] : [], log);
      port = http.port;
      opened.add('http', () => http.stop());
    }
    for (const chat of chats.values()) {
      opened.signal.throwIfAborted();
      await chat.start();
    }
    opened.signal.throwIfAborted();
    await jobs.start();
    if (once === undefined) {
      await commands.offers.catchUp();
      drift.start();
    }
    const facts = { backend: backend.name, templates: builtin.length, port, chats: [...chats.keys()] };
    log.info(facts, 'started');
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

interface JobParts {
  store: JobStore;
  guilds: GuildStore;
  backend: Backend;
  chats: ReadonlyMap<string, Chat>;
  log: Log;
  timing: JobTiming;
}

const clock = systemClock;

function openJobs(config: Config, { store, guilds, backend, chats, log, timing }: JobParts): JobManager {
  const defaults = defaultLimits(config);
  return createJobManager({
    room: { store, backend, audience: createAudience(chats, clock), clock, timing, log },
    concurrency: config.COMFY_CONCURRENCY,
    limits(guild) {
      const { guildJobs = defaults.guildJobs, userJobs = defaults.userJobs } = guilds.settings(guild);
      return { guild: guildJobs, user: userJobs };
    },
    caps(guild) {
      const set = guilds.settings(guild);
      const { guildWaiting = defaults.guildWaiting, userWaiting = defaults.userWaiting } = set;
      return { guild: guildWaiting, user: userWaiting };
    },
  });
}

/** What holds in a guild that has set nothing. */
function defaultLimits({ GUILD_CONCURRENCY, USER_CONCURRENCY }: Config): SettingsView['defaults'] {
  return { guildJobs: GUILD_CONCURRENCY, userJobs: USER_CONCURRENCY, guildWaiting: 50, userWaiting: 10 };
}

async function openDiscord(
  config: Config,
  commands: Commands,
  log: Log,
  editIntervalMs?: number,
): Promise<Chat | undefined> {
  const { DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl, DISCORD_CDN_URL: cdnUrl } = config;
  if (token === undefined) return undefined;
  // loaded only where it is used: it is half of the time that a start takes
  const { createDiscord } = await import('./platforms/discord/index.ts');
  return createDiscord({ token, apiUrl, cdnUrl, commands, clock, log, editIntervalMs });
}

async function openSlack(
  config: Config,
  commands: Commands,
  log: Log,
  pace?: Partial<SlackPace>,
): Promise<Slack | undefined> {
  const {
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_SIGNING_SECRET: signingSecret,
  } = config;
  if (botToken === undefined) return undefined;
  const apiUrl = config.SLACK_API_URL;
  const { createSlack } = await import('./platforms/slack/index.ts');
  return createSlack({ botToken, appToken, signingSecret, apiUrl, commands, clock, log, pace });
}

async function openHttp(
  config: Config,
  chats: ReadonlyMap<string, Chat>,
  backend: Backend,
  mounts: Mount[],
  log: Log,
): Promise<HttpServer> {
  const readiness = async () => ({
    platforms: Object.fromEntries([...chats].map(([name, chat]) => [name, chat.ready()])),
    backend: await answers(backend, log),
  });
  try {
    return await startHttp(config.HOST, config.PORT, readiness, mounts);
  } catch (error) {
    throw listenError(error, config);
  }
}

async function answers(backend: Backend, log: Log): Promise<boolean> {
  try {
    await backend.check(AbortSignal.timeout(READY_MS));
    return true;
  } catch (error) {
    log.warn({ backend: backend.name, err: error }, 'backend not ready');
    return false;
  }
}

function pauseAll(chats: ReadonlyMap<string, Chat>): void {
  for (const chat of chats.values()) chat.pause();
}

function welcome(config: Config, commands: Commands, backend: Backend, logPath: string): string[] {
  const { terminal } = en;
  const names = commands.builtin().map(({ name }) => name);
  const first = names.includes('imagine') ? ['imagine'] : names;
  const sandbox = config.COMFY_URL === undefined ? [terminal.sandbox()] : [];
  return [terminal.welcome(backend.name, first), ...sandbox, terminal.logs(logPath), ''];
}
