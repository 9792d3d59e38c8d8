/** Opens the parts that `app.ts` puts together, and turns what goes wrong into a sentence for the operator. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { finishRestore } from './backups/restore.ts';
import { createAudience } from './commands/audience.ts';
import { createDepartures, type Departures } from './commands/departures.ts';
import { createForget, type ForgetOptions } from './commands/forget.ts';
import type { Offers } from './commands/offers.ts';
import { createBackend, type Timing as ComfyTiming } from './comfy/index.ts';
import { secretsOf, type Config } from './config.ts';
import type { Backend } from './core/backend.ts';
import type { Chat } from './core/chat.ts';
import type { Disk } from './core/disk.ts';
import type { Files } from './core/files.ts';
import type { Log } from './core/log.ts';
import type { Clock } from './core/time.ts';
import type { Template } from './core/template.ts';
import type { Basics } from './guilds/operator-policy.ts';
import { en } from './i18n/en.ts';
import { sentence } from './i18n/index.ts';
import { lockFile, type Lock } from './store/lock.ts';
import type { JobRoom } from './jobs/live-job.ts';
import { createJobManager, type JobManager } from './jobs/manager.ts';
import type { GuildFiles } from './jobs/guild-files.ts';
import type { JobTiming } from './jobs/timing.ts';
import type { Opened } from './lifecycle.ts';
import { localToken } from './local-token.ts';
import type { LimitBook } from './limits.ts';
import { createLog, standardOutput } from './log.ts';
import { createLogFile } from './log-file.ts';
import { startSandbox, type Sandbox } from './sandbox/index.ts';
import { StartupError } from './startup.ts';
import { databaseOf, type Stores } from './stores.ts';
import { openSecret } from './store/secret.ts';
import { loadTemplates } from './templates/load.ts';

/** A restore that was cut short is gone on with first. */
export async function openDataFolder(config: Config): Promise<Lock> {
  const { DATA_DIR: directory } = config;
  let lock: Lock | undefined;
  try {
    await mkdir(directory, { recursive: true });
    lock = lockFile(join(directory, 'easel.lock'));
  } catch (error) {
    throw new StartupError(en.startup.dataUnusable(directory), { cause: error });
  }
  if (!lock) throw new StartupError(en.startup.dataTaken(directory));
  try {
    await finishRestore(directory, databaseOf(config));
    return lock;
  } catch (error) {
    lock.release();
    throw new StartupError(en.startup.dataUnusable(directory), { cause: error });
  }
}

/** `more`: what must not be seen in it, besides what the environment holds. */
export function openLog(config: Config, file: string | undefined, more: string[]): Log {
  const destination =
    file === undefined
      ? standardOutput()
      : createLogFile({
          path: file,
          onTrouble: (error) => process.stderr.write(`${en.startup.logUnwritable(file, reason(error))}\n`),
          onGap: (lines) => log.warn({ lines }, 'lines of the log could not be written'),
        });
  const log = createLog({ level: config.LOG_LEVEL, secrets: [...secretsOf(config), ...more], destination });
  return log;
}

