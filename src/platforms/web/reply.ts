/** The chat's messages: replies that change while their job runs, kept once they are final, and told to every open page. */
import { LRUCache } from 'lru-cache';
import { Refused } from '../../core/errors.ts';
import { isDiskFull, type KeptFolder } from '../../core/disk.ts';
import type { StoredFile } from '../../core/files.ts';
import type { Job } from '../../core/job.ts';
import type { Log } from '../../core/log.ts';
import type { MediaFile } from '../../core/run.ts';
import { clip, oneLine } from '../../core/text.ts';
import type { Clock } from '../../core/time.ts';
import type { View } from '../../core/view.ts';
import type { Table } from '../../store/index.ts';
import { createLiveMessages } from '../kit/live-message.ts';
import { saveFiles } from '../kit/save-files.ts';
import type { Earlier, Message, Only } from './api.ts';
import { openHistory, type KeptFile } from './history.ts';
import { shownType } from './media.ts';
import { earlierOf, readCursor } from './cursor.ts';
import { renderMessage, renderReply } from './render.ts';
import type { Row } from './rows.ts';
import { createStreams, type Stream } from './streams.ts';
import { writeFiles } from './write-files.ts';

export interface Replies {
  show(job: Job, view: View): void;
  /** Resolves once pictures and message are kept. */
  deliver(
    job: Job,
    view: View,
    files: readonly StoredFile[],
    sent: (count: number) => Promise<void>,
  ): Promise<void>;
  /**
   * What Easel says outside of any job; `asked`: to what; `screen`: the address of one that it shows. Resolves to the
   * message's id. Rejects with EaselError `data-full`, and as the disk does.
   */
  say(
    lines: string[],
    asked?: string,
    more?: { screen?: string; files?: readonly MediaFile[] },
  ): Promise<string>;
  /** The screen of a message has become another one, or was left: `lines` say what came of it. */
  turn(id: string, to: { screen: string } | { lines: string[] }): Promise<void>;
  /**
   * The newest ones, and all that are unfinished; oldest first. `draft`: the test runs of that draft; without it, those of
   * none. Rejects with `store-failed`, as all that reads what is kept.
   */
  history(draft?: string): Promise<Earlier>;
  /** Final ones that are older than the place that `before` names, or the newest ones. Rejects with `bad-request` too. */
  earlier(wanted: {
    draft?: string | undefined;
    only?: Only | undefined;
    before?: string | undefined;
  }): Promise<Earlier>;
  /** The id of the newest one that can be asked for once more. */
  repeatable(): string | undefined;
  /** As the history's, and every open page is told. */
  star(id: string, index: number, starred: boolean): Promise<Message>;
  deleteFile(id: string, index: number): Promise<Message>;
  /** Pages ask for their commands anew. */
  commandsChanged(): void;
  /** What an open page is told; undefined when there are too many of them. */
  open(): Stream | undefined;
  /** The picture of how far a job is, while it runs. */
  preview(id: string): MediaFile | undefined;
  /** A file that a final message names, by its place there. */
  file(id: string, index: number): Promise<KeptFile | undefined>;
  /** Ends every open stream. */
  close(): void;
}

/** Of a file's name as it is shown, in UTF-16 units. */
const MAX_NAME = 200;
/** Of messages that are told at once. */
export const PAGE = 40;
/** Between two states of one message, in ms. */
const INTERVAL_MS = 100;
/** Failures that could not be written down; one that falls out is not shown any more. */
const MAX_UNKEPT = 50;

interface Live {
  message: Message;
  preview?: MediaFile | undefined;
  /** How many pictures there were, so that each has an address of its own. */
  previews: number;
}

