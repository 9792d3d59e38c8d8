/** Tells what is true once Easel runs: on a terminal, or in one line of the log; and later what had to be waited for. */
import type { Log } from '../../core/log.ts';
import { isReady, isWhole, type BackendSummary, type ChatSummary, type Summary } from '../../core/summary.ts';
import type { Clock } from '../../core/time.ts';
import { english } from '../../i18n/index.ts';
import { warned, type Catalogue } from '../../i18n/index.ts';
import { askBackend, untilAnswered, type Asked } from './backend.ts';
import { summaryFacts } from './facts.ts';
import { watchChats } from './later-chats.ts';
import { chatLater, inColour, summaryLines } from './render.ts';
import { abovePlan } from './warnings.ts';

export interface AnnouncerDeps {
  asked: Asked;
  /** With everything else as it is then. */
  summary: (backend: BackendSummary) => Promise<Summary>;
  /** As they are now, but the page. */
  chats: () => readonly ChatSummary[];
  /** Undefined: nobody reads a terminal. */
  print: ((lines: string[]) => void) | undefined;
  /** The log is on that terminal too, so that a second summary would only be in the way. */
  logIsThere: boolean;
  colours: boolean;
  words: Catalogue;
  clock: Clock;
  log: Log;
}

export interface Announcer {
  /** Asks the backend, so that it has as long as everything else takes to open. */
  begin(): Promise<BackendSummary>;
  /** What is so now; the backend has its time to answer. Rejects with the signal's reason when stopped. */
  look(): Promise<Summary>;
  /** `facts`: besides the summary. `ending`: lines after it. */
  tell(summary: Summary, facts: Record<string, unknown>, ending?: string[]): void;
  /** Ends what is still waited for. */
  stop(): Promise<void>;
}

export function createAnnouncer(deps: AnnouncerDeps): Announcer {
  const { asked, clock, log, words, print, logIsThere, colours } = deps;
  const stopping = new AbortController();
  let first: Promise<BackendSummary> | undefined;
  let later: Promise<unknown> | undefined;
  let backend: BackendSummary | undefined;

  function begin(): Promise<BackendSummary> {
    first ??= askBackend(asked, stopping.signal);
    first.catch(() => undefined); // whoever looks is told, or it was stopped
    return first;
  }

  async function tellLater(): Promise<void> {
    backend = await untilAnswered(asked, clock, stopping.signal);
    const summary = await deps.summary(backend);
    const { classes, checkpoints, version } = backend;
    log.info(
      { backend: backend.name, version, classes, checkpoints, ready: isReady(summary) },
      'the backend answers',
    );
    // what only it knows is told with it
    const odd = abovePlan(summary.concurrency, backend);
    for (const warning of odd) log.warn({ ...warning, says: warned(warning, english()) }, 'a setting is odd');
    printLater([words.summary.answers(backend), ...odd.map((warning) => warned(warning, words))], summary);
  }

  /** Whoever has the log there reads it in that. */
  function printLater(lines: string[], summary: Summary): void {
    const ready = isWhole(summary) ? [words.summary.ready()] : [];
    if (!logIsThere || ready.length > 0) print?.([...lines, ...ready]);
  }

  /** Whoever connects it has logged it. */
  async function tellChat(chat: ChatSummary): Promise<void> {
    if (backend) printLater([chatLater(chat, words)], await deps.summary(backend));
  }

  /** Never rejects. */
  async function watched(what: string, watching: Promise<void>): Promise<void> {
    try {
      await watching;
    } catch (error) {
      if (!stopping.signal.aborted) log.error({ err: error }, `${what} not watched any more`);
    }
  }

  return {
    begin,
    look: async () => deps.summary(await begin()),
    tell(summary, facts, ending = []) {
      const paint = colours ? inColour : undefined;
      print?.([...summaryLines(summary, { words, heading: 'start', paint }), ...ending]);
      // who has just read it needs no second one
      const isTold = print !== undefined && logIsThere;
      const level = isWhole(summary) ? 'info' : 'warn';
      log[level]({ ...facts, ...(!isTold && summaryFacts(summary)) }, 'started');
      ({ backend } = summary);
      const isKnown = backend.answers && backend.classes !== undefined;
      const watch = { chats: deps.chats, tell: tellChat, clock };
      later = Promise.all([
        isKnown ? undefined : watched('the backend is', tellLater()),
        watched('the chats are', watchChats(summary.chats, watch, stopping.signal)),
      ]);
    },
    async stop() {
      stopping.abort(new Error('Easel stops'));
      await later;
    },
  };
}
