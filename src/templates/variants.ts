/**
 * One command, several workflows: each has its own inputs, and what it can be run with differs. Which one is taken is
 * decided for each job (`settle`). Pure.
 */
import { EaselError } from '../core/errors.ts';
import type { Slot, Template, Variant } from '../core/template.ts';
import type { Workflow } from '../core/workflow.ts';
import { check } from './graph.ts';
import { OWN_WORKFLOW, type TemplateFile } from './schema.ts';
import { SlotSchema } from './slots/index.ts';

/**
 * The variants that `template.json` names, `workflow.json` among them, and the slots of all of them together. `parsed`
 * gives a workflow by its name. Throws EaselError `template-broken`, and what `parsed` and `checked` throw.
 */
export function readVariants(
  { slots, outputs, variants: written = {} }: TemplateFile,
  { workflow, file }: { workflow: Workflow; file: string },
  parsed: (name: string) => Workflow,
  checked: (name: string, variant: Variant) => void,
): Partial<Pick<Template, 'slots' | 'variants'>> {
  const others = Object.entries(written);
  if (others.length === 0) return {};
  const all: Record<string, Slot> = { ...slots };
  const read = others.map(([name, { slots: own, outputs: posted, first }]) => {
    const entries = Object.entries(own).map(([slot, other]): [string, Slot] => {
      const path = `variants.${name}.slots.${slot}`;
      const like = Object.hasOwn(all, slot) ? all[slot] : undefined;
      const made = check(SlotSchema, { ...like, ...other }, file, path);
      if (like && like.type !== made.type)
        throw new EaselError({
          code: 'template-broken',
          file,
          path,
          reason: { code: 'other-type', type: like.type },
        });
      all[slot] ??= made;
      return [slot, made];
    });
    const variant = { name, slots: Object.fromEntries(entries), workflow: parsed(name), outputs: posted };
    checked(name, variant);
    return { variant, first };
  });
  const named = (isFirst: boolean) =>
    read.filter(({ first = false }) => first === isFirst).map(({ variant }) => variant);
  const own: Variant = { name: OWN_WORKFLOW, slots, workflow, outputs };
  return { slots: all, variants: [...named(true), own, ...named(false)] };
}

/** Each workflow of a template as a template of its own, in the order in which they are tried. */
export function variantsOf(template: Template): Template[] {
  const { variants, ...rest } = template;
  if (!variants) return [template];
  return variants.map(({ name, slots, workflow, outputs }) => ({
    ...rest,
    slots,
    workflow,
    outputs,
    variant: name,
  }));
}

/** `workflow.json` alone: what is taken as long as nobody knows what the backend has. */
export function ownWorkflow(template: Template): Template {
  return variantsOf(template).find(({ variant }) => variant === OWN_WORKFLOW) ?? template;
}
