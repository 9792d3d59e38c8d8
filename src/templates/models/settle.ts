/**
 * What a job runs, before its values are checked: which of its template's workflows, and with which of the models that
 * the backend has. What a template names is a preference; what a person names is what they get, or they are asked. Pure.
 */
import { EaselError, type Problem } from '../../core/errors.ts';
import type { NodeClasses } from '../../core/nodes.ts';
import type { ChoiceSlot, Slot, Template } from '../../core/template.ts';
import { inputAt, pathKey, type Workflow } from '../../core/workflow.ts';
import { needed } from '../check.ts';
import { inputsOf } from '../slots/index.ts';
import type { RawValue, RawValues } from '../slots/definition.ts';
import { ownWorkflow, variantsOf } from '../variants.ts';
import { familyName, familyOf, type Family } from './family.ts';
import { modelsAt, type ModelKind } from './inputs.ts';
import { fits, nearest, needsOf, ranked, standIn, type Needs } from './nearest.ts';
import { meantFile, sameFile } from './same-file.ts';

export interface Settled {
  /** The workflow that is taken, with its own slots. */
  template: Template;
  /** What was given, by the backend's names, and what was taken besides. */
  raw: RawValues;
  /** Slots that nobody gave, and for which something else was taken than their template has. */
  taken: string[];
}

export interface Preference {
  /** The guild's model for this template. */
  model?: string | undefined;
  /** The variant that an earlier job ran. */
  variant?: string | undefined;
}

/** One workflow, looked at with what the backend has. */
interface Tried extends Settled {
  /** It would be refused, whatever is chosen. */
  lacks: boolean;
  /** A model that was given is of another family than it is built for. */
  unlike: boolean;
  /** What it is built for, where that is known. */
  family: Family | undefined;
  /** The same for certain: it draws with nothing of another family, such as this one that was given. */
  alien?: { slot: string; value: string; family: Family };
  /** It has no place for something that was given. */
  homeless: boolean;
  /** The guild's model is taken. */
  preferred: boolean;
  /** What has to be chosen. */
  question?: Problem;
}

/**
 * Without `nodes` nothing is known: then `workflow.json` is taken, and the backend judges. Throws EaselError
 * `not-a-choice`, `choice-unclear` or `choice-missing`, which somebody can be asked about: `choices` are what is there; and
 * `model-unlike`.
 */
export function settle(
  template: Template,
  given: RawValues,
  nodes: NodeClasses | undefined,
  { model, variant }: Preference = {},
): Settled {
  if (!nodes) return { template: ownWorkflow(template), raw: given, taken: [] };
  const variants = variantsOf(template);
  const raw = byInstalledName(variants, given, nodes);
  const tried = variants.map((one) => tryOut(one, raw, nodes, model));
  requireKin(tried);
  const chosen = choose(tried, variant);
  if (chosen) return withoutShownDefaults(chosen, template, nodes, model);
  const asking = tried.find(({ lacks, homeless, question }) => question && !lacks && !homeless);
  if (asking?.question) throw new EaselError(withAll(asking.question, variants, nodes));
  // nothing can be run: the backend says what is missing
  const closest = tried.find(({ homeless }) => !homeless) ?? tried[0];
  return closest ?? { template: ownWorkflow(template), raw, taken: [] };
}

/** Whether what a job of this template runs depends on what the backend has. */
export function dependsOnModels(template: Template): boolean {
  return template.variants !== undefined || Object.values(template.slots).some(isOpen);
}

/** Asked for with each letter that somebody types, and decided once for what the backend was last seen with. */
const usual = new WeakMap<NodeClasses, WeakMap<Template, Map<string, Template>>>();

/** The workflow that is taken where nothing is given; it tells which defaults people are shown. `model`: as in `Preference`. */
export function usualVariant(template: Template, nodes: NodeClasses | undefined, model = ''): Template {
  if (!nodes || !template.variants) return ownWorkflow(template);
  const templates = usual.get(nodes) ?? new WeakMap<Template, Map<string, Template>>();
  usual.set(nodes, templates);
  const known = templates.get(template) ?? new Map<string, Template>();
  templates.set(template, known);
  const found = known.get(model) ?? decided(template, nodes, model);
  if (known.size < MAX_MODELS) known.set(model, found);
  return found;
}

