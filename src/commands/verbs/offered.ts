/** Which templates somebody may use here, and why not the others. */
import { refusal } from '../../core/access.ts';
import type { Backend } from '../../core/backend.ts';
import type { Caller } from '../../core/caller.ts';
import { EaselError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Option } from '../../core/screen.ts';
import type { Template } from '../../core/template.ts';
import { folded } from '../../core/text.ts';
import { isShutOut } from '../../guilds/policy.ts';
import type { GuildStore } from '../../guilds/store.ts';
import { defaultFirst, takesWords } from '../../templates/default-first.ts';
import { matchingChoices, withChoices } from '../../templates/choices.ts';
import { commandNames } from '../../templates/languages/called.ts';
import { wordsFor } from '../../templates/languages/words.ts';
import type { Entry, Library } from '../../templates/library/index.ts';

export type UsableEntry = Entry & { template: Template };

export interface Offered {
  /** The templates that come with Easel, the default one first: what a guild has that changed nothing. */
  builtin(): readonly Template[];
  /** What the caller may use here: the default template, then the others in alphabetical order; choices that the backend decides are filled in. */
  templates(caller: Caller): Promise<readonly Template[]>;
  /** One of those, by its name or by what any of its languages calls it; undefined when there is no such one for the caller. */
  template(caller: Caller, name: string): Promise<Template | undefined>;
  /**
   * Where words go that name no template: what the guild has set, while that takes words and the caller may use it; else
   * `imagine`, else the first that takes words. Undefined where none does.
   */
  defaultTemplate(caller: Caller): Promise<Template | undefined>;
  /** Choices of a slot that hold what was typed, by name or as the caller's language calls them, those that begin with it first; at most `max`. Never rejects. */
  complete(caller: Caller, name: string, slot: string, typed: string, max: number): Promise<Option[]>;
}

export interface OfferedDeps {
  library: Library;
  guilds: GuildStore;
  backend: Backend;
  log: Log;
}

export function createOffered({ library, guilds, backend, log }: OfferedDeps): Offered & {
  mayUse: (caller: Caller, access: Entry['access'], runs?: boolean) => ReturnType<typeof refusal>;
  /** Rejects with why the caller cannot use it; `runs`: they are about to. As it was made: without what the backend decides. */
  find: (caller: Caller, name: string, runs?: boolean) => Promise<UsableEntry>;
} {
  async function usable(caller: Caller): Promise<Template[]> {
    const found: Template[] = [];
    if (caller.barred) return found;
    for (const { template, access } of await library.usable(caller.guild))
      if (template && (await mayUse(caller, access)) === undefined) found.push(template);
    return defaultFirst(found, guilds.settings(caller.guild).defaultTemplate);
  }

  /** A platform that cannot tell about the channel does not open what is closed. */
  async function mayUse(caller: Caller, access: Entry['access'], runs = false): ReturnType<typeof refusal> {
    // what they may not run is not shown to them either
    if (isShutOut(caller, guilds.settings(caller.guild))) return 'role';
    try {
      return await refusal(access, caller, runs);
    } catch (error) {
      log.warn({ guild: caller.guild, err: error }, 'a channel could not be looked up');
      return access.ageRestricted ? 'age' : 'channel';
    }
  }

  async function find(caller: Caller, name: string, runs = false): Promise<UsableEntry> {
    if (caller.barred) throw new EaselError(caller.barred);
    const entry = entryCalled(await library.entries(caller.guild), name, caller.locale);
    if (!entry?.template) {
      const known = (await usable(caller)).map((template) => template.name);
      throw new EaselError({ code: 'unknown-template', name, known });
    }
    if (entry.off) throw new EaselError({ code: 'template-disabled', name });
    const why = await mayUse(caller, entry.access, runs);
    if (why === 'role') throw new EaselError({ code: 'not-for-you', name });
    if (why === 'channel') throw new EaselError({ code: 'not-here', name });
    if (why === 'age') throw new EaselError({ code: 'age-restricted', name });
    return { ...entry, template: entry.template };
  }

  /** As people are shown it. */
  function shown(template: Template, { guild }: Caller): Template {
    return withChoices(template, backend.knownNodes(), guilds.settings(guild).models[template.name]);
  }

  return {
    mayUse,
    find,
    builtin: () => defaultFirst(library.builtin),
    async templates(caller) {
      return (await usable(caller)).map((template) => shown(template, caller));
    },
    async template(caller, name) {
      try {
        return shown((await find(caller, name)).template, caller);
      } catch (error) {
        if (error instanceof EaselError && error.code !== 'store-failed') return undefined;
        throw error;
      }
    },
    async defaultTemplate(caller) {
      const [first] = await usable(caller);
      return first && takesWords(first) ? shown(first, caller) : undefined;
    },
    async complete(caller, name, slot, typed, max) {
      try {
        const template = shown((await find(caller, name)).template, caller);
        const found = template.slots[slot];
        if (!found) return [];
        const { choice } = wordsFor(template, caller.locale).slot(slot, found);
        return matchingChoices(found, typed, max, choice).map((value) => ({ value, label: choice(value) }));
      } catch (error) {
        log.debug({ guild: caller.guild, template: name, err: error }, 'nothing to complete');
        return [];
      }
    },
  };
}

/** By its own name, else by what it is called in the caller's language, else in any other; what is switched off comes last. */
function entryCalled(entries: readonly Entry[], name: string, locale: string): Entry | undefined {
  const wanted = folded(name);
  const others = entries.toSorted((a, b) => Number(a.off) - Number(b.off));
  return (
    entries.find((one) => one.name === name) ??
    others.find(({ template }) => template && wordsFor(template, locale).name === wanted) ??
    others.find(({ template }) => template && commandNames(template).includes(wanted))
  );
}
