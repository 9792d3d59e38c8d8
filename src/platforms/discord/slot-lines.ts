/** What a panel says of a slot, as lines of Discord's markdown. */
import { choiceNames, type Slot } from '../../core/template.ts';
import { clip } from '../../core/text.ts';
import { sentence, type Catalogue } from '../../i18n/index.ts';
import type { Finding } from '../../templates/check.ts';
import { escape } from './render.ts';

/** Characters before escaping. */
const MAX_FACTS = 240;

export interface ShownSlot {
  name: string;
  slot: Slot;
  into: { node: string; input: string }[];
}

export function slotLines({ name, slot, into }: ShownSlot, words: Catalogue): string[] {
  const about = slot.description === undefined ? '' : ` — ${escape(slot.description)}`;
  const facts = [...slotFacts(slot, words), ...(into.length > 0 ? [words.editor.fills(into)] : [])];
  return [`**${escape(name)}**${about}`, `-# ${escape(clip(facts.join(' · '), MAX_FACTS))}`];
}

export function findingLine(
  { problem, blocking }: Pick<Finding, 'problem' | 'blocking'>,
  words: Catalogue,
): string {
  return `${blocking ? '⛔' : '⚠'} ${escape(sentence(words, problem))}`;
}

function slotFacts(slot: Slot, { editor: say }: Catalogue): string[] {
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
