/** Settings and audit log of every guild. Settings are all in memory, since every request asks for them. */
import { EaselError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { createTurns } from '../core/turns.ts';
import { openTables } from '../store/index.ts';
import { audited, entriesOf, withEntry } from './audit.ts';
import { GuildSettings, NO_SETTINGS, type AuditEntry } from './schema.ts';
import { GUILD_TABLES } from './tables.ts';

export interface GuildStore {
  settings(guild: string): GuildSettings;
  /** Those that have set something. */
  known(): string[];
  /** Settings, damaged ones too, and audit log. */
  forget(guild: string): Promise<void>;
  /** Throws EaselError `settings-damaged`: who is banned there is not known. */
  requireSound(guild: string): void;
  /**
   * Changes them from what they are at that moment, one change after the other; undefined leaves them. Resolves once it is
   * durable, and the audit entry with it; rejects with `store-failed`, `settings-damaged`, and with what `change` throws,
   * and then there is neither. It is asked twice at least.
   */
  change(guild: string, change: (before: GuildSettings) => SettingsStep | undefined): Promise<void>;
  /** Writes down what an admin is about to do; rejects with `store-failed`, and then it must not be done. */
  record(guild: string, entry: AuditEntry): Promise<void>;
  /** The newest first. Rejects with `store-failed`, also when it is damaged: nothing is written over it. */
  audit(guild: string): Promise<AuditEntry[]>;
  close(): Promise<void>;
}

/** New settings, and who made them. */
export interface SettingsStep {
  settings: GuildSettings;
  entry: AuditEntry;
}

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

  async function record(guild: string, entry: AuditEntry): Promise<void> {
    await audit.update(guild, (found) => withEntry(found, entry));
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
    async change(guild, change) {
      requireSound(guild);
      await inTurn(guild, async () => {
        // what would be refused is no act
        const step = change(soundOf(await settings.get(guild)));
        if (!step) return;
        const next = await audited({ trail: audit, key: guild, log }, step.entry, () =>
          settings.update(guild, (stored) => {
            const before = soundOf(stored);
            return change(before)?.settings ?? before;
          }),
        );
        known.set(guild, next);
      });
    },
    record,
    audit: async (guild) => entriesOf(await audit.get(guild)).toReversed(),
    async close() {
      await settings.close();
      await audit.close();
    },
  };
}

/** Throws EaselError `settings-damaged`: somebody else has written them. */
function soundOf(stored: unknown): GuildSettings {
  if (stored === undefined) return NO_SETTINGS;
  const { data, error } = GuildSettings.safeParse(stored);
  if (data) return data;
  throw new EaselError({ code: 'settings-damaged' }, { cause: error });
}
