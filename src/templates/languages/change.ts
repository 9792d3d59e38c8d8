/** What an admin writes in one language: as a form has it, and back. Pure; everything is text, as people type it. */
import { EaselError } from '../../core/errors.ts';
import type { Reason } from '../../core/reason.ts';
import type { Languages, Slot, SlotWords, TemplateWords } from '../../core/template.ts';
import { folded, oneLine } from '../../core/text.ts';
import { cleanName, Name, RESERVED_NAMES, SlotName } from '../names.ts';
import { mindedIn } from '../reason-of.ts';
import { ChoiceName, Description, MAX_DESCRIPTION } from '../slots/schema-parts.ts';
import { typeOf } from '../slots/index.ts';
import { choiceFault } from './faults.ts';
import { languageTag, MAX_LANGUAGES } from './schema.ts';
import { ownOf } from './words.ts';

/** Absent: unchanged. An empty text takes the words away, and the template's own are read. */
export interface WordsChange {
  name?: string;
  description?: string;
  /** `NAME = WORDS`, one a line. */
  choices?: string;
}

/** What a form of a slot's words holds; `choices` only where the template itself says what can be picked. */
export interface WordsForm {
  name: string;
  description: string;
  choices?: string;
}

/** A choice that has no words yet stands there without. */
export function wordsForm(said: SlotWords | undefined, slot: Slot): WordsForm {
  const own = typeOf(slot).choices?.(slot) ?? [];
  return {
    name: said?.name ?? '',
    description: said?.description ?? '',
    ...(own.length > 0 && {
      choices: own.map((value) => `${value} = ${ownOf(said?.choices ?? {}, value) ?? ''}`.trim()).join('\n'),
    }),
  };
}

/** As it is written. Throws EaselError `bad-language` where it is none, or one too many. */
export function requireLanguage(languages: Languages, typed: string): string {
  const tag = languageTag(typed);
  if (tag === undefined) throw new EaselError({ code: 'bad-language', language: typed.trim() });
  if (!Object.hasOwn(languages, tag) && Object.keys(languages).length >= MAX_LANGUAGES)
    throw new EaselError({ code: 'too-many-languages', max: MAX_LANGUAGES });
  return tag;
}

/** Of the command itself. Throws EaselError `bad-name`, `reserved-name` or `bad-description`. */
export function changedCommand(said: TemplateWords, change: WordsChange): TemplateWords {
  const name = change.name === undefined ? said.name : cleanName(change.name) || undefined;
  const description = described(change.description, said.description);
  if (name !== undefined && !Name.safeParse(name).success) throw new EaselError({ code: 'bad-name', name });
  if (name !== undefined && RESERVED_NAMES.includes(name))
    throw new EaselError({ code: 'reserved-name', name });
  if (description !== undefined && !Description.safeParse(description).success)
    throw new EaselError({ code: 'bad-description', length: description.length, max: MAX_DESCRIPTION });
  return { ...said, name, description };
}

/**
 * Of a slot. `taken`: what the other slots are called in that language, or by themselves. Throws EaselError `slot-broken` or
 * `slot-exists`.
 */
export function changedSlot(
  called: string,
  slot: Slot,
  said: SlotWords,
  change: WordsChange,
  taken: readonly string[],
): SlotWords {
  const fail = (field: string, reason: Reason): never => {
    throw new EaselError({ code: 'slot-broken', slot: called, field, reason });
  };
  const name = change.name === undefined ? said.name : cleanName(change.name) || undefined;
  const named = name === undefined ? undefined : SlotName.safeParse(name);
  if (named && !named.success) fail('name', mindedIn(named.error, name).reason);
  if (name !== undefined && taken.some((other) => folded(other) === folded(name)))
    throw new EaselError({ code: 'slot-exists', slot: name });
  const description = described(change.description, said.description);
  const read = description === undefined ? undefined : Description.safeParse(description);
  if (read && !read.success) fail('description', mindedIn(read.error, description).reason);
  const choices = change.choices === undefined ? said.choices : readChoices(slot, change.choices, fail);
  return { name: name === called ? undefined : name, description, choices };
}

function described(typed: string | undefined, before: string | undefined): string | undefined {
  return typed === undefined ? before : oneLine(typed).trim() || undefined;
}

type Fail = (field: string, reason: Reason) => never;

function readChoices(slot: Slot, typed: string, fail: Fail): Record<string, string> | undefined {
  const own = (typeOf(slot).choices?.(slot) ?? []).toSorted((a, b) => b.length - a.length);
  const named = typed
    .split('\n')
    .map((line) => oneLine(line).trim())
    .filter(Boolean)
    .flatMap((line): [string, string][] => {
      const value = own.find((one) => line.startsWith(one) && /^\s*(=|＝|$)/.test(line.slice(one.length)));
      if (value === undefined)
        return fail('choices', { code: 'write-choice-words', choice: own.at(-1) ?? '' });
      const label = line.slice(value.length).replace(/^\s*[=＝]?\s*/, '');
      if (label === '' || label === value) return [];
      const read = ChoiceName.safeParse(label);
      return read.success ? [[value, label]] : fail('choices', mindedIn(read.error, label).reason);
    });
  const called = Object.fromEntries(named);
  const wrong = choiceFault(slot, called);
  if (wrong !== undefined) fail('choices', wrong);
  return named.length > 0 ? called : undefined;
}
