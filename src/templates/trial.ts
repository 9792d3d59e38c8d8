/** The values for trying a template: what stands in it, so that nobody has to type for a test. Pure. */
import {
  choiceNames,
  type ImageSlot,
  type SeedSlot,
  type Slot,
  type SlotValue,
  type Template,
} from '../core/template.ts';
import { inputAt } from '../core/workflow.ts';
import type { Attachment, RawValues } from './values.ts';

/**
 * `picture` is what image slots get. What need not be given is not; what must, and has no default, is what the workflow
 * holds at its first input, or else something that is allowed.
 */
export function trialValues(template: Template, picture: Attachment): RawValues {
  const raw: RawValues = {};
  for (const [name, slot] of Object.entries(template.slots)) {
    if (slot.type === 'image') {
      raw[name] = picture;
      continue;
    }
    if (slot.type === 'seed' || slot.default !== undefined || !slot.required) continue;
    const [path] = slot.into ?? [];
    const own = path && inputAt(template.workflow, path);
    raw[name] = allowed(slot, isValue(own) ? own : undefined);
  }
  return raw;
}

function allowed(slot: Exclude<Slot, SeedSlot | ImageSlot>, own: SlotValue | undefined): SlotValue {
  switch (slot.type) {
    case 'text':
      return String(own ?? '').trim() === ''
        ? 'test'.slice(0, slot.maxLength)
        : String(own).slice(0, slot.maxLength);
    case 'integer':
    case 'number': {
      const { min = -Infinity, max = Infinity } = slot;
      return Math.min(max, Math.max(min, typeof own === 'number' ? own : 1));
    }
    case 'boolean':
      return own === true;
    case 'choice': {
      const names = choiceNames(slot);
      return names.length === 0 || names.includes(String(own)) ? (own ?? '') : (names[0] ?? '');
    }
  }
}

function isValue(value: unknown): value is SlotValue {
  return ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
}
