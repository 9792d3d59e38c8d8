/** Who changed what: one record of a guild, or of the operator. */
import { z } from 'zod';
import { EaselError } from '../core/errors.ts';
import { AuditEntry } from './schema.ts';

/** Entries in a record; the oldest are forgotten. */
const MAX_AUDIT = 500;

/** The oldest first; one that is damaged is passed over. Throws `store-failed` where there are none to be told apart. */
export function entriesOf(found: unknown): AuditEntry[] {
  return listOf(found).flatMap((one) => AuditEntry.safeParse(one).data ?? []);
}

/** With one more, and those that are damaged as they are. Throws `store-failed` likewise: nothing is written over it. */
export function withEntry(found: unknown, entry: AuditEntry): unknown[] {
  return [...listOf(found), entry].slice(-MAX_AUDIT);
}

function listOf(found: unknown): unknown[] {
  const list = z.array(z.unknown()).safeParse(found ?? []);
  if (list.success) return list.data;
  throw new EaselError({ code: 'store-failed' }, { cause: list.error, detail: 'corrupt audit log' });
}
