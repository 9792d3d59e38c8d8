/** What admins do with templates that are published, and what everybody may see of them. */
import type { Access, Refusal } from '../../core/access.ts';
import type { Backend } from '../../core/backend.ts';
import type { Caller } from '../../core/caller.ts';
import type { Unlisted } from '../../core/chat.ts';
import { EaselError, type Problem } from '../../core/errors.ts';
import type { MediaFile } from '../../core/run.ts';
import type { Template } from '../../core/template.ts';
import { clip } from '../../core/text.ts';
import type { Clock } from '../../core/time.ts';
import { requireAdmin } from '../../guilds/policy.ts';
import type { GuildStore } from '../../guilds/store.ts';
import { misfits } from '../../templates/check.ts';
import { defaultFirst } from '../../templates/default-first.ts';
import { usualVariant } from '../../templates/models/settle.ts';
import { wordsFor } from '../../templates/languages/words.ts';
import { newest, type Entry, type Library } from '../../templates/library/index.ts';
import type { Version } from '../../templates/library/records.ts';
import { cleanName, Name, RESERVED_NAMES } from '../../templates/names.ts';
import { withSchemaLink } from '../../templates/schema-link.ts';
import type { Offers } from '../offers.ts';

export interface ShelfEntry {
  name: string;
  /** In the caller's language, as far as the template has it. */
  description: string;
  origin: 'built-in' | 'own';
  /** Switched off here. */
  off: boolean;
  /** Its number; undefined for a built-in one. */
  version: number | undefined;
  access: Access;
  /** What the backend lacks for it by now. */
  misfits: Problem[];
  /** It is run by a typed line only: the platform's menu has no entry for it. */
  unlisted: Unlisted | undefined;
}

export interface ShelfVerbs {
  /** By name. Who is no admin sees those that they may use. */
  list(caller: Caller): Promise<ShelfEntry[]>;
  /** Throws EaselError `no-such-template`; so do all the others. */
  show(caller: Caller, name: string): Promise<ShelfEntry & { template: Template | undefined }>;
  /** Newest first; empty for a built-in one. Admins only, as are all below. */
  history(caller: Caller, name: string): Promise<Version[]>;
  /** A problem in the result: it is done, but the platform did not take the commands. */
  rename(caller: Caller, name: string, to: string): Promise<Problem | undefined>;
  /** A built-in one is hidden. */
  switchOff(caller: Caller, name: string, off: boolean): Promise<Problem | undefined>;
  /** Who may use it and where. */
  limit(caller: Caller, name: string, access: Access): Promise<Problem | undefined>;
  remove(caller: Caller, name: string): Promise<Problem | undefined>;
  /** `number` as typed. Throws EaselError `no-such-version`. */
  rollback(
    caller: Caller,
    name: string,
    number: string,
  ): Promise<{ version: number; problem: Problem | undefined }>;
  /** `template.json` and `workflow.json`, byte for byte; of the newest version or of `number`. */
  export(caller: Caller, name: string, number?: string): Promise<MediaFile[]>;
}

/** What is not done with a built-in template. */
const OWN_ONLY: readonly string[] = ['rename', 'remove', 'rollback'];
/** Of what the audit log says of an act. */
const MAX_DETAIL = 300;

export interface ShelfOptions {
  library: Library;
  guilds: GuildStore;
  backend: Backend;
  offers: Offers;
  clock: Clock;
  /** What the platform's menu has no entry for. */
  unlisted: (caller: Caller) => Promise<ReadonlyMap<string, Unlisted>>;
  /** Why somebody may not use a template; never rejects. */
  mayUse: (caller: Caller, access: Access) => Promise<Refusal | undefined>;
}

