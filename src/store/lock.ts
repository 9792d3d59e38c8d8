/** What one process at a time may do, as run jobs of a data folder or write into a folder of backups. SQLite's file lock goes when its holder dies. */
import { DatabaseSync } from 'node:sqlite';

export interface Lock {
  release(): void;
}

/** Undefined when another process holds it. Throws when the file cannot be opened. */
export function lockFile(path: string): Lock | undefined {
  const database = new DatabaseSync(path);
  try {
    // nothing is written, and no journal is to lie beside it
    database.exec('PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (error instanceof Error && /locked|busy/i.test(error.message)) return undefined;
    throw error;
  }
  return { release: () => database.close() };
}
