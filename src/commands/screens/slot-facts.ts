/** What a slot is, in a few words each, for editors and lists: plain text, to be escaped by the platform. */
import { choiceNames, type Slot } from '../../core/template.ts';
import type { Catalogue } from '../../i18n/index.ts';

export function slotFacts(slot: Slot, { editor: say }: Catalogue): string[] {
  const facts = [say.type(slot.type), slot.required ? say.required() : say.optional()];
  switch (slot.type) {
    case 'text':
      if (slot.default) facts.push(say.standard(slot.default));
      if (slot.maxLength !== undefined) facts.push(say.maxLength(slot.maxLength));
      if (slot.format !== undefined) facts.push(say.format(slot.format));
      break;
    case 'integer':
    case 'number':
      if (slot.default !== undefined) facts.push(say.standard(String(slot.default)));
      if (slot.min !== undefined || slot.max !== undefined) facts.push(say.bounds(slot.min, slot.max));
      break;
    case 'boolean':
      if (slot.default !== undefined) facts.push(say.standard(say.yesOrNo(slot.default)));
      break;
    case 'choice': {
      const names = choiceNames(slot);
      if (slot.default !== undefined) facts.push(say.standard(slot.default));
      facts.push(names.length > 0 ? say.choices(names) : say.backendChoices());
      break;
    }
    case 'seed':
    case 'image':
      break;
  }
  return facts;
}
