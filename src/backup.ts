/** `npm run backup [-- FOLDER]`: a copy of all that Easel needs to go on elsewhere, also while it runs. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { makeBackup } from './backups/make.ts';
import { backupSentence } from './backups/words.ts';
import { readConfig } from './config.ts';
import { parseJson } from './core/json.ts';
import { english } from './i18n/index.ts';
import { loadDotEnv, startupSentence } from './startup.ts';
import { backupsIn, databaseOf } from './app/stores.ts';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => stop.abort(new Error(`stopped by ${signal}`)));

try {
  loadDotEnv();
  const config = readConfig();
  const { DATA_DIR: directory } = config;
  const [into] = process.argv.slice(2);
  const about = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  const { version } = z.object({ version: z.string() }).parse(parseJson(about));
  try {
    const options = { directory, database: databaseOf(config), into, easel: version, signal: stop.signal };
    const { path, files, bytes } = await makeBackup(options);
    process.stdout.write(`${english().data.backedUp(path, files, bytes)}\n`);
  } catch (error) {
    const why = stop.signal.aborted
      ? english().data.stopped()
      : backupSentence(error, { folder: directory, backups: backupsIn(config), into });
    if (why === undefined) throw error;
    process.stderr.write(`${english().data.notBackedUp(why)}\n`);
    process.exitCode = 1;
  }
} catch (error) {
  process.stderr.write(`${startupSentence(error)}\n`);
  process.exitCode = 1;
}
