/** Settings and audit log of every guild. Settings are all in memory, since every request asks for them. */
import { EaselError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { createTurns } from '../core/turns.ts';
import { openTables } from '../store/index.ts';
import { GUILD_TABLES } from './tables.ts';
import { AuditEntry, GuildSettings, NO_SETTINGS } from './schema.ts';

export interface GuildStore {
  settings(guild: string): GuildSettings;
  /** Those that have set something. */
  known(): string[];
  /** Settings, damaged ones too, and audit log. */
  forget(guild: string): Promise<void>;
  /** Throws EaselError `settings-damaged`: who is banned there is not known. */
  requireSound(guild: string): void;
  /** Resolves once it is durable, and the audit entry with it; rejects with `store-failed`. */
  change(guild: string, settings: GuildSettings, entry: AuditEntry): Promise<void>;
  /** Writes down what an admin is about to do; rejects with `store-failed`, and then it must not be done. */
  record(guild: string, entry: AuditEntry): Promise<void>;
  /** The newest first. Rejects with `store-failed`, also when it is damaged: nothing is written over it. */
  audit(guild: string): Promise<AuditEntry[]>;
  close(): Promise<void>;
}

/** Entries that a guild keeps; the oldest are forgotten. */
const MAX_AUDIT = 500;

/**
 * `uri` is `sqlite://PATH`. A guild whose record is damaged keeps the record: nothing can be run or changed there until
 * it is repaired. Rejects with `store-failed`.
 */
export async function openGuildStore(uri: string, log: Log): Promise<GuildStore> {
  const { settings, audit } = await openTables(uri, GUILD_TABLES, log);
  const known = new Map<string, GuildSettings>();
  const damaged = new Set<string>();
  const inTurn = createTurns();

  for await (const [guild, value] of settings.entries()) {
    const parsed = GuildSettings.safeParse(value);
    if (parsed.success) known.set(guild, parsed.data);
    else damaged.add(guild);
    if (!parsed.success) log.error({ guild, err: parsed.error }, 'corrupt settings left in place');
  }

  async function read(guild: string): Promise<AuditEntry[]> {
    const found = await audit.get(guild);
    if (found === undefined) return [];
    const parsed = AuditEntry.array().safeParse(found);
    if (parsed.success) return parsed.data;
    throw new EaselError({ code: 'store-failed' }, { cause: parsed.error, detail: 'corrupt audit log' });
  }

  async function record(guild: string, entry: AuditEntry): Promise<void> {
    await inTurn(guild, async () => audit.set(guild, [...(await read(guild)), entry].slice(-MAX_AUDIT)));
  }

  function requireSound(guild: string): void {
    if (damaged.has(guild)) throw new EaselError({ code: 'settings-damaged' });
  }

  return {
    settings: (guild) => known.get(guild) ?? NO_SETTINGS,
    known: () => [...known.keys(), ...damaged],
    async forget(guild) {
      await inTurn(guild, async () => {
        await settings.delete(guild);
        await audit.delete(guild);
        known.delete(guild);
        damaged.delete(guild);
      });
    },
    requireSound,
    async change(guild, next, entry) {
      requireSound(guild);
      await record(guild, entry);
      await settings.set(guild, next);
      known.set(guild, next);
    },
    record,
    audit: async (guild) => (await read(guild)).toReversed(),
    async close() {
      await settings.close();
      await audit.close();
    },
  };
}
