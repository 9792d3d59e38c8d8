/** Who changed what: one record of a guild, or of the operator. */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { EaselError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { Table } from '../store/index.ts';
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

/**
 * Writes the entry down, then has `act` write the one row that it is about, and takes the entry back where that is not
 * written: what was refused was not done. In this order, since a crash in between leaves an entry too many, of an act
 * that nobody was told is done and that its settings do not show; the other way round it would leave a change that nobody
 * has to answer for, and so would an audit log that cannot be written. Rejects with `store-failed`, and as `act` does.
 */
export async function audited<T>(
  { trail, key, log }: { trail: Table; key: string; log: Log },
  entry: AuditEntry,
  act: () => Promise<T>,
): Promise<T> {
  await trail.update(key, (found) => withEntry(found, entry));
  try {
    return await act();
  } catch (error) {
    await trail
      .update(key, (found) => withoutEntry(found, entry))
      .catch((cause: unknown) =>
        log.error({ key, entry, err: cause }, 'audit entry of what was not done stays'),
      );
    throw error;
  }
}

/** Without the newest like it. */
function withoutEntry(found: unknown, entry: AuditEntry): unknown[] {
  const list = listOf(found);
  const at = list.findLastIndex((one) => isDeepStrictEqual(AuditEntry.safeParse(one).data, entry));
  return at < 0 ? list : list.toSpliced(at, 1);
}

function listOf(found: unknown): unknown[] {
  const list = z.array(z.unknown()).safeParse(found ?? []);
  if (list.success) return list.data;
  throw new EaselError({ code: 'store-failed' }, { cause: list.error, detail: 'corrupt audit log' });
}
