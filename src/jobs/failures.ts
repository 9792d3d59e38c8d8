/** What failed lately, over all guilds, for the person who runs Easel: kept in memory, and durable. */
import type { Cost } from '../core/cost.ts';
import type { Job } from '../core/job.ts';
import type { Problem } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { openTable } from '../store/index.ts';
import { FailureRow } from './store/schema.ts';

export interface FailureRecord {
  job: string;
  /** Milliseconds since 1970. */
  at: number;
  platform: string;
  guild: string;
  user: string;
  template: string;
  problem: Problem;
  /** What the backend calls the run; absent where it never knew of it. */
  prompt?: string | undefined;
  cost?: Cost | undefined;
}

export interface Failures {
  /** Notes a job that has ended and failed; any other is passed over. Never waits and never throws: a failed write is logged. */
  note(job: Job): void;
  /** The newest first, 100 at most. */
  newest(): readonly FailureRecord[];
  /** Those of a guild. */
  forget(guild: string): Promise<void>;
  /** Resolves once everything noted is written. */
  close(): Promise<void>;
}

const MAX_FAILURES = 100;
const KEEP_MS = 30 * 24 * 3600 * 1000;

/** `uri` is `sqlite://PATH`. A damaged row is logged and passed over. Rejects with `store-failed`. */
export async function openFailures(uri: string, log: Log): Promise<Failures> {
  const table = await openTable(uri, 'failures', log);
  const rows: FailureRow[] = [];
  for await (const [key, value] of table.entries()) {
    const row = FailureRow.safeParse(value);
    if (row.success) rows.push(row.data);
    else log.error({ row: key, err: row.error }, 'corrupt record of a failure passed over');
  }
  rows.sort((a, b) => b.turn - a.turn);
  const kept: FailureRecord[] = rows.map(({ turn: _turn, ...record }) => record);
  let next = (rows[0]?.turn ?? -1) + 1;
  const writing = new Set<Promise<void>>();

  async function write(row: FailureRow): Promise<void> {
    try {
      // a ring: the row that has had its time makes room
      await table.set(String(row.turn % MAX_FAILURES), row, KEEP_MS);
    } catch (error) {
      log.error({ job: row.job, err: error }, 'a failure was not written down');
    }
  }

  return {
    note(job) {
      const record = recordOf(job);
      // its own record may not have been written, and then a restart ends it again
      if (!record || kept.some((known) => known.job === job.id)) return;
      kept.unshift(record);
      kept.length = Math.min(kept.length, MAX_FAILURES);
      const written = write({ ...record, turn: next }).finally(() => writing.delete(written));
      writing.add(written);
      next += 1;
    },
    newest: () => [...kept],
    async forget(guild) {
      kept.splice(0, kept.length, ...kept.filter((one) => one.guild !== guild));
      await Promise.all(writing);
      const found: string[] = [];
      for await (const [key, value] of table.entries())
        if (FailureRow.safeParse(value).data?.guild === guild) found.push(key);
      for (const key of found) await table.delete(key);
    },
    async close() {
      await Promise.all(writing);
      await table.close();
    },
  };
}

function recordOf({
  id,
  end,
  times,
  platform,
  guild,
  user,
  template,
  promptId,
  cost,
}: Job): FailureRecord | undefined {
  if (end?.kind !== 'failed' || times.ended === undefined) return undefined;
  const record = { job: id, at: times.ended, platform, guild, user, template: template.name };
  return {
    ...record,
    problem: end.problem,
    ...(promptId !== undefined && { prompt: promptId }),
    ...(cost && { cost }),
  };
}
