/**
 * The operator's own rules, above every guild's: what is set on their page or in chat, kept in the store. The environment
 * goes before it where both say something; block lists of both add up. All in memory, since every request asks.
 */
import { z } from 'zod';
import { EaselError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { createTurns } from '../core/turns.ts';
import { openTables } from '../store/index.ts';
import { AuditEntry, BOUNDS, MAX_ID } from './schema.ts';

/** Guilds or people in one list; words that are blocked for everybody. */
export const MAX_LISTED = 10_000;

const Ids = z.array(z.string().min(1).max(MAX_ID)).max(MAX_LISTED).default([]);
const limit = ({ min, max }: { min: number; max: number }) => z.number().int().min(min).max(max).optional();
const Limits = z.object({
  guildJobs: limit(BOUNDS.guildJobs),
  userJobs: limit(BOUNDS.userJobs),
  guildWaiting: limit(BOUNDS.guildWaiting),
  userWaiting: limit(BOUNDS.userWaiting),
});

export const OperatorRules = z.object({
  /** Above what all guilds may set; absent: what the environment says. */
  maxima: Limits.default({}),
  /** Where one guild may have more, by its id. */
  raised: z.record(z.string(), Limits).default({}),
  /** Guilds that alone may use this Easel; empty: all that are not blocked. */
  allowedGuilds: Ids,
  blockedGuilds: Ids,
  /** Everywhere: servers, direct messages, wherever they have installed it for themselves. */
  blockedUsers: Ids,
  /** Direct messages to the bot, and use by who installed it for themselves. */
  directMessages: z.boolean().default(true),
  userInstalls: z.boolean().default(true),
  /** For everybody, besides each guild's own. */
  blockedWords: z.array(z.string().min(1).max(100)).max(MAX_LISTED).default([]),
  /** Guilds that may use nodes which spend the operator's money. */
  partnerGuilds: Ids,
  /** No new job is taken. */
  closed: z.boolean().default(false),
});
export type OperatorRules = z.infer<typeof OperatorRules>;

export interface RulesStore {
  rules(): OperatorRules;
  /** Resolves once it is durable, and the audit entry with it. Rejects with `store-failed`, or `settings-damaged`. */
  change(entry: AuditEntry, change: Partial<OperatorRules>): Promise<OperatorRules>;
  /** The newest first. */
  audit(): Promise<AuditEntry[]>;
  /** Told after each change. Returns the end of it. */
  listen(listener: (rules: OperatorRules) => void): () => void;
  close(): Promise<void>;
}

const KEY = 'operator';
const MAX_AUDIT = 500;

/**
 * `uri` is `sqlite://PATH`. Damaged rules are kept: nothing can be changed, and no job is taken, until they are repaired,
 * since who is blocked is not known. Rejects with `store-failed`.
 */
export async function openRulesStore(uri: string, log: Log): Promise<RulesStore> {
  const [table, trail] = await openTables(uri, ['rules', 'rules_audit'], log);
  const listeners = new Set<(rules: OperatorRules) => void>();
  const inTurn = createTurns();
  const found = OperatorRules.safeParse((await table.get(KEY)) ?? {});
  if (!found.success)
    log.error({ err: found.error }, "corrupt operator's rules left in place: no job is taken");
  let rules = found.data ?? OperatorRules.parse({ closed: true });

  async function audit(): Promise<AuditEntry[]> {
    const read = AuditEntry.array().safeParse((await trail.get(KEY)) ?? []);
    if (read.success) return read.data;
    throw new EaselError({ code: 'store-failed' }, { cause: read.error, detail: 'corrupt audit log' });
  }

  return {
    rules: () => rules,
    change: (entry, change) =>
      inTurn(KEY, async () => {
        if (!found.success) throw new EaselError({ code: 'settings-damaged' });
        const next = OperatorRules.parse({ ...rules, ...change });
        await trail.set(KEY, [...(await audit()), entry].slice(-MAX_AUDIT));
        await table.set(KEY, next);
        rules = next;
        for (const listener of listeners) listener(rules);
        return rules;
      }),
    audit: async () => (await audit()).toReversed(),
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      await table.close();
      await trail.close();
    },
  };
}
