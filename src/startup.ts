/** What keeps Easel from starting, as one sentence for the person who runs it. */
import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import type { Config } from './config.ts';
import { ConfigError } from './config.ts';
import { EaselError } from './core/errors.ts';
import { plainMoment, withMoments } from './core/moment.ts';
import { english } from './i18n/index.ts';
import { sentence } from './i18n/index.ts';
import { asTrouble } from './store/trouble.ts';

/** Something that the person who runs Easel can put right. */
export class StartupError extends Error {}

export function startupSentence(error: unknown): string {
  if (error instanceof ConfigError) return english().startup.config(error.lines);
  if (error instanceof EaselError)
    // nobody knows when it is read: the day is told too
    return english().startup.failed(
      withMoments(sentence(english(), error.problem, 'operator'), (at) => plainMoment(at, 0)),
    );
  if (error instanceof StartupError) return english().startup.failed(error.message);
  return english().startup.failed(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

/** Takes what `.env` says where the environment says nothing; the names that it has. Throws StartupError. */
export function loadDotEnv(): ReadonlySet<string> {
  if (!existsSync('.env')) return new Set();
  try {
    process.loadEnvFile('.env');
    return new Set(Object.keys(parseEnv(readFileSync('.env', 'utf8'))));
  } catch (error) {
    throw new StartupError(english().startup.dotEnv(), { cause: error });
  }
}

/** The listening error of the HTTP side, in words; anything else as it is. */
export function listenError(error: unknown, { HOST, PORT }: Config): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string') return error;
  const words =
    code === 'EADDRINUSE'
      ? english().startup.portTaken(HOST, PORT)
      : english().startup.cannotListen(HOST, PORT, code);
  return new StartupError(words, { cause: error });
}

/** What is wrong with the store, in words. `store`: what its operator knows it by; `backups`: where they lie. */
export function storeSentence(error: unknown, store: string, backups: string): string {
  const { kind, message, missing } = asTrouble(error);
  switch (kind) {
    case 'newer':
      return english().data.newer(store, backups);
    case 'damaged':
      return english().data.damaged(store, backups);
    case 'full':
      return english().data.full(store, missing);
    case 'busy':
      return english().data.busy(store);
    case 'unwritable':
      return english().startup.dataUnusable(store, 'shell');
    case 'older':
    case 'other':
      return english().data.failed(store, message);
  }
}
