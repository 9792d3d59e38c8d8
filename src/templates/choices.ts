/** Fills in the choices that the backend decides: checkpoints, LoRAs, samplers. Pure. */
import type { NodeClasses } from '../core/nodes.ts';
import type { Slot, Template } from '../core/template.ts';
import type { Workflow } from '../core/workflow.ts';
import { typeOf } from './slots/index.ts';

/** A copy with the lists that are known; a slot whose list is not stays without, and takes any text. */
export function withChoices(template: Template, nodes: NodeClasses | undefined): Template {
  const slots = Object.entries(template.slots).map(([name, slot]): [string, Slot] => [
    name,
    known(slot, template.workflow, nodes),
  ]);
  return { ...template, slots: Object.fromEntries(slots) };
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

/** Choices that hold what was typed, those that begin with it first, at most `max`. */
export function matchingChoices(slot: Slot, typed: string, max: number): string[] {
  const wanted = typed.trim().toLowerCase();
  const begin: string[] = [];
  const hold: string[] = [];
  for (const name of choicesOf(slot)) {
    const at = name.toLowerCase().indexOf(wanted);
    if (at === 0) begin.push(name);
    else if (at > 0) hold.push(name);
    if (begin.length >= max) break;
  }
  return [...begin, ...hold].slice(0, max);
}
