/** What a panel says of a slot, as lines of Discord's markdown. */
import type { Slot } from '../../../core/template.ts';
import { clip } from '../../../core/text.ts';
import { sentence, type Catalogue } from '../../../i18n/index.ts';
import type { Finding } from '../../../core/finding.ts';
import { slotFacts } from '../../../commands/screens/slot-facts.ts';
import { escape } from '../replies/render.ts';

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
