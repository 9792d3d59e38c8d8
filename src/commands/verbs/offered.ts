/** Which templates somebody may use here, and why not the others. */
import { refusal } from '../../core/access.ts';
import type { Backend } from '../../core/backend.ts';
import type { Caller } from '../../core/caller.ts';
import { EaselError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Template } from '../../core/template.ts';
import { isShutOut } from '../../guilds/policy.ts';
import type { GuildStore } from '../../guilds/store.ts';
import { matchingChoices, withChoices } from '../../templates/choices.ts';
import type { Entry, Library } from '../../templates/library/index.ts';

export type UsableEntry = Entry & { template: Template };

export interface Offered {
  /** The templates that come with Easel, in alphabetical order: what a guild has that changed nothing. */
  builtin(): readonly Template[];
  /** What the caller may use here, in alphabetical order; choices that the backend decides are filled in. */
  templates(caller: Caller): Promise<readonly Template[]>;
  /** One of those; undefined when there is no such one for the caller. */
  template(caller: Caller, name: string): Promise<Template | undefined>;
  /** Where words go that name no template, as the guild has set. */
  defaultTemplate(caller: Caller): Promise<Template | undefined>;
  /** Choices of a slot that hold what was typed, those that begin with it first; at most `max`. Never rejects. */
  complete(caller: Caller, name: string, slot: string, typed: string, max: number): Promise<string[]>;
}

export interface OfferedDeps {
  library: Library;
  guilds: GuildStore;
  backend: Backend;
  log: Log;
}

export function createOffered({ library, guilds, backend, log }: OfferedDeps): Offered & {
  mayUse: (caller: Caller, access: Entry['access']) => ReturnType<typeof refusal>;
  /** Rejects with why the caller cannot use it; `runs`: they are about to. */
  find: (caller: Caller, name: string, runs?: boolean) => Promise<UsableEntry>;
} {
  async function usable(caller: Caller): Promise<Template[]> {
    const found: Template[] = [];
    if (caller.barred) return found;
    for (const { template, access } of await library.usable(caller.guild))
      if (template && (await mayUse(caller, access)) === undefined) found.push(template);
    return found;
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
    const entry = (await library.entries(caller.guild)).find((one) => one.name === name);
    if (!entry?.template) {
      const known = (await usable(caller)).map((template) => template.name);
      throw new EaselError({ code: 'unknown-template', name, known });
    }
    if (entry.off) throw new EaselError({ code: 'template-disabled', name });
    const why = await mayUse(caller, entry.access, runs);
    if (why === 'role') throw new EaselError({ code: 'not-for-you', name });
    if (why === 'channel') throw new EaselError({ code: 'not-here', name });
    if (why === 'age') throw new EaselError({ code: 'age-restricted', name });
    return { ...entry, template: withChoices(entry.template, backend.knownNodes()) };
  }

  return {
    mayUse,
    find,
    builtin: () => library.builtin,
    async templates(caller) {
      const nodes = backend.knownNodes();
      return (await usable(caller)).map((template) => withChoices(template, nodes));
    },
    async template(caller, name) {
      try {
        return (await find(caller, name)).template;
      } catch (error) {
        if (error instanceof EaselError && error.code !== 'store-failed') return undefined;
        throw error;
      }
    },
    async defaultTemplate(caller) {
      const { defaultTemplate } = guilds.settings(caller.guild);
      const found = (await usable(caller)).find(({ name }) => name === defaultTemplate);
      return found && withChoices(found, backend.knownNodes());
    },
    async complete(caller, name, slot, typed, max) {
      try {
        const found = (await find(caller, name)).template.slots[slot];
        return found ? matchingChoices(found, typed, max) : [];
      } catch (error) {
        log.debug({ guild: caller.guild, template: name, err: error }, 'nothing to complete');
        return [];
      }
    },
  };
}
