/** What a slot is, in a few words each, for editors and lists: plain text, to be escaped by the platform. */
import type { Slot } from '../../core/template.ts';
import type { Catalogue } from '../../i18n/index.ts';
import type { SlotFact } from '../../templates/slots/definition.ts';
import { typeOf } from '../../templates/slots/index.ts';

export function slotFacts(slot: Slot, { editor: say }: Catalogue): string[] {
  const facts = typeOf(slot).facts(slot);
  return [
    say.type(slot.type),
    slot.required ? say.required() : say.optional(),
    ...facts.map((fact) => inWords(fact, say)),
  ];
}

function inWords(fact: SlotFact, say: Catalogue['editor']): string {
  switch (fact.kind) {
    case 'default':
      return say.standard(typeof fact.value === 'boolean' ? say.yesOrNo(fact.value) : fact.value);
    case 'max-length':
      return say.maxLength(fact.max);
    case 'format':
      return say.format(fact.format);
    case 'bounds':
      return say.bounds(fact.min, fact.max);
    case 'choices':
      return say.choices(fact.names);
    case 'backend-choices':
      return say.backendChoices();
  }
}
