/**
 * Which templates a guild has: the built-in ones, less those that it hid or replaced, and its own with their versions.
 * A version's documents are written before the shelf that names them, so a shelf never points at nothing.
 */
import type { Access } from '../../core/access.ts';
import { EaselError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Template } from '../../core/template.ts';
import type { Clock } from '../../core/time.ts';
import { createTurns } from '../../core/turns.ts';
import { parseDocuments } from '../draft.ts';
import { createEntries, storedDocuments, newest, type Entry } from './entries.ts';
import { emptyAccess, emptyShelf, Head } from './records.ts';
import type { Documents, Shelf, Version } from './records.ts';
import type { TemplateStore } from './store.ts';
import { createToldThere, usableOf, type ToldThere } from './told-there.ts';

export { keepsFiles, newest, type Entry } from './entries.ts';

export interface Publication {
  /** The template that this is a new version of. */
  head?: string | undefined;
  name: string;
  description: string;
  documents: Documents;
  by: string;
  platform: string;
  /** What the backend lacks for it, as the admin has been told. */
  accepted: string[];
  /** As `Version.partners`. */
  partners?: string[] | undefined;
}

export interface Library extends ToldThere {
  readonly builtin: readonly Template[];
  /** Everything, switched off or not, by name. A built-in one that was replaced is not among them. */
  entries(guild: string): Promise<readonly Entry[]>;
  /** What people may find here, by name. */
  usable(guild: string): Promise<readonly Entry[]>;
  /** Throws EaselError `no-such-template`. */
  entry(guild: string, name: string): Promise<Entry>;
  /** Who has the name: an own template of the guild other than `except`, or a built-in one. */
  takenBy(guild: string, name: string, except?: string): Promise<'own' | 'builtin' | undefined>;
  /** Throws EaselError `name-taken`, `too-many-templates`, `store-failed`. */
  publish(guild: string, publication: Publication): Promise<Entry>;
  /** Throws EaselError `name-taken`, `builtin-template`. */
  rename(guild: string, name: string, to: string): Promise<Entry>;
  /** A built-in one is hidden. */
  switchOff(guild: string, platform: string, name: string, off: boolean): Promise<Entry>;
  limit(guild: string, platform: string, name: string, access: Access): Promise<Entry>;
  /** With all its versions. Throws EaselError `builtin-template`. */
  remove(guild: string, name: string): Promise<void>;
  /** All of a guild's own templates, and what it did with the built-in ones. */
  forget(guild: string): Promise<void>;
  /** A version's two files, the newest one's by default. Throws EaselError `no-such-version`. */
  documents(guild: string, name: string, version?: number): Promise<Documents>;
  /** Brings an older version back, as a new one. */
  rollback(guild: string, name: string, version: number, by: string): Promise<Entry>;
  /** Guilds with templates of their own. */
  guilds(): AsyncIterable<[guild: string, platform: string]>;
  /** Remembers what the admins of a template have been told of it, unless it is another version by now. */
  noteNotified(guild: string, head: Head, keys: string[]): Promise<void>;
}

/** Of one guild; all of them are read at once. */
const MAX_OWN = 250;
/** Of one template; older ones are forgotten. */
const MAX_VERSIONS = 50;

