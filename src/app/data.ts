/** Opens the data folder, the log and the secrets that lie there, and says in a sentence why one of them cannot be. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { finishRestore } from '../backups/restore.ts';
import type { Config } from '../config.ts';
import { isDiskFull } from '../core/disk.ts';
import type { Log } from '../core/log.ts';
import type { SecretBook } from '../core/secrets.ts';
import type { Surroundings } from '../core/surroundings.ts';
import { english } from '../i18n/index.ts';
import { localToken } from '../local-token.ts';
import { createLogFile } from '../log-file.ts';
import { createLog, ERRORS, OUTPUT, standardStream } from '../log.ts';
import { StartupError } from '../startup.ts';
import { lockFile, type Lock } from '../store/lock.ts';
import { keptSecret, openSecret } from '../store/secret.ts';
import { databaseOf } from './stores.ts';

/** A restore that was cut short is gone on with first. */
export async function openDataFolder(config: Config, at: Surroundings): Promise<Lock> {
  const { DATA_DIR: directory } = config;
  let lock: Lock | undefined;
  try {
    await mkdir(directory, { recursive: true });
    lock = lockFile(join(directory, 'easel.lock'));
  } catch (error) {
    throw unusable(directory, at, error);
  }
  if (!lock) throw new StartupError(english().startup.dataTaken(directory));
  try {
    await finishRestore(directory, databaseOf(config));
    return lock;
  } catch (error) {
    lock.release();
    throw unusable(directory, at, error);
  }
}

export interface LogPlan {
  /** Undefined: standard output. */
  file: string | undefined;
  /** A person reads that now: lines instead of JSON. A file is always JSON. */
  pretty: boolean;
  /** What must not be seen in it. */
  secrets: SecretBook;
}

export function openLog(config: Config, { file, pretty, secrets }: LogPlan): Log {
  const destination =
    file === undefined
      ? standardStream(OUTPUT, pretty)
      : createLogFile({
          path: file,
          onTrouble: (error) =>
            process.stderr.write(`${english().startup.logUnwritable(file, reason(error))}\n`),
          onGap: (lines) => log.warn({ lines }, 'lines of the log could not be written'),
        });
  const log = createLog({ level: config.LOG_LEVEL, secrets, destination });
  return log;
}

/** Of a command beside Easel, which says itself what matters: only whoever asks for it sees the rest. */
export function openErrorLog(config: Config, secrets: SecretBook, pretty: boolean): Log {
  const level = ['debug', 'trace'].includes(config.LOG_LEVEL) ? config.LOG_LEVEL : 'silent';
  return createLog({ level, secrets, destination: standardStream(ERRORS, pretty) });
}

function reason(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

const secretIn = (directory: string): string => join(directory, 'secret');

/** What only this Easel knows: guilds' files on the backend are named with it, and links signed. */
export async function openDataSecret({ DATA_DIR }: Config, at: Surroundings): Promise<Buffer> {
  try {
    return await openSecret(secretIn(DATA_DIR));
  } catch (error) {
    throw unusable(DATA_DIR, at, error);
  }
}

/** As it is; undefined where there is none yet. Rejects with StartupError. */
export async function keptDataSecret({ DATA_DIR }: Config, at: Surroundings): Promise<Buffer | undefined> {
  try {
    return await keptSecret(secretIn(DATA_DIR));
  } catch (error) {
    throw unusable(DATA_DIR, at, error);
  }
}

/** The token of the page that this machine alone has. */
export async function openLocalToken({ DATA_DIR }: Config, at: Surroundings): Promise<string> {
  try {
    return await localToken(DATA_DIR);
  } catch (error) {
    throw unusable(DATA_DIR, at, error);
  }
}

function unusable(directory: string, at: Surroundings, cause: unknown): StartupError {
  const words = isDiskFull(cause)
    ? english().data.full(directory, undefined)
    : english().startup.dataUnusable(directory, at);
  return new StartupError(words, { cause });
}

/** Of the data folder, in bytes; undefined: the usual one. */
export function budgetOf({ DATA_BUDGET_GB: given }: Config): number | undefined {
  return given === undefined ? undefined : given * 1e9;
}
