/** Bolt's logger, into ours; its chatter below warnings is only for debugging. */
import { LogLevel, type Logger } from '@slack/bolt';
import type { Log } from '../../core/log.ts';

export function boltLogger(log: Log): Logger {
  const say =
    (level: keyof Log) =>
    (...parts: unknown[]): void =>
      log[level]({ detail: parts.map(String).join(' ') }, 'slack client');
  return {
    debug: () => undefined, // whole payloads, tokens included
    info: say('debug'),
    warn: say('warn'),
    error: say('error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
