/**
 * What `/readyz` says: whether Easel takes traffic, which chats are connected, and the backend as it was found lately, so that many
 * askers are one question. A backend that is away makes nobody unready: jobs are taken and wait for it, and a manager that
 * started Easel anew for it would only cut off those who wait.
 */
import type { Backend } from '../core/backend.ts';
import type { Chat } from '../core/chat.ts';
import type { Log } from '../core/log.ts';
import { within, type Clock } from '../core/time.ts';
import type { Readiness } from '../http.ts';

export interface ReadinessDeps {
  /** But the page. */
  chats: ReadonlyMap<string, Chat>;
  /** The page is served, so that somebody can ask as long as this side is there. */
  page: boolean;
  backend: Backend;
  clock: Clock;
  log: Log;
}

/** For the backend's answer, and how long that holds for everybody; in ms. */
const ANSWER_MS = 3000;
const FRESH_MS = 5000;

export function createReadiness({
  chats,
  page,
  backend,
  clock,
  log,
}: ReadinessDeps): () => Promise<Readiness> {
  let asked: { at: number; answer: Promise<boolean> } | undefined;

  async function answers(): Promise<boolean> {
    try {
      await within(ANSWER_MS, (signal) => backend.check(signal));
      return true;
    } catch (error) {
      log.warn({ backend: backend.address, err: error }, 'backend not ready');
      return false;
    }
  }

  return async () => {
    const now = clock.monotonic();
    if (!asked || now - asked.at >= FRESH_MS) asked = { at: now, answer: answers() };
    const platforms = Object.fromEntries([...chats].map(([name, chat]) => [name, chat.ready()]));
    return {
      ok: page || Object.values(platforms).some(Boolean),
      platforms,
      backend: await asked.answer,
    };
  };
}
