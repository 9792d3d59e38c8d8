/** `npm run restore -- FILE`: puts a backup in the place of what is in the data folder. */
import { resolve } from 'node:path';
import { restoreBackup } from './backups/restore.ts';
import { backupSentence } from './backups/words.ts';
import { allVariables, readConfig } from './config.ts';
import { english } from './i18n/index.ts';
import { openDataFolder } from './app/data.ts';
import { loadDotEnv, StartupError, startupSentence } from './startup.ts';
import { surroundingsOf } from './surroundings.ts';
import { backupsIn, databaseOf, TABLES } from './app/stores.ts';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => stop.abort(new Error(`stopped by ${signal}`)));

try {
  loadDotEnv();
  const config = readConfig();
  const { DATA_DIR: directory } = config;
  try {
    const [from] = process.argv.slice(2);
    if (from === undefined) throw new StartupError(english().data.whichBackup(backupsIn(config)));
    const lock = await openDataFolder(config, surroundingsOf(allVariables()));
    try {
      const options = { from: resolve(from), directory, database: databaseOf(config), tables: TABLES };
      const { files, aside } = await restoreBackup({ ...options, signal: stop.signal });
      process.stdout.write(`${english().data.restored(from, files, aside)}\n`);
    } finally {
      lock.release();
    }
  } catch (error) {
    const why =
      backupSentence(error, { folder: directory, backups: backupsIn(config) }) ??
      (stop.signal.aborted ? english().data.stopped() : undefined);
    if (why === undefined) throw error;
    process.stderr.write(`${english().data.notRestored(why)}\n`);
    process.exitCode = 1;
  }
} catch (error) {
  process.stderr.write(`${startupSentence(error)}\n`);
  process.exitCode = 1;
}