function decided(template: Template, nodes: NodeClasses, model: string): Template {
  const tried = variantsOf(template).map((one) => tryOut(one, {}, nodes, model || undefined));
  const found = choose(tried, undefined) ?? tried.find(({ lacks, question }) => question && !lacks);
  return found?.template ?? ownWorkflow(template);
}

/** The slot that a guild's model is for: what draws or enlarges, where the backend decides what there is. */
export function modelSlot(template: Template, nodes: NodeClasses): string | undefined {
  for (const { slots, workflow } of variantsOf(template))
    for (const [name, slot] of Object.entries(slots)) {
      const kind = isOpen(slot) ? openAt(slot, workflow, nodes)?.kind : undefined;
      if (kind && DRAWING.includes(kind)) return name;
    }
  return undefined;
}

/** Of guilds, of one template. */
const MAX_MODELS = 100;
/** The nearest of what could be chosen; a server may have thousands. */
const MAX_CHOICES = 250;

const DRAWING: readonly ModelKind[] = ['checkpoint', 'unet', 'upscale'];
type OpenSlot = ChoiceSlot & { into: NonNullable<ChoiceSlot['into']> };

function isOpen(slot: Slot): slot is OpenSlot {
  return slot.type === 'choice' && !slot.choices && slot.into !== undefined;
}

function openAt({ into: [path] }: OpenSlot, workflow: Workflow, nodes: NodeClasses) {
  return path && modelsAt(workflow, path, nodes);
}

/** What every variant together has for a slot. */
function allInstalled(variants: readonly Template[], name: string, nodes: NodeClasses): string[] {
  const all = variants.flatMap(({ slots, workflow }) => {
    const slot = Object.hasOwn(slots, name) ? slots[name] : undefined;
    return slot && isOpen(slot) ? (openAt(slot, workflow, nodes)?.installed ?? []) : [];
  });
  return [...new Set(all)];
}

function byInstalledName(variants: readonly Template[], given: RawValues, nodes: NodeClasses): RawValues {
  const named = Object.entries(given).map(([slot, value]) => {
    const typed = typeof value === 'string' ? value.trim() : '';
    const choices = typed === '' ? [] : allInstalled(variants, slot, nodes);
    if (choices.length === 0) return [slot, value];
    const meant = meantFile(typed, choices);
    if (!meant)
      throw new EaselError({ code: 'not-a-choice', slot, value: typed, choices: nearestOf(typed, choices) });
    if ('one' in meant) return [slot, meant.one];
    throw new EaselError({
      code: 'choice-unclear',
      slot,
      value: typed,
      choices: meant.several.slice(0, MAX_CHOICES),
    });
  });
  return Object.fromEntries(named);
}

function tryOut(template: Template, given: RawValues, nodes: NodeClasses, model: string | undefined): Tried {
  const { slots, workflow, outputs } = template;
  const needs = needsOf(workflow);
  const tried: Tried = {
    template,
    raw: { ...given },
    taken: [],
    lacks: [...needed(workflow, outputs, nodes)].some((id) => !nodes.has(workflow[id]?.class_type ?? '')),
    unlike: false,
    family: needs.family,
    homeless:
      Object.keys(given).some((slot) => !Object.hasOwn(slots, slot)) && template.variant !== undefined,
    preferred: false,
  };
  const take = (slot: string, value: string) => {
    tried.raw[slot] = value;
    tried.taken.push(slot);
  };
  for (const [name, slot] of Object.entries(slots)) {
    const at = isOpen(slot) ? openAt(slot, workflow, nodes) : undefined;
    if (!at || !isOpen(slot)) continue;
    const { kind, installed } = at;
    const value = Object.hasOwn(given, name) ? textOf(given[name]) : undefined;
    if (value !== undefined) {
      tried.homeless ||= !installed.includes(value);
      tried.unlike ||= DRAWING.includes(kind) && fits(value, needs) === false;
      const family = familyOf(value);
      const isCertain = needs.strict || template.variant !== undefined;
      if (kind !== 'upscale' && isCertain && family !== undefined && fits(value, needs) === false)
        tried.alien = { slot: name, value, family };
      continue;
    }
    if (installed.length === 0) {
      tried.lacks = true;
      continue;
    }
    const own = model !== undefined && DRAWING.includes(kind) ? sameFile(model, installed) : undefined;
    // nobody has named it just now: where it is of another family it is no wish
    if (own && 'one' in own && fits(own.one, needs) !== false) {
      take(name, own.one);
      tried.preferred = true;
      continue;
    }
    const [path] = slot.into;
    const wanted = slot.default ?? (path && inputAt(workflow, path));
    if (typeof wanted !== 'string' || wanted === '') continue;
    const same = sameFile(wanted, installed);
    const found = same && 'one' in same ? same.one : undefined;
    const other = found ?? (same ? undefined : nearest({ kind, value: wanted, installed }, needs));
    if (other === undefined)
      tried.question ??= same
        ? {
            code: 'choice-unclear',
            slot: name,
            value: wanted,
            choices: 'several' in same ? same.several : [],
          }
        : { code: 'choice-missing', slot: name, value: wanted, choices: nearestOf(wanted, installed) };
    else if (other !== wanted) take(name, other);
  }
  tried.lacks ||= lacksFixed(template, nodes, needs);
  return tried;
}

