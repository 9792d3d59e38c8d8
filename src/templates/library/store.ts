/**
 * What guilds have made of templates: each guild's shelf (a small record with the heads of its own templates and what
 * it did with the built-in ones), every version's two documents, and drafts that are being edited.
 */
import { z } from 'zod';
import { EaselError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { createTurns, type Turns } from '../../core/turns.ts';
import { openTables } from '../../store/index.ts';
import { TEMPLATE_TABLES } from '../tables.ts';
import { openDrafts } from './drafts.ts';
import { Documents, Draft, Shelf } from './records.ts';

export interface TemplateStore {
  /** Undefined when the guild has none. Rejects with `record-unreadable` when it is damaged, with `store-failed` else. */
  shelf(guild: string): Promise<Shelf | undefined>;
  saveShelf(guild: string, shelf: Shelf): Promise<void>;
  /** Every guild with a shelf; damaged ones are logged and left out. */
  shelves(): AsyncIterable<[guild: string, shelf: Shelf]>;
  documents(id: string, version: number): Promise<Documents | undefined>;
  saveDocuments(id: string, version: number, documents: Documents): Promise<void>;
  deleteDocuments(id: string, version: number): Promise<void>;
  draft(id: string): Promise<Draft | undefined>;
  /** Kept for a week after the last change. Rejects with `too-many-drafts` or `drafts-too-large` where it has no room. */
  saveDraft(draft: Draft): Promise<void>;
  deleteDraft(id: string): Promise<void>;
  /** By a draft's id: it has one writer at a time. */
  inTurn: Turns;
  deleteDraftsOf(guild: string): Promise<void>;
  deleteShelf(guild: string): Promise<void>;
  close(): Promise<void>;
}

/** As much of a draft as tells whose it is, however damaged the rest. */
const OfGuild = z.object({ guild: z.string() });

/** `uri` is `sqlite://PATH`. Rejects with `store-failed`; so does every write that is not acknowledged. */
export async function openTemplateStore(uri: string, log: Log): Promise<TemplateStore> {
  const { shelves, versions, drafts: stored } = await openTables(uri, TEMPLATE_TABLES, log);
  const drafts = await openDrafts(stored, log);
  const key = (id: string, version: number) => `${id}/${version}`;
  /** Told once. */
  const damaged = new Set<string>();

  function noteDamage(guild: string, err: unknown): void {
    if (!damaged.has(guild)) log.error({ guild, err }, 'corrupt shelf left in place');
    damaged.add(guild);
  }

  return {
    async shelf(guild) {
      const found = await shelves.get(guild);
      const shelf = Shelf.safeParse(found);
      if (found !== undefined && !shelf.success) noteDamage(guild, shelf.error);
      return found === undefined ? undefined : read(Shelf, found);
    },
    saveShelf: (guild, shelf) => shelves.set(guild, shelf),
    async *shelves() {
      for await (const [guild, value] of shelves.entries()) {
        const shelf = Shelf.safeParse(value);
        if (shelf.success) yield [guild, shelf.data];
        else noteDamage(guild, shelf.error);
      }
    },
    async documents(id, version) {
      const found = await versions.get(key(id, version));
      return found === undefined ? undefined : read(Documents, found);
    },
    saveDocuments: (id, version, documents) => versions.set(key(id, version), documents),
    deleteDocuments: (id, version) => versions.delete(key(id, version)),
    async draft(id) {
      const found = await drafts.get(id);
      return found === undefined ? undefined : read(Draft, found);
    },
    saveDraft: (draft) => drafts.save(draft),
    deleteDraft: (id) => drafts.delete(id),
    inTurn: createTurns(),
    async deleteDraftsOf(guild) {
      const found: string[] = [];
      for await (const [id, value] of stored.entries())
        if (OfGuild.safeParse(value).data?.guild === guild) found.push(id);
      for (const id of found) await drafts.delete(id);
    },
    deleteShelf: (guild) => shelves.delete(guild),
    async close() {
      for (const table of [shelves, versions, drafts]) await table.close();
    },
  };
}

function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new EaselError({ code: 'record-unreadable' }, { cause: parsed.error });
}
