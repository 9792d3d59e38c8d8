/** Deletes everything that is stored of a guild: its templates and drafts, settings, jobs with their pictures and files. */
import type { GuildStore } from '../../guilds/store.ts';
import type { Failures } from '../../jobs/failures.ts';
import type { JobManager } from '../../jobs/manager.ts';
import type { Files } from '../../core/files.ts';
import type { Links } from '../../core/links.ts';
import { dropFiles } from '../../jobs/job-files.ts';
import type { JobStore } from '../../jobs/store/store.ts';
import type { Library } from '../../templates/library/index.ts';
import type { TemplateStore } from '../../templates/library/store.ts';
import type { Notices } from './notices.ts';
import type { Uses } from '../uses.ts';
import type { RuleVerbs } from './operator-rules.ts';

export interface Forget {
  /** Guilds that something lasting is stored of. Rejects with `store-failed`. */
  known(): Promise<string[]>;
  /** How many jobs are left, since they are not over yet: to be done again. Rejects with `store-failed`. */
  all(platform: string, guild: string): Promise<number>;
}

export interface ForgetOptions {
  library: Library;
  templateStore: TemplateStore;
  guilds: GuildStore;
  jobStore: JobStore;
  files: Files;
  links: Pick<Links, 'forget'>;
  jobs: JobManager;
  rules: Pick<RuleVerbs, 'cancelOf'>;
  failures: Pick<Failures, 'forget'>;
  notices: Pick<Notices, 'forget'>;
  uses: Pick<Uses, 'forget'>;
}

export function createForget(options: ForgetOptions): Forget {
  const { library, templateStore, guilds, jobStore, files, links, jobs, rules, failures, notices, uses } =
    options;
  return {
    async known() {
      const found = new Set(guilds.known());
      for await (const [guild] of templateStore.shelves()) found.add(guild);
      return [...found];
    },
    async all(platform, guild) {
      await rules.cancelOf('easel', { guild: `${platform}:${guild}` });
      // a table is read to its end before it is changed
      const found = await Array.fromAsync(jobStore.of(guild));
      const over = found.filter(({ id, coming }) => !coming && !jobs.roster.find(id));
      for (const job of over) {
        await jobStore.forget(job.id);
        await dropFiles(files, job.id);
      }
      await links.forget(guild);
      await library.forget(guild);
      await templateStore.deleteDraftsOf(guild);
      await guilds.forget(guild);
      await failures.forget(guild);
      await notices.forget(guild);
      await uses.forget(guild);
      jobs.limitsChanged(guild);
      return found.length - over.length;
    },
  };
}
