/** What somebody can see and do of the jobs here: which run and wait, their own ones, and stopping one. */
import type { Caller } from '../../core/caller.ts';
import { EaselError } from '../../core/errors.ts';
import { jobTitle, type Job } from '../../core/job.ts';
import { words as line, type Line } from '../../core/screen.ts';
import { clip } from '../../core/text.ts';
import { catalogue } from '../../i18n/index.ts';
import type { LiveJob } from '../../jobs/live-job.ts';
import type { JobManager } from '../../jobs/manager.ts';
import { queueItem, type QueueItem } from './queue-item.ts';

export interface JobVerbs {
  /** Cancels one job: by its id, or the caller's own by words of its title; their newest here by default. Throws EaselError. */
  cancel(caller: Caller, wanted?: string): Promise<Job>;
  /** The same, and what to say of it. */
  cancelLines(caller: Caller, wanted?: string): Promise<Line[]>;
  /** The caller's own unfinished jobs here, newest first. */
  own(caller: Caller): QueueItem[];
  /** What runs and waits here: counted in `heading`; the first 100 are `items`. */
  queue(caller: Caller): Promise<{ heading: string; items: QueueItem[] }>;
  /** The same as lines. */
  queueLines(caller: Caller): Promise<Line[]>;
}

/** Of a job's title in the queue. */
const MAX_TITLE = 80;

export function createJobVerbs(jobs: JobManager): JobVerbs {
  /** The caller's own that can still be cancelled, newest first. */
  function own({ guild, user, platform }: Caller): LiveJob[] {
    return jobs.roster
      .of(guild, user)
      .filter(({ job }) => job.platform === platform && !job.end && job.cancelledBy === undefined)
      .toSorted((a, b) => b.job.times.queued - a.job.times.queued);
  }

  async function cancel(caller: Caller, wanted?: string): Promise<Job> {
    const mine = own(caller).map(({ job }) => ({ id: job.id, title: jobTitle(job) }));
    const typed = wanted?.toLowerCase() ?? '';
    const exact = mine.filter(({ title }) => title.toLowerCase() === typed).slice(0, 1);
    const named = exact.length > 0 ? exact : mine.filter(({ title }) => title.toLowerCase().includes(typed));
    if (wanted !== undefined && named.length > 1)
      throw new EaselError({ code: 'which-job', titles: named.map(({ title }) => title) });
    const [found] = named;
    if (wanted !== undefined) return jobs.cancel(found?.id ?? wanted, caller);
    if (!found) throw new EaselError({ code: 'nothing-to-cancel' });
    return jobs.cancel(found.id, caller);
  }

  async function queue(caller: Caller): Promise<{ heading: string; items: QueueItem[] }> {
    const words = catalogue(caller.locale);
    const here = jobs.roster.guild(caller.guild);
    const heading = here ? words.queue.heading(here.running, here.waiting) : words.queue.empty();
    const all = (await jobs.list(caller.guild)).map((live) => queueItem(live, caller));
    const hidden = ({ place, user }: Job) =>
      place !== caller.channel && user !== caller.user && !caller.admin;
    const shown = all
      .filter(({ job }) => !caller.outsider || !hidden(job))
      .filter(({ job }) => !caller.barred || job.user === caller.user)
      .map((item) => (hidden(item.job) ? { ...item, title: words.queue.elsewhere() } : item));
    return { heading, items: shown };
  }

  return {
    cancel,
    async cancelLines(caller, wanted) {
      const job = await cancel(caller, wanted);
      return [line(catalogue(caller.locale).cancel.done(jobTitle(job)))];
    },
    own: (caller) => own(caller).map((live) => queueItem(live, caller)),
    queue,
    async queueLines(caller) {
      const { heading, items } = await queue(caller);
      const lines = items.map(({ title, job, where }): Line => {
        return { parts: [`• ${clip(title, MAX_TITLE)} — `, { kind: 'person', id: job.user }, ` — ${where}`] };
      });
      return [line(heading), ...lines];
    },
  };
}
