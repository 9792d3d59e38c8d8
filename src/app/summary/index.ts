/** Opens who tells what is true at the start, where and in which words. */
import type { Config } from '../../config.ts';
import { isChatless } from '../../config.ts';
import type { Backend } from '../../core/backend.ts';
import type { Chat } from '../../core/chat.ts';
import type { ConnectionState } from '../../core/connection.ts';
import type { Problem } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { isWhole, type PageSummary } from '../../core/summary.ts';
import { soon, type Clock } from '../../core/time.ts';
import type { DataBudget } from '../../files/budget.ts';
import { catalogue } from '../../i18n/index.ts';
import { WEB } from '../../platforms/web/context.ts';
import type { TerminalOptions } from '../../platforms/terminal/index.ts';
import type { Library } from '../../templates/library/index.ts';
import { terminalWelcome } from '../../welcome.ts';
import type { Setup } from '../setup.ts';
import { createAnnouncer } from './announce.ts';
import { chatSummaries, gather, type Start } from './gather.ts';
import { summaryLines } from './render.ts';

interface Deps {
  start: Start;
  backend: Backend & { readonly sandbox: boolean };
  /** What the environment and the page say together. */
  setup: Pick<Setup, 'config' | 'origins'>;
  /** How it stands with the chats that have an owner. */
  states: () => Record<string, ConnectionState>;
  library: Library;
  broken: readonly Problem[];
  disk: DataBudget;
  /** May grow after this call. */
  chats: ReadonlyMap<string, Chat>;
  /** The terminal is a chat: what it prints is its own. */
  talks: boolean;
  page: () => PageSummary;
  terminal: {
    output: TerminalOptions['output'];
    /** By a person, now. */
    isRead: boolean;
    /** Undefined: the log goes where the output goes. */
    logPath: string | undefined;
    locale: string;
  };
  clock: Clock;
  log: Log;
  askMs: number | undefined;
}

interface SummaryAnnouncer {
  /** Asks the backend, so that it has as long as everything else takes to open. */
  begin(): void;
  /** For who begins to talk at the terminal. */
  welcome(): Promise<string[]>;
  /** Tells what is so now. */
  announce(facts: Record<string, unknown>): Promise<void>;
  stop(): Promise<void>;
}

/** Of a large data folder the size is told as far as it was counted by then, in ms. */
const MEASURED_MS = 500;

export function openAnnouncer(config: Config, deps: Deps): SummaryAnnouncer {
  const { start, backend, library, broken, disk, chats, talks, page, clock, log } = deps;
  const { output, isRead, logPath, locale } = deps.terminal;
  const words = catalogue(locale);
  const count = library.builtin.length;
  const others = () => [...chats.values()].filter(({ platform }) => platform !== WEB);
  const write = (lines: string[]): void => void output.write(lines.map((line) => `${line}\n`).join(''));
  // without a log file a reader that is no terminal wants JSON alone
  const isPrinted = !talks && (isRead || logPath !== undefined);
  let isMeasured = false;

  async function measured(): Promise<void> {
    await disk.measured;
    isMeasured = true;
  }

  const announcer = createAnnouncer({
    asked: {
      backend,
      get sandbox() {
        return backend.sandbox;
      },
      log,
      askMs: deps.askMs,
    },
    summary: (found) =>
      gather({
        config,
        start,
        setup: deps.setup,
        chats: others(),
        states: deps.states(),
        backend: found,
        templates: { count, broken },
        page: talks ? undefined : page(),
        disk: isMeasured ? disk.state() : undefined,
        log: logPath,
      }),
    chats: () => chatSummaries(others(), deps.states()),
    print: isPrinted ? write : undefined,
    logIsThere: isRead && logPath === undefined,
    colours: isRead && output.hasColors?.() === true,
    words,
    clock,
    log,
  });

  return {
    begin: () => void announcer.begin(),
    async welcome() {
      const summary = await announcer.look();
      const names = library.builtin.map(({ name }) => name);
      const parts = { backend: words.backendName(backend.address), templates: names, logPath, words };
      if (isWhole(summary)) return terminalWelcome(deps.setup.config(), parts);
      return [...summaryLines(summary, { words, heading: 'start' }), ''];
    },
    async announce(facts) {
      await soon(MEASURED_MS, measured(), clock);
      const ending = isChatless(deps.setup.config()) ? ['', words.startup.ends()] : [''];
      announcer.tell(await announcer.look(), facts, ending);
    },
    stop: () => announcer.stop(),
  };
}
