/** Fills in the choices that the backend decides: checkpoints, LoRAs, samplers. Pure. */
import type { NodeClasses } from '../core/nodes.ts';
import type { Slot, Template } from '../core/template.ts';
import type { Workflow } from '../core/workflow.ts';
import { usualVariant } from './models/settle.ts';
import { typeOf } from './slots/index.ts';
import { variantsOf } from './variants.ts';

/**
 * A copy with the lists that are known; a slot whose list is not stays without, and takes any text. Of several workflows
 * it has all that any of them takes, and otherwise the slots of the one that runs where nothing is given. `model`: the
 * guild's for this template.
 */
export function withChoices(template: Template, nodes: NodeClasses | undefined, model?: string): Template {
  const usual = template.variants ? usualVariant(template, nodes, model) : template;
  const all = variantsOf(template);
  const slots = Object.entries(template.slots).map(([name, slot]): [string, Slot] => {
    const own = Object.hasOwn(usual.slots, name) ? usual.slots[name] : undefined;
    return [name, union(own ?? slot, name, all, nodes)];
  });
  return { ...template, slots: Object.fromEntries(slots) };
}

function union(
  slot: Slot,
  name: string,
  variants: readonly Template[],
  nodes: NodeClasses | undefined,
): Slot {
  if (slot.type !== 'choice' || slot.choices) return slot;
  const choices = variants.flatMap(({ slots, workflow }) => {
    const own = Object.hasOwn(slots, name) ? slots[name] : undefined;
    return own ? choicesOf(known(own, workflow, nodes)) : [];
  });
  return choices.length > 0 ? { ...slot, choices: [...new Set(choices)] } : slot;
}

/** What can be picked; empty where that is not known, or nothing is picked. */
export function choicesNow(slot: Slot, workflow: Workflow, nodes: NodeClasses | undefined): string[] {
  return choicesOf(known(slot, workflow, nodes));
}

/** What the template itself says can be picked; empty where it leaves that to the backend, or nothing is picked. */
export function choicesOf(slot: Slot): string[] {
  return typeOf(slot).choices?.(slot) ?? [];
}

function known(slot: Slot, workflow: Workflow, nodes: NodeClasses | undefined): Slot {
  return typeOf(slot).withChoices?.(slot, workflow, nodes) ?? slot;
}

/** Choices that hold what was typed, those that begin with it first, at most `max`; `called`: what each is called, too. */
export function matchingChoices(
  slot: Slot,
  typed: string,
  max: number,
  called: (name: string) => string = (name) => name,
): string[] {
  const wanted = typed.trim().toLowerCase();
  const begin: string[] = [];
  const hold: string[] = [];
  for (const name of choicesOf(slot)) {
    const places = [name, called(name)].map((text) => text.toLowerCase().indexOf(wanted));
    if (places.includes(0)) begin.push(name);
    else if (places.some((at) => at > 0)) hold.push(name);
    if (begin.length >= max) break;
  }
  return [...begin, ...hold].slice(0, max);
}
