/** Opens the job manager over the stores, the files and the backend. */
import { createAgeCheck } from '../commands/age-check.ts';
import { createTried } from '../commands/verbs/tried.ts';
import { createAudience } from '../commands/audience.ts';
import type { Config } from '../config.ts';
import type { Backend } from '../core/backend.ts';
import type { Chat } from '../core/chat.ts';
import type { Disk } from '../core/disk.ts';
import type { Files } from '../core/files.ts';
import type { Log } from '../core/log.ts';
import type { Clock } from '../core/time.ts';
import { publicLanguage } from '../guilds/policy.ts';
import type { GuildFiles } from '../jobs/runner/guild-files.ts';
import type { JobDeps } from '../jobs/live-job.ts';
import { createJobManager, type JobManager } from '../jobs/manager.ts';
import { createQueue } from '../jobs/queue/index.ts';
import type { JobTiming } from '../jobs/timing.ts';
import type { Library } from '../templates/library/index.ts';
import type { LimitBook } from './limits.ts';
import type { PresentBackend } from './present-backend.ts';
import type { Stores } from './stores.ts';

interface JobsDeps {
  stores: Stores;
  limits: LimitBook;
  backend: Backend & Pick<PresentBackend, 'sandbox'>;
  chats: ReadonlyMap<string, Chat>;
  library: Library;
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
    library,
    clock,
    log,
    timing,
  }: JobsDeps & {
    files: Files;
    disk: Disk;
    guildFiles: GuildFiles;
    workshop: JobDeps['workshop'];
  },
): JobManager {
  const { jobs: store, failures, guilds, rules, templates } = stores;
  const languageOf = (guild: string) => publicLanguage(guilds.settings(guild));
  const audience = createAudience(chats, clock, languageOf, () => backend.sandbox);
  const concurrency = new Map([[backend.name, config.COMFY_CONCURRENCY]]);
  const queue = createQueue({
    guild(guild) {
      const { guildJobs, userJobs } = limits.of(guild);
      return { guild: guildJobs.applied, user: userJobs.applied };
    },
    person: (platform) => limits.personLimit(platform),
    backends: () => concurrency,
  });
  const jobs = createJobManager({
    deps: {
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
      tried: createTried(templates, log),
      whyNot: createAgeCheck({ chats, library, log }),
    },
    queue,
    caps: (guild) => limits.caps(guild),
  });
  rules.listen(() => jobs.limitsChanged());
  return jobs;
}

/** How long things may take, as who runs Easel has set. */
export function limitsOf({
  HOLD_HOURS,
  RUN_LIMIT_MINUTES,
}: Config): Pick<JobTiming, 'holdMs' | 'runLimitMs'> {
  return { holdMs: HOLD_HOURS * 3600_000, runLimitMs: RUN_LIMIT_MINUTES * 60_000 };
}
