/** A job as lists show it: in `/queue`, and to the operator. */
import { jobTitle, type Job } from '../../core/job.ts';
import type { LiveJob } from '../../jobs/live-job.ts';
import { presentStanding } from '../present.ts';

export interface QueueItem {
  job: Job;
  title: string;
  /** "2nd in line: …", "40 % · KSampler · 8/20". */
  where: string;
}

/** As `reader` reads it. */
export function queueItem({ job, standing }: LiveJob, reader: { locale: string; user?: string }): QueueItem {
  const { status } = presentStanding({ ...job, locale: reader.locale }, standing, job.user === reader.user);
  return { job, title: jobTitle(job), where: status };
}