export async function createReplies(options: {
  table: Table;
  directory: string;
  kept: KeptFolder;
  clock: Clock;
  log: Log;
}): Promise<Replies> {
  const { clock, log } = options;
  const streams = createStreams();
  const history = await openHistory({ ...options, changed: (message) => streams.tell(message) });
  /** Of jobs that have not ended. */
  const live = new Map<string, Live>();
  const unkept = new LRUCache<string, true>({ max: MAX_UNKEPT, dispose: (_one, id) => live.delete(id) });
  const edits = createLiveMessages({
    edit: async (job, view) => update(job, view),
    intervalMs: INTERVAL_MS,
    maxIntervalMs: INTERVAL_MS,
    editMs: 1000,
    clock,
    log,
  });

  function update(job: Job, view: View): void {
    const known = live.get(job.id);
    // without a new picture the last one stays while it runs
    const over = view.tone === 'cancelled' || view.tone === 'failed';
    const preview = over ? undefined : (view.preview ?? known?.preview);
    const previews = (known?.previews ?? 0) + (preview === known?.preview ? 0 : 1);
    const url = preview && `/api/messages/${job.id}/preview?v=${previews}`;
    const message = renderMessage(job, renderReply(view, [], url));
    live.set(job.id, { message, preview, previews });
    streams.tell(message);
  }

  /** A few failures are remembered while the disk takes nothing. */
  function tellUnkept(job: Job, view: View): void {
    update(job, view);
    unkept.set(job.id, true);
  }

  /** Resolves to the message as it is kept. */
  async function keep(job: Job, view: View, files: readonly StoredFile[]): Promise<Message> {
    const saved = await saveFiles(history.folder(job.id), files);
    const shown = saved.map(({ name, bytes, size }, index) => {
      const file = files[index];
      const given = clip(oneLine(file?.name ?? name), MAX_NAME);
      return { name: given, stored: name, type: shownType(file?.type ?? '', given), bytes, ...size };
    });
    const { fraction: _fraction, preview: _preview, ...reply } = renderReply(view, []);
    const { reply: _reply, ...message } = renderMessage(job, reply);
    return history.keep({ ...message, kept: clock.now(), reply: { ...reply, files: shown } });
  }

  /** Files that no job has made are an answer all the same. */
  async function give(
    row: Pick<Row, 'id' | 'at' | 'asked'>,
    lines: string[],
    files: readonly MediaFile[],
  ): Promise<Message> {
    const { id, asked = '' } = row;
    const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
    try {
      return await options.kept.keep({ name: id, bytes }, async () => {
        const shown = await writeFiles(history.folder(id), files);
        const [status = '', ...notes] = lines;
        const about = { title: clip(oneLine(asked), MAX_NAME), status, notes };
        const reply = { tone: 'done' as const, ...about, facts: [], buttons: [], files: shown };
        return history.keep({ ...row, reply });
      });
    } catch (error) {
      await history.dropFiles(id);
      throw error;
    }
  }

  function tell(message: Message): Message {
    streams.tell(message);
    return message;
  }

  async function deliver(
    job: Job,
    view: View,
    files: readonly StoredFile[],
    sent: (count: number) => Promise<void>,
  ): Promise<void> {
    await edits.settle(job, NEVER);
    // told before a restart, and only not recorded as ended
    if (job.delivered > 0) return void live.delete(job.id);
    try {
      const bytes = files.reduce((sum, { size }) => sum + size, 0);
      const write = () => keep(job, view, files);
      const entry = { name: job.id, bytes, moved: bytes };
      const kept = await (files.length > 0 ? options.kept.keep(entry, write) : write());
      await sent(1);
      live.delete(job.id);
      streams.tell(kept);
    } catch (error) {
      await history.dropFiles(job.id);
      // a disk that is full must not leave anybody waiting
      if (view.tone === 'failed') tellUnkept(job, view);
      // other files go; whatever else a disk says it would say again
      else if (isDiskFull(error)) throw error;
      throw new Refused(error);
    }
  }

  return {
    show(job, view) {
      // a final message stays as it is
      if (!history.has(job.id)) edits.show(job, () => view);
    },
    deliver,
    async say(lines, asked, { screen, files = [] } = {}) {
      const id = crypto.randomUUID();
      const row = { id, at: clock.now(), ...(asked !== undefined && { asked }) };
      const kept = { ...row, ...(lines.length > 0 && { lines }), ...(screen !== undefined && { screen }) };
      streams.tell(await (files.length > 0 ? give(row, lines, files) : history.keep(kept)));
      return id;
    },
    async turn(id, to) {
      const turned = await history.turn(id, to);
      if (turned) streams.tell(turned);
    },
    async history(draft) {
      const page = await history.page({ draft }, PAGE);
      const unfinished = [...live.values()].map(({ message }) => message);
      const messages = page.messages
        .filter(({ id }) => !live.has(id))
        .concat(unfinished.filter((message) => message.draft === draft))
        .toSorted((a, b) => a.at - b.at);
      return { messages, ...earlierOf(page) };
    },
    async earlier({ draft, only, before }) {
      const page = await history.page({ draft, only, before: readCursor(before) }, PAGE);
      return { messages: page.messages, ...earlierOf(page) };
    },
    repeatable: () => history.repeatable(),
    star: async (id, index, starred) => tell(await history.star(id, index, starred)),
    deleteFile: async (id, index) => tell(await history.deleteFile(id, index)),
    commandsChanged: () => streams.commandsChanged(),
    open: () => streams.open(),
    preview: (id) => live.get(id)?.preview,
    file: (id, index) => history.file(id, index),
    close: () => streams.close(),
  };
}

/** An update takes no time, so that nothing is ever waited for. */
const NEVER = new AbortController().signal;
