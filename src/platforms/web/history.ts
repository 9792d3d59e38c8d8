/**
 * The messages that are final, one row each, and their files, one folder each. They are read when somebody looks at them:
 * in memory there is only where each stands.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { KeptFolder } from '../../core/disk.ts';
import { EaselError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Table } from '../../store/index.ts';
import type { Message } from './api.ts';
import { createMessageIndex, MAX_STARRED, type Entry, type Wanted } from './message-index.ts';
import { filesOf, messageOf, Row, withFile, type FileRow } from './rows.ts';

export interface KeptFile extends FileRow {
  path: string;
}

/** Oldest first; `isMore`: there are older ones. */
export interface Page {
  messages: Message[];
  isMore: boolean;
}

export interface History {
  has(id: string): boolean;
  /** So many at most. Rejects with `store-failed`. */
  page(wanted: Wanted, most: number): Promise<Page>;
  /** The id of the newest one that can be asked for once more. */
  repeatable(): string | undefined;
  /**
   * A message that shows a screen shows another one, or what was said when the last was left. Undefined: it shows none, or
   * is gone.
   */
  turn(id: string, to: Pick<Row, 'screen' | 'lines'>): Promise<Message | undefined>;
  /** Replaces the row with this id; resolves once it is durable, and those for which there was no room are gone. */
  keep(row: Row): Promise<Message>;
  folder(id: string): string;
  /** Removes the files of a message that could not be kept. */
  dropFiles(id: string): Promise<void>;
  /** The n-th file of a message, as far as its row names one that is not deleted. Rejects with `store-failed`. */
  file(id: string, index: number): Promise<KeptFile | undefined>;
  /**
   * A file with a star keeps its message from going for want of room. Rejects with `file-gone`, and with `stars-full` when
   * those that have one take half of the room already.
   */
  star(id: string, index: number, starred: boolean): Promise<Message>;
  /** For good: from the disk, then from its message. Rejects with `file-gone`, and as the disk does. */
  deleteFile(id: string, index: number): Promise<Message>;
}

export interface HistoryOptions {
  table: Table;
  directory: string;
  /** The same folder: what lies there may go when there is no room. */
  kept: KeptFolder;
  log: Log;
  /** A message has lost its files. */
  changed: (message: Message) => void;
}

