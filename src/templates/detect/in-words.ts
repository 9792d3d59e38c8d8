/**
 * A suggestion as a draft has it: with the words of whoever adds the workflow, and those of all other languages beside them.
 * They stay as text from then on.
 */
import { SHAPES, type Purpose, type Shape, type SlotAbout, type TemplateAbout } from '../../core/detected.ts';
import type { Languages, Slot, SlotWords } from '../../core/template.ts';
import type { NodeId } from '../../core/workflow.ts';
import { SlotName } from '../names.ts';
import { typeOf } from '../slots/index.ts';
import type { Found, Suggestion } from './found.ts';

/** Descriptions have at most 100 characters, on one line: as many as every chat takes. Names are for slots in that language. */
export interface DetectedWords {
  slot: (about: SlotAbout) => string;
  template: (about: TemplateAbout) => string;
  name: (purpose: Purpose) => string;
  shape: (shape: Shape) => string;
}

/** `own`: the tag of whoever adds it, one of `all`. */
export interface DetectedLanguages {
  own: string;
  all: Readonly<Record<string, DetectedWords>>;
}

interface Worded {
  description: string;
  slots: { name: string; slot: Slot }[];
  languages: Languages;
  suggested: Languages;
  outputs?: NodeId[];
}

export function inWords({ slots, outputs, about }: Suggestion, say: DetectedLanguages): Worded {
  const own = ownWords(say);
  const taken = slots.map(({ name }) => name);
  const languages: Languages = {};
  for (const [tag, words] of Object.entries(say.all)) {
    const entries = slots.flatMap((found) => {
      const said = slotWords(found, taken, say, tag);
      return said ? [[found.name, said] as const] : [];
    });
    const isOwn = tag === say.own;
    if (isOwn && entries.length === 0) continue;
    languages[tag] = {
      ...(!isOwn && { description: words.template(about) }),
      ...(entries.length > 0 && { slots: Object.fromEntries(entries) }),
    };
  }
  return {
    description: own.template(about),
    slots: slots.map(({ name, slot, about: kind }) => ({
      name,
      slot: { ...slot, description: own.slot(kind) },
    })),
    languages,
    suggested: languages,
    ...(outputs && { outputs }),
  };
}

/** The words of whoever adds it. */
export function ownWords({ own, all }: DetectedLanguages): DetectedWords {
  const words = all[own];
  if (!words) throw new TypeError(`no words in ${own}`);
  return words;
}

/**
 * What is said of a slot in the language `tag`: its description, unless that stands in the slot itself, and its name.
 * `taken`: what slots are called by themselves.
 */
export function slotWords(
  { name, slot, about }: Found,
  taken: readonly string[],
  { own, all }: DetectedLanguages,
  tag: string,
): SlotWords | undefined {
  const words = all[tag];
  if (!words) return undefined;
  const called =
    about.purpose === 'named' || about.purpose === 'input' ? undefined : words.name(about.purpose);
  // the second `lora` is `lora_2` in any language
  const numbered = called === undefined ? undefined : `${called}${/_\d+$/.exec(name)?.[0] ?? ''}`;
  const isFree = numbered !== undefined && !taken.includes(numbered) && SlotName.safeParse(numbered).success;
  const said = {
    ...(isFree && { name: numbered }),
    ...(about.purpose === 'size' && shapesIn(slot, words)),
    ...(tag !== own && { description: words.slot(about) }),
  };
  return Object.keys(said).length > 0 ? said : undefined;
}

/** What those of its choices are called that are shapes. */
function shapesIn(slot: Slot, words: DetectedWords): Pick<SlotWords, 'choices'> {
  const own = typeOf(slot).choices?.(slot) ?? [];
  const called = SHAPES.filter((shape) => own.includes(shape) && words.shape(shape) !== shape);
  return called.length > 0
    ? { choices: Object.fromEntries(called.map((shape) => [shape, words.shape(shape)])) }
    : {};
}
