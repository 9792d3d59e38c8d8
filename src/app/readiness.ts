/**
 * What `/readyz` says: whether Easel takes traffic, which chats are connected, and the backend as it was found lately, so that many
 * askers are one question. A backend that is away makes nobody unready: jobs are taken and wait for it, and a manager that
 * started Easel anew for it would only cut off those who wait.
 */
import type { Backend } from '../core/backend.ts';
import type { Chat } from '../core/chat.ts';
import type { ConnectionState } from '../core/connection.ts';
import type { Log } from '../core/log.ts';
import { within, type Clock } from '../core/time.ts';
import type { ChatState, Readiness } from '../http.ts';

export interface ReadinessDeps {
  /** As they are now; without those that are there as long as this side is. */
  chats: () => Iterable<Chat>;
  /** How it stands with those that have an owner. */
  states?: (() => Record<string, ConnectionState>) | undefined;
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
  states,
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
    const platforms = Object.fromEntries(Array.from(chats(), (chat) => [chat.platform, chat.ready()]));
    return {
      ok: page || Object.values(platforms).some(Boolean),
      platforms,
      ...shownStates(states?.() ?? {}),
      backend: await asked.answer,
    };
  };
}

function shownStates(states: Record<string, ConnectionState>): Pick<Readiness, 'chats'> {
  const chats = Object.entries(states).flatMap(([name, state]): [string, ChatState][] => {
    if (state.kind === 'off') return [];
    const { kind, since } = state;
    const problem = 'problem' in state ? state.problem?.code : undefined;
    const next = 'next' in state ? state.next : undefined;
    return [[name, { state: kind, since, ...(problem && { problem }), ...(next !== undefined && { next }) }]];
  });
  return chats.length > 0 ? { chats: Object.fromEntries(chats) } : {};
}
