/** What the operator is shown once, on their page: what an upgrade found that they may want to look at. */
import { z } from 'zod';
import type { Log } from '../../core/log.ts';

const GuildKey = { platform: z.string(), guild: z.string() };

export const Notice = z.discriminatedUnion('kind', [
  /** Published before, and names files on the backend that this guild did not upload through Easel. */
  z.object({
    kind: z.literal('foreign-files'),
    ...GuildKey,
    template: z.string(),
    files: z.array(z.string()),
  }),
  /** Published before, and its nodes spend the operator's money. */
  z.object({
    kind: z.literal('partner-nodes'),
    ...GuildKey,
    template: z.string(),
    nodes: z.array(z.string()),
  }),
  /** Set by a guild before there was a maximum; it is applied up to the maximum. One press raises it for this guild. */
  z.object({
    kind: z.literal('above-maximum'),
    ...GuildKey,
    setting: z.enum(['guildJobs', 'userJobs', 'guildWaiting', 'userWaiting']),
    value: z.number(),
    max: z.number(),
  }),
]);
export type Notice = z.infer<typeof Notice>;

const Stored = z.object({ notice: Notice, at: z.number(), dismissed: z.boolean() });

export interface StoredNotice {
  key: string;
  notice: Notice;
  /** Milliseconds since 1970. */
  at: number;
}

export interface Notices {
  /** Once for each key, also after it was dismissed. Beyond 1,000 it is only logged. Rejects with `store-failed`. */
  post(key: string, notice: Notice, at: number): Promise<void>;
  /** Those that were not dismissed, the newest first. */
  list(): StoredNotice[];
  get(key: string): Notice | undefined;
  /** Rejects with `store-failed`. */
  dismiss(key: string): Promise<void>;
  /** Those of a guild, dismissed ones too. */
  forget(guild: string): Promise<void>;
  close(): Promise<void>;
}

const MAX_NOTICES = 1000;

/** Of `store/`, as much as is needed. */
interface NoticeTable {
  entries(): AsyncIterable<[key: string, value: unknown]>;
  set(key: string, value: unknown): Promise<void>;
  delete(key: string): Promise<void>;
  close(): Promise<void>;
}

/** A damaged row is logged and passed over. */
export async function openNotices(table: NoticeTable, log: Log): Promise<Notices> {
  const known = new Map<string, z.infer<typeof Stored>>();
  for await (const [key, value] of table.entries()) {
    const row = Stored.safeParse(value);
    if (row.success) known.set(key, row.data);
    else log.error({ row: key, err: row.error }, 'corrupt notice passed over');
  }
  return {
    async post(key, notice, at) {
      if (known.has(key)) return;
      log.warn({ notice }, 'something for the operator to look at');
      if (known.size >= MAX_NOTICES) return;
      const row = { notice, at, dismissed: false };
      await table.set(key, row);
      known.set(key, row);
    },
    list: () =>
      [...known]
        .filter(([, { dismissed }]) => !dismissed)
        .map(([key, { notice, at }]) => ({ key, notice, at }))
        .toSorted((a, b) => b.at - a.at),
    get(key) {
      const row = known.get(key);
      return row?.dismissed === true ? undefined : row?.notice;
    },
    async dismiss(key) {
      const row = known.get(key);
      if (!row) return;
      const next = { ...row, dismissed: true };
      await table.set(key, next);
      known.set(key, next);
    },
    async forget(guild) {
      for (const [key, { notice }] of known) {
        if (notice.guild !== guild) continue;
        await table.delete(key);
        known.delete(key);
      }
    },
    close: () => table.close(),
  };
}
