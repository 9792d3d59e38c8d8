/** Who changed what: one record of a guild, or of the operator. */
import { EaselError } from '../core/errors.ts';
import { AuditEntry } from './schema.ts';

/** Entries in a record; the oldest are forgotten. */
export const MAX_AUDIT = 500;

/** The oldest first. Throws `store-failed` for what is damaged: nothing is written over it. */
export function entriesOf(found: unknown): AuditEntry[] {
  const parsed = AuditEntry.array().safeParse(found ?? []);
  if (parsed.success) return parsed.data;
  throw new EaselError({ code: 'store-failed' }, { cause: parsed.error, detail: 'corrupt audit log' });
}