export function createShelf(options: ShelfOptions): ShelfVerbs {
  const { library, guilds, backend, offers, clock, mayUse } = options;

  function shown(
    { name, description, head, template, access, off }: Entry,
    unlisted: ReadonlyMap<string, Unlisted>,
    { locale }: Caller,
  ): ShelfEntry {
    const nodes = backend.knownNodes();
    return {
      name,
      description: template ? wordsFor(template, locale).description : description,
      origin: head ? 'own' : 'built-in',
      off,
      version: head && newest(head).number,
      access,
      misfits:
        template && nodes ? misfits(usualVariant(template, nodes), nodes).map(({ problem }) => problem) : [],
      unlisted: unlisted.get(name),
    };
  }

  /** Checks who asks, writes it down, does it, tells the platform. */
  async function act<T>(
    caller: Caller,
    verb: string,
    subject: string,
    detail: string | undefined,
    action: () => Promise<T>,
  ): Promise<{ done: T; problem: Problem | undefined }> {
    requireAdmin(caller);
    const { guild, platform, user: by } = caller;
    // what cannot be done is no act
    const { head } = await library.entry(guild, subject);
    if (!head && OWN_ONLY.includes(verb)) throw new EaselError({ code: 'builtin-template', name: subject });
    await guilds.record(guild, {
      at: clock.now(),
      by,
      act: `template.${verb}`,
      subject,
      ...(detail !== undefined && { detail: clip(detail, MAX_DETAIL) }),
    });
    const done = await action();
    return { done, problem: await offers.offer(guild, platform) };
  }

  /** The guild's default template goes on being it under its new name. */
  async function renameDefault({ guild, user: by }: Caller, name: string, to: string): Promise<void> {
    const record = { act: 'settings.change', subject: 'defaultTemplate', detail: `defaultTemplate=${to}` };
    const entry = { at: clock.now(), by, ...record };
    await guilds.change(guild, (settings) =>
      settings.defaultTemplate === name
        ? { settings: { ...settings, defaultTemplate: to }, entry }
        : undefined,
    );
  }

  async function mayFind(caller: Caller, entry: Entry): Promise<boolean> {
    if (caller.barred) throw new EaselError(caller.barred);
    if (caller.admin) return true;
    if (entry.off || !entry.template) return false;
    return (await mayUse(caller, entry.access)) === undefined;
  }

  return {
    async list(caller) {
      const entries = await library.entries(caller.guild);
      const unlisted = await options.unlisted(caller);
      const found: Entry[] = [];
      for (const entry of entries) if (await mayFind(caller, entry)) found.push(entry);
      const inUse = found.flatMap(({ off, template }) => (off || !template ? [] : [template]));
      const [first] = defaultFirst(inUse, guilds.settings(caller.guild).defaultTemplate);
      const begins = ({ template }: Entry) => template !== undefined && template === first;
      return found
        .toSorted((a, b) => Number(begins(b)) - Number(begins(a)))
        .map((entry) => shown(entry, unlisted, caller));
    },
    async show(caller, name) {
      const entry = await library.entry(caller.guild, name);
      if (!(await mayFind(caller, entry))) throw new EaselError({ code: 'no-such-template', name });
      return { ...shown(entry, await options.unlisted(caller), caller), template: entry.template };
    },
    async history(caller, name) {
      requireAdmin(caller);
      const { head } = await library.entry(caller.guild, name);
      return head?.versions.toReversed() ?? [];
    },
    async rename(caller, name, typed) {
      const to = cleanName(typed);
      requireAdmin(caller);
      if (!Name.safeParse(to).success) throw new EaselError({ code: 'bad-name', name: to });
      if (RESERVED_NAMES.includes(to)) throw new EaselError({ code: 'reserved-name', name: to });
      const { head } = await library.entry(caller.guild, name);
      if ((await library.takenBy(caller.guild, to, head?.id)) === 'own')
        throw new EaselError({ code: 'name-taken', name: to });
      const action = async () => {
        await library.rename(caller.guild, name, to);
        await renameDefault(caller, name, to);
      };
      return (await act(caller, 'rename', name, to, action)).problem;
    },
    async switchOff(caller, name, off) {
      const action = () => library.switchOff(caller.guild, caller.platform, name, off);
      return (await act(caller, off ? 'disable' : 'enable', name, undefined, action)).problem;
    },
    async limit(caller, name, access) {
      const detail = [
        ...access.roles,
        ...access.channels,
        ...(access.ageRestricted ? ['age-restricted'] : []),
      ].join(' ');
      const action = () => library.limit(caller.guild, caller.platform, name, access);
      return (await act(caller, 'limit', name, detail, action)).problem;
    },
    async remove(caller, name) {
      const action = () => library.remove(caller.guild, name);
      return (await act(caller, 'remove', name, undefined, action)).problem;
    },
    async rollback(caller, name, typed) {
      requireAdmin(caller);
      const number = await versionOf(caller.guild, name, typed);
      const action = () => library.rollback(caller.guild, name, number, caller.user);
      const { done, problem } = await act(caller, 'rollback', name, String(number), action);
      return { version: done.head ? newest(done.head).number : number, problem };
    },
    async export(caller, name, typed) {
      requireAdmin(caller);
      const number = typed === undefined ? undefined : await versionOf(caller.guild, name, typed);
      const { template, workflow, variants = {} } = await library.documents(caller.guild, name, number);
      const file = (base: string, text: string): MediaFile => {
        return { name: base, type: 'application/json', bytes: Buffer.from(text) };
      };
      return [
        file('template.json', withSchemaLink(template)),
        file('workflow.json', workflow),
        ...Object.entries(variants).map(([variant, text]) => file(`workflow.${variant}.json`, text)),
      ];
    },
  };

  async function versionOf(guild: string, name: string, typed: string): Promise<number> {
    const { head } = await library.entry(guild, name);
    if (!head) throw new EaselError({ code: 'builtin-template', name });
    const known = head.versions.map(({ number }) => number);
    const wanted = /^v?(\d+)$/.exec(typed.trim())?.[1];
    const found = known.find((number) => String(number) === wanted);
    if (found === undefined) throw new EaselError({ code: 'no-such-version', name, version: typed, known });
    return found;
  }
}
