/** The model that a guild's admins have chosen for a template: it is taken where nobody names another one. */
import type { Backend } from '../../core/backend.ts';
import type { Caller } from '../../core/caller.ts';
import { EaselError } from '../../core/errors.ts';
import type { Clock } from '../../core/time.ts';
import { requireAdmin } from '../../guilds/policy.ts';
import { MAX_MODEL } from '../../guilds/schema.ts';
import type { GuildStore } from '../../guilds/store.ts';
import { choicesOf, withChoices } from '../../templates/choices.ts';
import type { Library } from '../../templates/library/index.ts';
import { modelSlot } from '../../templates/models/settle.ts';
import { meantFile, sameFile } from '../../templates/models/same-file.ts';
import { mergedOne } from './merge.ts';
import { summary } from './settings.ts';

export interface UsualModel {
  template: string;
  /** What is chosen; empty: what the template prefers. */
  model: string;
  /** It is chosen, and not there. */
  isGone: boolean;
  /** What the backend has. */
  installed: string[];
}

export interface UsualModels {
  /** Of each template whose model the backend decides, by name. Rejects with EaselError `not-an-admin`. */
  list(caller: Caller): Promise<UsualModel[]>;
  /**
   * By template; an empty text takes the choice away, and templates that are not named keep theirs. `shown`: what the form
   * had, as in `SettingsVerbs.change`. Rejects with EaselError `setting-unknown` or `setting-changed` with the template's name.
   */
  choose(
    caller: Caller,
    chosen: Readonly<Record<string, string>>,
    shown?: Readonly<Record<string, string>>,
  ): Promise<void>;
}

export function createUsualModels({
  guilds,
  library,
  backend,
  clock,
}: {
  guilds: GuildStore;
  library: Library;
  backend: Backend;
  clock: Clock;
}): UsualModels {
  async function list({ guild }: Caller): Promise<UsualModel[]> {
    const nodes = backend.knownNodes();
    const { models } = guilds.settings(guild);
    if (!nodes) return [];
    return (await library.usable(guild)).flatMap(({ name, template }) => {
      const key = template && modelSlot(template, nodes);
      const slot = template && key !== undefined ? withChoices(template, nodes).slots[key] : undefined;
      if (!slot) return [];
      const [installed, model] = [choicesOf(slot), models[name] ?? ''];
      return [{ template: name, model, isGone: model !== '' && !sameFile(model, installed), installed }];
    });
  }

  return {
    async list(caller) {
      requireAdmin(caller);
      return list(caller);
    },
    async choose(caller, chosen, shown) {
      requireAdmin(caller);
      const { guild, user: by } = caller;
      const known = new Map((await list(caller)).map((one) => [one.template, one]));
      await guilds.change(guild, (now) => {
        const models = { ...now.models };
        for (const [template, typed] of Object.entries(chosen)) {
          const about = known.get(template);
          if (!about) throw new EaselError({ code: 'no-such-template', name: template });
          const was = shown && Object.hasOwn(shown, template) ? { value: shown[template] ?? '' } : undefined;
          const kept = about.model === typed ? typed : meant(about, typed);
          const model = mergedOne(template, kept, was, now.models[template] ?? '');
          if (model === '') delete models[template];
          else models[template] = model;
        }
        const settings = { ...now, models };
        const detail = summary(['models'], { models: lines(now.models) }, { models: lines(models) });
        return {
          settings,
          entry: { at: clock.now(), by, act: 'settings.change', subject: 'models', detail },
        };
      });
    },
  };
}

/** The backend's name for it. Throws EaselError `setting-unknown`. */
function meant({ template, installed }: UsualModel, typed: string): string {
  const value = typed.trim().slice(0, MAX_MODEL);
  if (value === '') return '';
  const found = meantFile(value, installed);
  if (found && 'one' in found) return found.one;
  const known = found?.several ?? installed;
  throw new EaselError({ code: 'setting-unknown', setting: template, value, known });
}

function lines(models: Readonly<Record<string, string>>): string[] {
  return Object.entries(models).map(([template, model]) => `/${template}:${model}`);
}
