/** The messages that are final, one row each, and their files, one folder each: the latest ones, and no others. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { KeptFolder } from '../../core/disk.ts';
import type { Log } from '../../core/log.ts';
import type { Table } from '../../store/index.ts';
import type { Message, MessageFile } from './api.ts';

/** How many are kept. */
export const MAX_MESSAGES = 200;

const Fact = z.object({ name: z.string(), value: z.string() });

const FileRow = z.object({
  name: z.string(),
  /** Its name in the message's folder. */
  stored: z.string().regex(/^(?!\.)[^/\\\0]+$/),
  type: z.string(),
  bytes: z.number().int().nonnegative(),
  width: z.number().exactOptional(),
  height: z.number().exactOptional(),
});

const Row = z.object({
  id: z.uuid(),
  at: z.number(),
  /** When it became final; a job may take longer than many others. */
  kept: z.number().exactOptional(),
  asked: z.string().exactOptional(),
  template: z.string().exactOptional(),
  values: z.record(z.string(), z.string()).exactOptional(),
  lines: z.array(z.string()).exactOptional(),
  screen: z.string().exactOptional(),
  draft: z.string().exactOptional(),
  reply: z
    .object({
      tone: z.enum(['waiting', 'working', 'done', 'failed', 'cancelled']),
      title: z.string(),
      status: z.string(),
      facts: z.array(Fact),
      notes: z.array(z.string()),
      links: z.array(z.string()).exactOptional(),
      demo: z.string().exactOptional(),
      buttons: z.array(z.object({ action: z.enum(['cancel', 'again', 'all']), label: z.string() })),
      files: z.array(FileRow),
    })
    .exactOptional(),
});
export type Row = z.infer<typeof Row>;
export type FileRow = z.infer<typeof FileRow>;

export interface KeptFile extends FileRow {
  path: string;
}

export interface History {
  has(id: string): boolean;
  /** Oldest first. */
  messages(): Message[];
  /**
   * A message that shows a screen shows another one, or what was said when the last was left. Undefined: it shows none, or
   * is gone.
   */
  turn(id: string, to: Pick<Row, 'screen' | 'lines'>): Promise<Message> | undefined;
  /** Replaces the row with this id; resolves once it is durable, and those for which there was no room are gone. */
  keep(row: Row): Promise<Message>;
  folder(id: string): string;
  /** Removes the files of a message that could not be kept. */
  dropFiles(id: string): Promise<void>;
  /** The n-th file of a message, as far as its row names one. */
  file(id: string, index: number): KeptFile | undefined;
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
  /** In the order of their time. */
  let rows = new Map<string, Row>();
  /** Whose files went for want of room. */
  const bare = new Set<string>();

  const folder = (id: string) => join(directory, id);
  const sort = (all: Iterable<Row>) =>
    (rows = new Map([...all].toSorted((a, b) => a.at - b.at).map((row) => [row.id, row])));

  /** Leaves room for `more`. */
  async function forgetOld(more = 0): Promise<void> {
    const byEnd = [...rows.values()].toSorted((a, b) => (a.kept ?? a.at) - (b.kept ?? b.at));
    const old = byEnd.slice(0, Math.max(0, byEnd.length + more - MAX_MESSAGES));
    for (const { id } of old) rows.delete(id);
    for (const { id } of old) {
      await table.delete(id);
      bare.delete(id);
      await kept.remove(id);
    }
  }

  /** Of messages that went, or were never written, when a process died. */
  async function removeStrayFolders(known: ReadonlySet<string>, names: readonly string[]): Promise<void> {
    const stray = names.filter((name) => !known.has(name) && z.uuid().safeParse(name).success);
    for (const name of stray) await kept.remove(name);
  }

  const stored: Row[] = [];
  const ids = new Set<string>();
  for await (const [id, value] of table.entries()) {
    ids.add(id);
    const row = Row.safeParse(value);
    if (row.success && row.data.id === id) stored.push(row.data);
    else log.error({ message: id, err: row.error }, 'corrupt message left in place');
  }
  sort(stored);
  const names: string[] = await readdir(directory).catch(() => []);
  for (const { id, reply } of stored) if (reply?.files.length && !names.includes(id)) bare.add(id);
  await removeStrayFolders(ids, names);
  await forgetOld();
  const shown = (row: Row) => messageOf(row, bare.has(row.id));
  kept.listen((id) => {
    const row = rows.get(id);
    if (!row) return;
    bare.add(id);
    changed(shown(row));
  });

  async function keep(row: Row): Promise<Message> {
    // first, since a full disk takes nothing more
    await forgetOld(rows.has(row.id) ? 0 : 1);
    await table.set(row.id, row);
    bare.delete(row.id);
    sort([...rows.values()].filter(({ id }) => id !== row.id).concat(row));
    // others may have come meanwhile
    await forgetOld();
    return shown(row);
  }

  return {
    has: (id) => rows.has(id),
    messages: () => [...rows.values()].map(shown),
    keep,
    turn(id, to) {
      const now = rows.get(id);
      if (now?.screen === undefined || now.screen === to.screen) return undefined;
      const { screen: _left, lines: _said, ...row } = now;
      return keep({ ...row, ...to });
    },
    folder,
    async dropFiles(id) {
      if (!rows.has(id)) await kept.remove(id);
    },
    file(id, index) {
      const file = rows.get(id)?.reply?.files[index];
      return file && { ...file, path: join(folder(id), file.stored) };
    },
  };
}

function messageOf({ reply, kept: _kept, ...row }: Row, bare: boolean): Message {
  if (!reply) return row;
  const files = reply.files.map(({ stored: _stored, ...file }, index): MessageFile => {
    return { ...file, url: `/api/messages/${row.id}/files/${index}`, ...(bare && { gone: true }) };
  });
  return { ...row, reply: { ...reply, files } };
}
