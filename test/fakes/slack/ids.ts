/** Ids and message times in Slack's shape: the bot's libraries and Slack's own patterns look at their first letter. */
import { randomInt } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** `F` → `F07Q2ZK81XB`: one letter for the kind, ten that are random. */
export function newId(kind: string): string {
  return kind + Array.from({ length: 10 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** Seconds and microseconds, never the same twice: a message's `ts` is its id within a channel. */
export function createTimestamps(): () => string {
  let last = 0;
  return () => {
    last = Math.max(Date.now() * 1000, last + 1);
    return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`;
  };
}