/** A model that no slot writes is not there, and nothing takes its place. */
function lacksFixed({ slots, workflow, outputs }: Template, nodes: NodeClasses, needs: Needs): boolean {
  const written = new Set(Object.values(slots).flatMap((slot) => inputsOf(slot).map(pathKey)));
  return [...needed(workflow, outputs, nodes)].some((id) =>
    Object.entries(workflow[id]?.inputs ?? {}).some(([input, value]) => {
      if (typeof value !== 'string' || written.has(pathKey([id, input]))) return false;
      const at = modelsAt(workflow, [id, input], nodes);
      return at !== undefined && standIn({ ...at, value }, needs) === undefined;
    }),
  );
}

/** Throws EaselError `model-unlike` where no workflow draws with what was given. */
function requireKin(tried: readonly Tried[]): void {
  const open = tried.filter(({ homeless }) => !homeless);
  const [alien] = open.flatMap((one) => one.alien ?? []);
  if (!alien || open.some((one) => !one.alien)) return;
  const families = tried.flatMap(({ family }) => (family === undefined ? [] : [familyName(family)]));
  throw new EaselError({
    code: 'model-unlike',
    ...alien,
    family: familyName(alien.family),
    families: [...new Set(families)],
  });
}

/** The first that can be run; one that an earlier job ran, the guild's model, and a fitting one come before. */
function choose(tried: readonly Tried[], variant: string | undefined): Tried | undefined {
  const [only] = tried;
  // what a single workflow lacks, the backend says better
  if (tried.length === 1 && only && !only.question) return only;
  const able = tried.filter(({ lacks, homeless, question }) => !lacks && !homeless && !question);
  return (
    able.find(({ template }) => variant !== undefined && template.variant === variant) ??
    able.find(({ preferred }) => preferred) ??
    able.find(({ unlike }) => !unlike) ??
    able[0]
  );
}

/** A form sends the defaults that it showed, and those of another workflow are no wish of anybody's. */
function withoutShownDefaults(
  chosen: Tried,
  template: Template,
  nodes: NodeClasses,
  model: string | undefined,
): Settled {
  const shown = template.variants ? usualVariant(template, nodes, model) : chosen.template;
  if (shown.variant === chosen.template.variant) return chosen;
  const kept = Object.entries(chosen.raw).filter(([slot, value]) => {
    const [was, is] = [shown.slots[slot], chosen.template.slots[slot]].map(defaultOf);
    return was === undefined || was === is || was !== textOf(value);
  });
  return { ...chosen, raw: Object.fromEntries(kept) };
}

/** As it was typed; empty for a file. */
function textOf(value: RawValue | undefined): string | undefined {
  return typeof value === 'object' ? '' : value?.toString();
}

function defaultOf(slot: Slot | undefined): string | undefined {
  return slot && 'default' in slot && slot.default !== undefined ? String(slot.default) : undefined;
}

/** What could be chosen for it in any variant. */
function withAll(problem: Problem, variants: readonly Template[], nodes: NodeClasses): Problem {
  if (problem.code !== 'choice-missing') return problem;
  return { ...problem, choices: nearestOf(problem.value, allInstalled(variants, problem.slot, nodes)) };
}

function nearestOf(wanted: string, names: readonly string[]): string[] {
  return ranked(wanted, names).slice(0, MAX_CHOICES);
}
