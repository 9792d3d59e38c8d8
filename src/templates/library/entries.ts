/** Reads what a guild has: its own templates and the built-in ones, as its shelf says. Remembers guilds asked lately. */
import { LRUCache } from 'lru-cache';
import { OPEN, type Access } from '../../core/access.ts';
import type { Unlisted } from '../../core/chat.ts';
import { EaselError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Template } from '../../core/template.ts';
import { parseDocuments } from '../draft.ts';
import type { Documents, Head, Version } from './records.ts';
import type { TemplateStore } from './store.ts';

export interface Entry {
  name: string;
  description: string;
  /** Undefined for a guild's own one whose stored documents cannot be read (any more): the log says why. */
  template: Template | undefined;
  /** Undefined for a built-in one. */
  head: Head | undefined;
  access: Access;
  /** Switched off here. */
  off: boolean;
  /** A built-in one that has a command of this guild's own. */
  ownCommand?: boolean | undefined;
  /** Of a guild's own: as the platform said when it was told of it last. A built-in one's are the platform's to say. */
  unlisted?: Unlisted | undefined;
}

export interface Entries {
  /** Everything, switched off or not, by name. A built-in one that was replaced is not among them. */
  of(guild: string): Promise<readonly Entry[]>;
  /** The guild's shelf has changed. */
  forget(guild: string): void;
}

/**
 * Guilds and templates of theirs that are kept in memory; a large template takes some 100 KB. What falls out is read and
 * parsed anew when its guild asks.
 */
const MAX_REMEMBERED = 500;
const MAX_TEMPLATES = 1000;

export function createEntries(builtin: readonly Template[], store: TemplateStore, log: Log): Entries {
  const remembered = new LRUCache<string, { entries: Promise<readonly Entry[]> }>({
    max: MAX_REMEMBERED,
    maxSize: MAX_TEMPLATES,
  });

  async function read(guild: string): Promise<readonly Entry[]> {
    const shelf = await store.shelf(guild);
    const unlisted = new Map((shelf?.unlisted ?? []).map((one) => [one.name, one]));
    const own = (await Promise.all((shelf?.own ?? []).map((head) => entryOf(guild, head)))).map(
      (entry): Entry => ({ ...entry, unlisted: unlisted.get(entry.name) }),
    );
    const names = new Set(own.map(({ name }) => name));
    const shared = builtin
      .filter(({ name }) => !names.has(name))
      .map((template): Entry => {
        const { hidden = false, access = OPEN } = shelf?.builtin[template.name] ?? {};
        const { name, description } = template;
        const facts = { name, description, template, head: undefined, access, off: hidden };
        return shelf?.shared.includes(name) === true ? { ...facts, ownCommand: true } : facts;
      });
    return [...own, ...shared].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  async function entryOf(guild: string, head: Head): Promise<Entry> {
    const { name, description, access, disabled: off } = head;
    const facts = { name, description, head, access, off };
    try {
      const documents = await storedDocuments(head, newest(head).number, store);
      return { ...facts, template: parseDocuments(name, documents) };
    } catch (error) {
      log.error({ guild, template: name, err: error }, 'a template of a guild cannot be read');
      // the store may be able to another time
      if (error instanceof EaselError && error.code === 'store-failed') remembered.delete(guild);
      return { ...facts, template: undefined };
    }
  }

  return {
    of(guild) {
      const known = remembered.get(guild);
      if (known) return known.entries;
      const reading = { entries: read(guild) };
      remembered.set(guild, reading, { size: 1 });
      const isCurrent = () => remembered.peek(guild) === reading;
      reading.entries.then(
        (all) => isCurrent() && remembered.set(guild, { ...reading }, { size: weight(all) }),
        () => isCurrent() && remembered.delete(guild), // who asked is told
      );
      return reading.entries;
    },
    forget: (guild) => void remembered.delete(guild),
  };
}

/** Of its guild's entries in memory; the built-in ones are there anyway. */
function weight(entries: readonly Entry[]): number {
  return Math.max(1, entries.filter(({ head }) => head).length);
}

export function newest({ versions }: Head): Version {
  const last = versions.at(-1);
  if (!last) throw new TypeError('a template has at least one version'); // the record's schema says so
  return last;
}

/** Throws EaselError `no-such-version`. */
export async function storedDocuments(head: Head, version: number, store: TemplateStore): Promise<Documents> {
  const known = head.versions.map(({ number }) => number);
  const found = known.includes(version) ? await store.documents(head.id, version) : undefined;
  if (!found)
    throw new EaselError({ code: 'no-such-version', name: head.name, version: String(version), known });
  return found;
}

/** It may go on naming whatever files it does: the operator's own, or published before names were judged. */
export function keepsFiles({ head }: Entry): boolean {
  return !head || !newest(head).ownFiles;
}
