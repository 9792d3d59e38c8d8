/** Lines that several screens have: what a template is, what a slot is, what is wrong. */
import type { Problem } from '../../core/errors.ts';
import { words as line, type Item, type Line } from '../../core/screen.ts';
import type { Slot } from '../../core/template.ts';
import { clip } from '../../core/text.ts';
import { sentence, type Catalogue } from '../../i18n/index.ts';
import { grouped, type Finding } from '../../core/finding.ts';
import type { ShelfEntry } from '../verbs/shelf.ts';
import type { ReadSlot } from '../../templates/languages/words.ts';
import { slotFacts } from './slot-facts.ts';

/** Characters. */
const MAX_FACTS = 240;

/** Only admins are shown what is wrong with a template. */
export function findingLine(
  { problem, blocking }: Pick<Finding, 'problem' | 'blocking'>,
  words: Catalogue,
): Line {
  return line(sentence(words, problem, 'admin'), blocking ? 'blocked' : 'warning');
}

/** Whether a draft can be published. It is marked as well only where a run of it can succeed, as far as the backend tells. */
export function stateOf(
  findings: readonly Finding[],
  { editor: say }: Catalogue,
): { sentence: string; tone: 'ok' | 'warning' | 'blocked' } {
  const blocking = findings.filter((finding) => finding.blocking).length;
  if (blocking > 0) return { sentence: say.blocked(blocking), tone: 'blocked' };
  const unasked = findings.some(({ problem }) => problem.code === 'backend-unasked');
  return unasked ? { sentence: say.readyUnasked(), tone: 'warning' } : { sentence: say.ready(), tone: 'ok' };
}

export function stateLine(findings: readonly Finding[], words: Catalogue): Line {
  const { sentence: text, tone } = stateOf(findings, words);
  return line(text, tone);
}

/** What is alike in one line, at most `max` of them, and how many more there are. */
export function findingLines(findings: readonly Finding[], max: number, words: Catalogue): Line[] {
  const all = grouped(findings);
  const hidden = all.length - max;
  const shown = all.slice(0, max).map((finding) => findingLine(finding, words));
  return hidden > 0 ? [...shown, line(words.editor.moreFindings(hidden), 'minor')] : shown;
}

/** It is done; `problem`: what did not follow from it. */
export function doneLines(text: string, problem: Problem | undefined, words: Catalogue): Line[] {
  return [line(text, 'ok'), ...(problem ? [line(sentence(words, problem, 'admin'), 'warning')] : [])];
}

interface ShownSlot {
  name: string;
  slot: Slot;
  /** What a reader is told of it; absent: what stands in it. */
  said?: ReadSlot;
  into?: readonly { node: string; input: string }[];
}

export function slotItem(
  { name, slot, said, into = [] }: ShownSlot,
  words: Catalogue,
  findings: Line[] = [],
): Item {
  const { description } = said ?? slot;
  const about = description === undefined ? '' : ` — ${description}`;
  const label = said?.name ?? name;
  const facts = [...slotFacts(slot, words), ...(into.length > 0 ? [words.editor.fills([...into])] : [])];
  const type = words.editor.type(slot.type);
  return {
    key: name,
    label,
    description: `${type}${about}`,
    lines: [
      { parts: [{ kind: 'strong', text: label }, about] },
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
