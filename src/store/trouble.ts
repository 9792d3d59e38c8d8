/** What SQLite and the disk refuse, in the kinds that whoever runs Easel can do something about. */

/**
 * `newer`: written by a newer Easel. `older`: to be upgraded first. `damaged`: no database, or not whole. `full`: no room
 * on the disk. `busy`: another program keeps it to itself. `unwritable`: folder or file cannot be opened or written.
 */
export type TroubleKind = 'newer' | 'older' | 'damaged' | 'full' | 'busy' | 'unwritable' | 'other';

export class StoreTrouble extends Error {
  readonly kind: TroubleKind;
  /** What is missing of a `full` disk, in bytes, where that is known. */
  readonly missing: number | undefined;

  constructor(
    kind: TroubleKind,
    message: string,
    { cause, missing }: { cause?: unknown; missing?: number } = {},
  ) {
    super(message, { cause });
    this.kind = kind;
    this.missing = missing;
  }
}

/** SQLite's primary result codes: https://sqlite.org/rescode.html */
const SQLITE: Record<number, TroubleKind> = {
  3: 'unwritable', // PERM
  5: 'busy', // BUSY
  6: 'busy', // LOCKED
  8: 'unwritable', // READONLY
  11: 'damaged', // CORRUPT
  13: 'full', // FULL
  14: 'unwritable', // CANTOPEN
  26: 'damaged', // NOTADB
};

const SYSTEM: Record<string, TroubleKind> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EACCES: 'unwritable',
  EPERM: 'unwritable',
  EROFS: 'unwritable',
  ENOTDIR: 'unwritable',
  ENOENT: 'unwritable',
  EEXIST: 'unwritable',
  EISDIR: 'unwritable',
};

/** SQLite's result code, extended or not; undefined for what it did not say. */
export function sqliteCode(error: unknown): number | undefined {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  return typeof code === 'number' ? code : undefined;
}

/** The trouble in an error or in what caused it; undefined where there is none. */
export function troubleIn(error: unknown): StoreTrouble | undefined {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof StoreTrouble) return at;
  return undefined;
}

/** An error of SQLite or of a file as its kind of trouble; what is trouble already, as it is. */
export function asTrouble(error: unknown): StoreTrouble {
  const known = troubleIn(error);
  if (known) return known;
  const message = error instanceof Error ? error.message : String(error);
  return new StoreTrouble(kindOf(error), message, { cause: error });
}

function kindOf(error: unknown): TroubleKind {
  const code = sqliteCode(error);
  if (code !== undefined) return SQLITE[code & 0xff] ?? 'other';
  const name = error instanceof Error && 'code' in error ? error.code : undefined;
  return (typeof name === 'string' ? SYSTEM[name] : undefined) ?? 'other';
}
