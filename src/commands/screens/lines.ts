/** Lines that several screens have: what a template is, what a slot is, what is wrong. */
import type { Problem } from '../../core/errors.ts';
import { words as line, type Item, type Line } from '../../core/screen.ts';
import type { Slot } from '../../core/template.ts';
import { clip } from '../../core/text.ts';
import { sentence, type Catalogue } from '../../i18n/index.ts';
import type { Finding } from '../../core/finding.ts';
import type { ShelfEntry } from '../verbs/shelf.ts';
import { slotFacts } from './slot-facts.ts';

/** Characters. */
const MAX_FACTS = 240;

export function findingLine(
  { problem, blocking }: Pick<Finding, 'problem' | 'blocking'>,
  words: Catalogue,
): Line {
  return line(sentence(words, problem), blocking ? 'blocked' : 'warning');
}

/** It is done; `problem`: what did not follow from it. */
export function doneLines(text: string, problem: Problem | undefined, words: Catalogue): Line[] {
  return [line(text, 'ok'), ...(problem ? [line(sentence(words, problem), 'warning')] : [])];
}

interface ShownSlot {
  name: string;
  slot: Slot;
  into?: readonly { node: string; input: string }[];
}

export function slotItem(
  { name, slot, into = [] }: ShownSlot,
  words: Catalogue,
  findings: Line[] = [],
): Item {
  const about = slot.description === undefined ? '' : ` — ${slot.description}`;
  const facts = [...slotFacts(slot, words), ...(into.length > 0 ? [words.editor.fills([...into])] : [])];
  const type = words.editor.type(slot.type);
  return {
    key: name,
    label: name,
    description: `${type}${about}`,
    lines: [
      { parts: [{ kind: 'strong', text: name }, about] },
      line(clip(facts.join(' · '), MAX_FACTS), 'minor'),
      ...findings,
    ],
  };
}

export function entryItem(entry: ShelfEntry, { shelf: say }: Catalogue): Item {
  const { name, description, origin, version, off, access, misfits, unlisted } = entry;
  const facts = [
    origin === 'built-in' || version === undefined ? say.builtin() : say.version(version),
    off && say.off(),
    say.limited(access.roles.length, access.channels.length),
    access.ageRestricted && say.ageRestricted(),
    misfits.length > 0 && say.misfits(misfits.length),
    unlisted && say.typedOnly(name),
  ].filter(Boolean);
  return {
    key: name,
    label: `/${name}`,
    description,
    lines: [
      { parts: [{ kind: 'strong', text: `/${name}` }, ` — ${description}`] },
      line(facts.join(' · '), 'minor'),
    ],
  };
}
