/**
 * The operator's own rules, above every guild's: what is set on their page or in chat, kept in the store. The environment
 * goes before it where both say something; block lists of both add up. All in memory, since every request asks.
 */
import { EaselError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { createTurns } from '../core/turns.ts';
import { openTables } from '../store/index.ts';
import { RULES_TABLES } from './tables.ts';
import { OperatorRules } from './rules-schema.ts';
import { audited, entriesOf } from './audit.ts';
import type { AuditEntry } from './schema.ts';

export { OperatorRules } from './rules-schema.ts';

export interface RulesStore {
  rules(): OperatorRules;
  /**
   * Changes what `change` names and nothing else, whoever else changes the rest. Resolves once it is durable, and the audit
   * entry with it. Rejects with `store-failed`, or `settings-damaged`.
   */
  change(entry: AuditEntry, change: Partial<OperatorRules>): Promise<OperatorRules>;
  /** Does something else of the operator's, one row of another table, and keeps who did it. Rejects as `act` does, or with `store-failed`. */
  record<T>(entry: AuditEntry, act: () => Promise<T>): Promise<T>;
  /** The newest first. */
  audit(): Promise<AuditEntry[]>;
  /** Told after each change. Returns the end of it. */
  listen(listener: (rules: OperatorRules) => void): () => void;
  close(): Promise<void>;
}

const KEY = 'operator';

/**
 * `uri` is `sqlite://PATH`. Damaged rules are kept: nothing can be changed, and no job is taken, until they are repaired,
 * since who is blocked is not known. Rejects with `store-failed`.
 */
export async function openRulesStore(uri: string, log: Log): Promise<RulesStore> {
  const { rules: table, rules_audit: trail } = await openTables(uri, RULES_TABLES, log);
  const listeners = new Set<(rules: OperatorRules) => void>();
  const inTurn = createTurns();
  const found = OperatorRules.safeParse((await table.get(KEY)) ?? {});
  if (!found.success)
    log.error({ err: found.error }, "corrupt operator's rules left in place: no job is taken");
  let rules = found.data ?? OperatorRules.parse({ closed: true });

  return {
    rules: () => rules,
    change: (entry, change) =>
      inTurn(KEY, async () => {
        if (!found.success) throw new EaselError({ code: 'settings-damaged' });
        rules = await audited({ trail, key: KEY, log }, entry, () =>
          table.update(KEY, (before) =>
            OperatorRules.parse({ ...OperatorRules.parse(before ?? {}), ...change }),
          ),
        );
        for (const listener of listeners) listener(rules);
        return rules;
      }),
    record: (entry, act) => inTurn(KEY, () => audited({ trail, key: KEY, log }, entry, act)),
    audit: async () => entriesOf(await trail.get(KEY)).toReversed(),
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