export async function openHistory({
  table,
  directory,
  kept,
  log,
  changed,
}: HistoryOptions): Promise<History> {
  const entries = createMessageIndex();
  const folder = (id: string) => join(directory, id);
  const isBare = (row: Row) => filesOf(row).length > 0 && !entries.get(row.id)?.hasFiles;
  const shown = (row: Row) => messageOf(row, isBare(row));

  function entryOf(row: Row, isThere: boolean): Entry {
    const files = filesOf(row);
    const hasFiles = isThere && files.length > 0;
    const isStarred = files.some(({ starred }) => starred);
    kept.pin(row.id, hasFiles && isStarred);
    return {
      id: row.id,
      at: row.at,
      kept: row.kept ?? row.at,
      draft: row.draft,
      hasFiles,
      isStarred,
      isRepeatable: row.reply?.buttons.some(({ action }) => action === 'again') ?? false,
    };
  }

  async function forget(old: readonly Entry[]): Promise<void> {
    for (const { id } of old) entries.delete(id);
    for (const { id, hasFiles } of old) {
      await table.delete(id);
      if (hasFiles) await kept.remove(id);
    }
  }

  /** Undefined for what is gone, or damaged; the log says the latter. */
  async function read(id: string): Promise<Row | undefined> {
    const value = await table.get(id);
    return value === undefined ? undefined : parse(id, value);
  }

  function parse(id: string, value: unknown): Row | undefined {
    const row = Row.safeParse(value);
    if (row.success && row.data.id === id) return row.data;
    log.error({ message: id, err: row.error }, 'corrupt message left in place');
    return undefined;
  }

  /** Of messages that went, or were never written, when a process died. */
  async function removeStrayFolders(known: ReadonlySet<string>, names: ReadonlySet<string>): Promise<void> {
    for (const name of names)
      if (!known.has(name) && z.uuid().safeParse(name).success) await kept.remove(name);
  }

  const ids = new Set<string>();
  const names: ReadonlySet<string> = new Set(await readdir(directory).catch(() => []));
  for await (const [id, value] of table.entries()) {
    ids.add(id);
    const row = parse(id, value);
    if (row) entries.put(entryOf(row, names.has(id)));
  }
  await removeStrayFolders(ids, names);
  await forget(entries.surplus());

  async function loseFiles(id: string): Promise<void> {
    const known = entries.get(id);
    if (!known) return;
    entries.put({ ...known, hasFiles: false });
    const row = await read(id);
    if (row) changed(shown(row));
    // it is one of words now
    await forget(entries.surplus());
  }
  kept.listen((id) => {
    loseFiles(id).catch((error: unknown) =>
      log.error({ message: id, err: error }, 'that a message has lost its files was not told'),
    );
  });

  async function keep(row: Row): Promise<Message> {
    const hasFiles = filesOf(row).length > 0;
    // first, since a full disk takes nothing more
    if (!entries.get(row.id)) await forget(entries.surplus(1, hasFiles));
    await table.set(row.id, row);
    entries.put(entryOf(row, true));
    // others may have come meanwhile
    await forget(entries.surplus());
    return shown(row);
  }

  /** What becomes of one file. Rejects with `file-gone`. */
  async function changeFile(id: string, index: number, change: (file: FileRow) => FileRow): Promise<Message> {
    const row = await table.update(id, (value) => {
      const before = value === undefined ? undefined : parse(id, value);
      const after = before && entries.get(id)?.hasFiles ? withFile(before, index, change) : undefined;
      if (!after) throw new EaselError({ code: 'file-gone' });
      return after;
    });
    entries.put(entryOf(row, true));
    return shown(row);
  }

  return {
    has: (id) => entries.get(id) !== undefined,
    async page(wanted, most) {
      const { entries: found, isMore } = entries.page(wanted, most);
      const rows = await Promise.all(found.map(({ id }) => read(id)));
      return { messages: rows.flatMap((row) => (row ? [shown(row)] : [])), isMore };
    },
    repeatable: () => entries.newest(({ isRepeatable, draft }) => isRepeatable && draft === undefined)?.id,
    keep,
    async turn(id, to) {
      const now = entries.get(id) && (await read(id));
      if (now?.screen === undefined || now.screen === to.screen) return undefined;
      const { screen: _left, lines: _said, ...row } = now;
      return keep({ ...row, ...to });
    },
    folder,
    async dropFiles(id) {
      if (!entries.get(id)) await kept.remove(id);
    },
    async file(id, index) {
      if (!entries.get(id)) return undefined;
      const file = (await read(id))?.reply?.files[index];
      return file && !file.deleted ? { ...file, path: join(folder(id), file.stored) } : undefined;
    },
    async star(id, index, starred) {
      const isFull = !kept.mayPin(id) || (!entries.get(id)?.isStarred && entries.starred >= MAX_STARRED);
      if (starred && isFull) throw new EaselError({ code: 'stars-full' });
      return changeFile(id, index, ({ starred: _was, ...file }) => ({
        ...file,
        ...(starred && { starred }),
      }));
    },
    async deleteFile(id, index) {
      const file = entries.get(id) && (await read(id))?.reply?.files[index];
      if (!file || file.deleted) throw new EaselError({ code: 'file-gone' });
      await kept.removeFile(id, file.stored);
      const message = await changeFile(id, index, ({ starred: _was, ...one }) => ({ ...one, deleted: true }));
      if (!entries.get(id)?.hasFiles) await kept.remove(id);
      // it may be one of words now
      await forget(entries.surplus());
      return message;
    },
  };
}