function reason(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

/** What only this Easel knows: guilds' files on the backend are named with it, and links signed. */
export async function openDataSecret({ DATA_DIR }: Config): Promise<Buffer> {
  try {
    return await openSecret(join(DATA_DIR, 'secret'));
  } catch (error) {
    throw new StartupError(en.startup.dataUnusable(DATA_DIR), { cause: error });
  }
}

export type { ComfyTiming };

/** The token of the page that this machine alone has. */
export async function openLocalToken({ DATA_DIR }: Config): Promise<string> {
  try {
    return await localToken(DATA_DIR);
  } catch (error) {
    throw new StartupError(en.startup.dataUnusable(DATA_DIR), { cause: error });
  }
}

export async function openBackend(
  config: Config,
  parts: { timing: Partial<ComfyTiming> | undefined; clock: Clock; log: Log },
  opened: Opened,
): Promise<Backend> {
  const sandbox: Sandbox | undefined = config.COMFY_URL === undefined ? await startSandbox() : undefined;
  if (sandbox) opened.add('sandbox', () => sandbox.stop());
  const backend = createBackend(
    sandbox
      ? { ...parts, url: sandbox.url, name: en.terminal.sandboxName() }
      : {
          ...parts,
          url: config.COMFY_URL ?? '',
          apiKey: config.COMFY_API_KEY,
          secrets: secretsOf(config),
          fileHosts: config.COMFY_FILE_HOSTS,
        },
  );
  opened.add('backend', () => backend.stop());
  await backend.start();
  return backend;
}

export async function openTemplates({ TEMPLATES_DIR }: Config, log: Log): Promise<Template[]> {
  try {
    const { templates, broken } = await loadTemplates(TEMPLATES_DIR);
    for (const error of broken) log.error({ ...error.problem, err: error }, 'template not loaded');
    if (templates.length === 0)
      throw new StartupError(
        en.startup.noTemplates(
          TEMPLATES_DIR,
          broken.map(({ problem }) => sentence(en, problem)),
        ),
      );
    return templates;
  } catch (error) {
    if (error instanceof StartupError) throw error;
    throw new StartupError(en.startup.templatesUnreadable(TEMPLATES_DIR), { cause: error });
  }
}

/** Deletes what is stored of guilds that have removed Easel. */
export function openDepartures(
  parts: Omit<ForgetOptions, 'jobStore' | 'templateStore' | 'failures' | 'notices' | 'guilds'> & {
    stores: Stores;
    offers: Offers;
    chats: ReadonlyMap<string, Chat>;
    clock: Clock;
    log: Log;
  },
  everyMs: number | undefined,
): Departures {
  const { stores, offers, chats, clock, log } = parts;
  const forget = createForget({
    ...parts,
    ...stores,
    jobs: parts.jobs,
    rules: parts.rules,
    templateStore: stores.templates,
    jobStore: stores.jobs,
  });
  const { rules, marks: table } = stores;
  return createDepartures({ chats, forget, rules, offers, table, clock, log, everyMs });
}

interface JobParts {
  stores: Stores;
  limits: LimitBook;
  backend: Backend;
  chats: ReadonlyMap<string, Chat>;
  clock: Clock;
  log: Log;
  timing: JobTiming;
}

export function openJobs(
  config: Config,
  {
    stores,
    limits,
    files,
    disk,
    guildFiles,
    workshop,
    backend,
    chats,
    clock,
    log,
    timing,
  }: JobParts & {
    files: Files;
    disk: Disk;
    guildFiles: GuildFiles;
    workshop: JobRoom['workshop'];
  },
): JobManager {
  const { jobs: store, failures, rules } = stores;
  const audience = createAudience(chats, clock);
  const jobs = createJobManager({
    room: {
      store,
      files,
      workshop,
      disk,
      guildFiles,
      backend,
      audience,
      clock,
      timing,
      log,
      onEnd: (job) => failures.note(job),
    },
    concurrency: config.COMFY_CONCURRENCY,
    personLimit: (platform) => limits.personLimit(platform),
    caps: (guild) => limits.caps(guild),
    limits(guild) {
      const { guildJobs, userJobs } = limits.of(guild);
      return { guild: guildJobs.applied, user: userJobs.applied };
    },
  });
  rules.listen(() => jobs.limitsChanged());
  return jobs;
}

/** Of the data folder, in bytes; undefined: the usual one. */
export function budgetOf({ DATA_BUDGET_GB: given }: Config): number | undefined {
  return given === undefined ? undefined : given * 1e9;
}

/** How long things may take, as who runs Easel has set. */
export function limitsOf({
  HOLD_HOURS,
  RUN_LIMIT_MINUTES,
}: Config): Pick<JobTiming, 'holdMs' | 'runLimitMs'> {
  return { holdMs: HOLD_HOURS * 3600_000, runLimitMs: RUN_LIMIT_MINUTES * 60_000 };
}

/** What the environment says of whom this Easel serves. */
export function basicsOf(config: Config): Basics {
  return {
    allowedGuilds: config.ALLOWED_GUILDS ?? [],
    blockedGuilds: config.BLOCKED_GUILDS ?? [],
    blockedUsers: config.BLOCKED_USERS ?? [],
    directMessages: config.DIRECT_MESSAGES === 'on',
    userInstalls: config.USER_INSTALLS === 'on',
  };
}
