/** The values for trying a template: what stands in it, so that nobody has to type for a test. Pure. */
import { EaselError } from '../core/errors.ts';
import type { SlotType, SlotValue, Template } from '../core/template.ts';
import { inputAt } from '../core/workflow.ts';
import { typeOf } from './slots/index.ts';
import type { Attachment, RawValues } from './values.ts';

type TrialFiles = Partial<Record<SlotType, Attachment>>;

/**
 * `files` is what file slots get, by their type. What need not be given is not; what must, and has no default, is what the workflow
 * holds at its first input, or else something that is allowed. Throws EaselError `no-trial-file`.
 */
export function trialValues(template: Template, files: TrialFiles): RawValues {
  const raw: RawValues = {};
  for (const [name, slot] of Object.entries(template.slots)) {
    const type = typeOf(slot);
    const file = files[slot.type];
    if (file) {
      raw[name] = file;
      continue;
    }
    if (type.file && slot.required)
      throw new EaselError({ code: 'no-trial-file', slot: name, type: slot.type });
    if (!slot.required || type.absent?.(slot, () => 0n) !== undefined) continue;
    const [path] = slot.into ?? [];
    const own = path && inputAt(template.workflow, path);
    const value = type.trial(slot, isValue(own) ? own : undefined);
    if (value !== undefined) raw[name] = value;
  }
  return raw;
}

function isValue(value: unknown): value is SlotValue {
  return ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
}