export function createLibrary(
  builtin: readonly Template[],
  { store, clock, log }: { store: TemplateStore; clock: Clock; log: Log },
): Library {
  const inTurn = createTurns();
  const entries = createEntries(builtin, store, log);
  const builtinNames = new Map(builtin.map((template) => [template.name, template]));

  async function entry(guild: string, name: string): Promise<Entry> {
    const found = (await entries.of(guild)).find((one) => one.name === name);
    if (!found) throw new EaselError({ code: 'no-such-template', name });
    return found;
  }

  /** Reads, changes and writes a guild's shelf; nobody else does meanwhile. */
  async function change<T>(
    guild: string,
    platform: string,
    action: (shelf: Shelf) => Promise<T> | T,
    unoffered = true,
  ): Promise<T> {
    return inTurn(guild, async () => {
      const shelf = (await store.shelf(guild)) ?? emptyShelf(platform);
      const result = await action(shelf);
      try {
        await store.saveShelf(guild, { ...shelf, unsaid: shelf.unsaid || unoffered });
      } finally {
        // also when it is unknown whether it was written
        entries.forget(guild);
      }
      return result;
    });
  }

  /** Changes one of the guild's own templates, whatever it is called meanwhile. */
  async function changeOwn(
    guild: string,
    name: string,
    action: (head: Head, shelf: Shelf) => Promise<void> | void,
  ): Promise<Entry> {
    const { head } = await entry(guild, name);
    if (!head) throw new EaselError({ code: 'builtin-template', name });
    const renamed = await change(guild, '', async (shelf) => {
      const present = shelf.own.find(({ id }) => id === head.id);
      if (!present) throw new EaselError({ code: 'no-such-template', name });
      await action(present, shelf);
      return present.name;
    });
    return entry(guild, renamed);
  }

  /** What was done with a built-in template, or with one's own. */
  async function changeEither(
    guild: string,
    platform: string,
    name: string,
    { own, builtin: apply }: { own: (head: Head) => void; builtin: (kept: Shelf['builtin'][string]) => void },
  ): Promise<Entry> {
    if ((await entry(guild, name)).head) return changeOwn(guild, name, own);
    await change(guild, platform, (shelf) => {
      const kept = shelf.builtin[name] ?? { hidden: false, access: emptyAccess() };
      apply(kept);
      shelf.builtin[name] = kept;
    });
    return entry(guild, name);
  }

  function checkName(shelf: Shelf, name: string, id: string): void {
    if (shelf.own.some((other) => other.name === name && other.id !== id))
      throw new EaselError({ code: 'name-taken', name });
  }

  /** Documents that no shelf names any more. */
  async function forget(head: Head | undefined, versions: readonly Version[]): Promise<void> {
    for (const { number } of versions) if (head) await store.deleteDocuments(head.id, number);
  }

  const library: Library = {
    ...createToldThere({ store, inTurn, entries, change }),
    builtin,
    entries: (guild) => entries.of(guild),
    async usable(guild) {
      return usableOf(await entries.of(guild));
    },
    entry,
    async takenBy(guild, name, except) {
      const found = (await entries.of(guild)).find((one) => one.name === name);
      if (found?.head && found.head.id !== except) return 'own';
      return builtinNames.has(name) ? 'builtin' : undefined;
    },
    async publish(guild, { head: id, name, description, documents, by, platform, accepted, partners }) {
      let forgotten: Version[] = [];
      await change(guild, platform, async (shelf) => {
        const present = shelf.own.find((one) => one.id === id);
        const wanted = present?.id ?? crypto.randomUUID();
        checkName(shelf, name, wanted);
        if (!present && shelf.own.length >= MAX_OWN)
          throw new EaselError({ code: 'too-many-templates', max: MAX_OWN });
        const version: Version = {
          number: (present ? newest(present).number : 0) + 1,
          by,
          at: clock.now(),
          ...(partners && { partners }),
          ownFiles: true,
        };
        await store.saveDocuments(wanted, version.number, documents);
        const about = { name, description, accepted, told: [] };
        if (!present) shelf.own.push(Head.parse({ id: wanted, ...about, versions: [version] }));
        else {
          Object.assign(present, about, { versions: [...present.versions, version] });
          forgotten = oldVersions(present);
        }
      });
      const published = await entry(guild, name);
      await forget(published.head, forgotten);
      return published;
    },
    rename: (guild, name, to) =>
      changeOwn(guild, name, (head, shelf) => {
        checkName(shelf, to, head.id);
        head.name = to;
      }),
    switchOff: (guild, platform, name, off) =>
      changeEither(guild, platform, name, {
        own: (head) => void (head.disabled = off),
        builtin: (kept) => void (kept.hidden = off),
      }),
    limit: (guild, platform, name, { roles, channels, ageRestricted }) => {
      const set = (kept: { access: Head['access'] }) => {
        kept.access = { roles: [...roles], channels: [...channels], ageRestricted };
      };
      return changeEither(guild, platform, name, { own: set, builtin: set });
    },
    async remove(guild, name) {
      const { head } = await entry(guild, name);
      if (!head) throw new EaselError({ code: 'builtin-template', name });
      const versions = await change(guild, '', (shelf) => {
        const present = shelf.own.find(({ id }) => id === head.id);
        if (!present) throw new EaselError({ code: 'no-such-template', name });
        shelf.own = shelf.own.filter((other) => other !== present);
        return present.versions;
      });
      await forget(head, versions);
    },
    forget: (guild) =>
      inTurn(guild, async () => {
        const shelf = await store.shelf(guild);
        for (const head of shelf?.own ?? []) await forget(head, head.versions);
        await store.deleteShelf(guild);
        entries.forget(guild);
      }),
    async documents(guild, name, version) {
      const { head, template } = await entry(guild, name);
      if (head) return storedDocuments(head, version ?? newest(head).number, store);
      if (!template?.documents || version !== undefined)
        throw new EaselError({ code: 'builtin-template', name });
      return template.documents;
    },
    async rollback(guild, name, from, by) {
      let forgotten: Version[] = [];
      const rolled = await changeOwn(guild, name, async (head) => {
        const documents = await storedDocuments(head, from, store);
        const { ownFiles = true } = head.versions.find((version) => version.number === from) ?? {};
        const number = newest(head).number + 1;
        await store.saveDocuments(head.id, number, documents);
        const { description } = parseDocuments(name, documents);
        // what it lacks may be something else than what the newer one did
        Object.assign(head, { description, told: [], accepted: [] });
        head.versions.push({ number, by, at: clock.now(), from, ownFiles });
        forgotten = oldVersions(head);
      });
      await forget(rolled.head, forgotten);
      return rolled;
    },
    async *guilds() {
      for await (const [guild, shelf] of store.shelves())
        if (shelf.own.length > 0) yield [guild, shelf.platform];
    },
    async noteNotified(guild, { id, versions }, keys) {
      await change(
        guild,
        '',
        (shelf) => {
          const head = shelf.own.find((one) => one.id === id);
          if (head?.versions.length === versions.length) head.told = keys;
        },
        false,
      );
    },
  };
  return library;
}

/** Takes away what is beyond the number of versions that are kept, the oldest first. */
function oldVersions(head: Head): Version[] {
  return head.versions.splice(0, Math.max(0, head.versions.length - MAX_VERSIONS));
}
