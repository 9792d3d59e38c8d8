/** What only the person who runs Easel can put right: the causes that they are told of. */
import { statfs } from 'node:fs/promises';
import type { Chat } from '../core/chat.ts';
import type { Problem } from '../core/errors.ts';
import type { Hold } from '../core/standing.ts';
import type { Clock } from '../core/time.ts';
import { catalogue, sentence } from '../i18n/index.ts';
import type { Cause } from './alerts.ts';

/** A short outage is nobody's business. */
const HELD_MS = 30_000;
/** Bytes. Told below the first, over above the second. */
const LOW = 500 * 1024 * 1024;
const ENOUGH = 1024 * 1024 * 1024;

/** The backend takes nothing. `backend`: with its address. */
export function heldBackend(hold: () => Hold | undefined, backend: string, clock: Clock): Cause {
  const words = catalogue(OPERATORS_LOCALE);
  return {
    name: 'backend',
    async look() {
      const held = hold();
      if (!held || clock.now() - held.since < HELD_MS) return undefined;
      const { problem, since } = held;
      return words.alerts.held(
        sentence(words, 'backend' in problem ? { ...problem, backend } : problem),
        since,
        'words' in problem ? problem.words : undefined,
      );
    },
    over: () => words.alerts.heldOver(backend),
  };
}

/** A platform refuses its token, or does not let it do what replies need. */
export function refusedToken(platform: string, chats: ReadonlyMap<string, Chat>): Cause {
  const words = catalogue(OPERATORS_LOCALE);
  const problem: Problem = { code: platform === 'slack' ? 'slack-token' : 'discord-token' };
  return {
    name: `token-${platform}`,
    async look() {
      const chat = chats.get(platform);
      const wrong = chat?.refused?.() === true ? problem : chat?.lacks?.();
      return wrong && words.alerts.token(sentence(words, wrong));
    },
    over: () => words.alerts.tokenOver(platform),
  };
}

/** The disk of the data folder is nearly full. `room`: the bytes that are left there. */
export function fullDisk(directory: string, room = roomOf): Cause {
  const words = catalogue(OPERATORS_LOCALE);
  let low = false;
  return {
    name: 'disk',
    async look() {
      const free = await room(directory);
      low = free < (low ? ENOUGH : LOW);
      return low ? words.alerts.disk(sentence(words, { code: 'disk-nearly-full', free })) : undefined;
    },
    over: () => words.alerts.diskOver(),
  };
}

async function roomOf(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

/** Nobody knows theirs. */
const OPERATORS_LOCALE = 'en';
