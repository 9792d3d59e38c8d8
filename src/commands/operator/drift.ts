/**
 * Watches whether published templates still fit the backend. When its nodes or models change so that one does not,
 * those who published it and the guild's named admins are told, once for each thing that is missing.
 */
import type { Backend } from '../../core/backend.ts';
import type { Chat } from '../../core/chat.ts';
import { groupedProblems, type Finding } from '../../core/finding.ts';
import type { Log } from '../../core/log.ts';
import type { NodeClasses } from '../../core/nodes.ts';
import { createRounds } from '../../core/rounds.ts';
import { within, type Clock } from '../../core/time.ts';
import type { GuildStore } from '../../guilds/store.ts';
import { catalogue, sentence } from '../../i18n/index.ts';
import { keyOf, misfits } from '../../templates/check.ts';
import type { Entry, Library } from '../../templates/library/index.ts';
import { noteForeignFiles } from './foreign-files.ts';
import type { Notices } from './notices.ts';

export interface DriftOptions {
  library: Library;
  guilds: GuildStore;
  notices: Pick<Notices, 'post'>;
  backend: Backend;
  /** May grow after this call. */
  chats: ReadonlyMap<string, Chat>;
  clock: Clock;
  log: Log;
  /** Between two looks at the backend, in ms. */
  everyMs: number;
}

export interface DriftWatch {
  start(): void;
  /** Idempotent; resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

/** For reading what the backend has, and for telling one person, in ms. */
const READ_MS = 60_000;
const TELL_MS = 20_000;
/** People who are told of one template: the latest publishers first. */
const MAX_TOLD = 5;

export function createDriftWatch(options: DriftOptions): DriftWatch {
  const { library, guilds, notices, backend, chats, clock, log, everyMs } = options;
  const stopping = new AbortController();
  let seen: NodeClasses | undefined;

  async function look(): Promise<void> {
    const nodes = await within(READ_MS, (signal) => backend.nodes(signal, everyMs), stopping.signal);
    // the same reading says nothing new
    if (nodes === seen) return;
    for await (const [guild, platform] of library.guilds()) {
      await lookAt(guild, platform, nodes);
      if (stopping.signal.aborted) return;
    }
    seen = nodes;
  }

  /** One guild's trouble is not another's. */
  async function lookAt(guild: string, platform: string, nodes: NodeClasses): Promise<void> {
    try {
      for (const entry of await library.entries(guild)) {
        await noteForeignFiles({ guild, platform }, entry, nodes, { notices, clock });
        // there is nobody to tell where the platform is off
        if (chats.has(platform)) await checkEntry(guild, platform, entry, nodes);
      }
    } catch (error) {
      log.error({ guild, err: error }, "a guild's templates could not be checked against the backend");
    }
  }

  async function checkEntry(
    guild: string,
    platform: string,
    { name, template, head, off }: Entry,
    nodes: NodeClasses,
  ): Promise<void> {
    if (!template || !head || off || stopping.signal.aborted) return;
    const found = misfits(template, nodes).filter((finding) => !head.accepted.includes(keyOf(finding)));
    const keys = found.map(keyOf);
    const news = found.filter((finding) => !head.told.includes(keyOf(finding)));
    if (news.length > 0) {
      log.warn({ guild, template: name, missing: keys }, 'a template no longer fits the backend');
      const people = [
        ...head.versions.map(({ by }) => by).toReversed(),
        ...guilds.settings(guild).adminUsers,
      ];
      for (const user of [...new Set(people)].slice(0, MAX_TOLD))
        await notify(guild, platform, user, name, news);
    }
    // who could not be told because of the stop is told at the next start
    if (stopping.signal.aborted) return;
    if (keys.join('\n') !== head.told.join('\n')) await library.noteNotified(guild, head, keys);
  }

  async function notify(
    guild: string,
    platform: string,
    user: string,
    name: string,
    news: Finding[],
  ): Promise<void> {
    const words = catalogue(guilds.settings(guild).language ?? 'en');
    const lines = [
      words.drift.heading(name),
      ...groupedProblems(news.map(({ problem }) => problem)).map((problem) =>
        sentence(words, problem, 'admin'),
      ),
      words.drift.advice(name),
    ];
    try {
      const chat = chats.get(platform);
      await within(TELL_MS, async (signal) => chat?.tell(user, lines, signal), stopping.signal);
    } catch (error) {
      log.warn({ guild, platform, template: name, err: error }, 'an admin could not be told of a misfit');
    }
  }

  return createRounds({
    clock,
    everyMs,
    stopping,
    round: look,
    failed: (error) => log.warn({ err: error }, 'templates could not be checked against the backend'),
  });
}
