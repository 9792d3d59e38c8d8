/** Data folders as Easel leaves them, and what is in them. */
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import { makeBackup } from '../../../src/backups/make.ts';
import { restoreBackup } from '../../../src/backups/restore.ts';
import { openTable, type Table } from '../../../src/store/index.ts';
import { FIRST, type Tables } from '../../../src/store/schema.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { temporaryFolder } from '../temporary.ts';

export const TABLES: Tables = { things: FIRST };

export interface DataFolder {
  directory: string;
  database: string;
  table: Table;
  /** Everything of the state: files by path, `database` with its rows. */
  state(): Promise<Record<string, string>>;
  backUp(into?: string, signal?: AbortSignal): Promise<string>;
  restore(from: string, tables?: Tables, signal?: AbortSignal): Promise<{ aside: string | undefined }>;
}

/** `files`: by path, with what is in them; `row`: in the table. */
export async function dataFolder(files: Record<string, string>, row?: string): Promise<DataFolder> {
  const directory = await temporaryFolder();
  const database = join(directory, 'easel.sqlite');
  for (const [path, text] of Object.entries(files)) await put(join(directory, path), text);
  const table = await openTable(`sqlite://${database}`, 'things', createRecordingLog());
  onTestFinished(() => table.close());
  if (row === undefined) await table.close();
  else await table.set('a', row);
  return {
    directory,
    database,
    table,
    state: () => stateOf(directory),
    backUp: async (into, signal) =>
      (await makeBackup({ directory, database, into, easel: '9.9.9', signal })).path,
    restore: (from, tables = TABLES, signal) => restoreBackup({ from, directory, database, tables, signal }),
  };
}

export async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

const LEFT_OUT = /^(?:backups|before-restore-|easel\.log|easel\.lock)/;

export async function stateOf(directory: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const path of (await readdir(directory, { recursive: true })).toSorted()) {
    if (LEFT_OUT.test(path) || !(await stat(join(directory, path))).isFile()) continue;
    if (path.startsWith('easel.sqlite-')) continue;
    found[path] =
      path === 'easel.sqlite' ? rowsIn(join(directory, path)) : await readFile(join(directory, path), 'utf8');
  }
  return found;
}

export function rowsIn(path: string): string {
  const database = new DatabaseSync(path);
  try {
    return JSON.stringify(database.prepare('SELECT key, value FROM things ORDER BY key').all());
  } finally {
    database.close();
  }
}
