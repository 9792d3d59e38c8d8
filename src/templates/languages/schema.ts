/** What a template says in other languages, as it stands in `template.json`: the border where an author's words come in. */
import { z } from 'zod';
import type { Languages } from '../../core/template.ts';
import { Name, SlotName } from '../names.ts';
import { because } from '../reason-of.ts';
import { ChoiceName, Description } from '../slots/schema-parts.ts';

/** More than any chat has; each of them is sent with every command. */
export const MAX_LANGUAGES = 40;

/** Characters: room for a script, a region and a variant; each screen's address has one. */
const MAX_TAG = 24;

const TAG = /^[a-z]{2,3}(-[A-Za-z\d]{2,8})*$/;

/** One spelling of each, so that no language is there twice. */
const LanguageTag = z
  .string()
  .refine((tag) => TAG.test(tag) && isLanguageTag(tag), because({ code: 'language-tag' }))
  .meta({ maxLength: MAX_TAG, pattern: TAG.source });

const SlotWordsSchema = z.strictObject({
  name: SlotName.describe('What the slot is called; its own name may be typed all the same.').optional(),
  description: Description.describe('What people read beside the slot.').optional(),
  choices: z
    .record(ChoiceName, ChoiceName)
    .describe('What its choices are called, by their own names.')
    .optional(),
});

const Words = z.strictObject({
  name: Name.describe('What the command is called; its own name may be typed all the same.').optional(),
  description: Description.describe('What people read beside the command.').optional(),
  slots: z.record(SlotName, SlotWordsSchema).describe('By the name of the slot.').optional(),
});

export const LanguagesSchema = z
  .record(LanguageTag, Words)
  .refine(
    (all) => Object.keys(all).length <= MAX_LANGUAGES,
    because({ code: 'too-many-languages', max: MAX_LANGUAGES }),
  )
  .describe(
    'The same in other languages, by BCP 47 tag ("ja", "zh-TW"): who reads one of them gets these words, and whoever reads none of them those above.',
  )
  .meta({ maxProperties: MAX_LANGUAGES }) satisfies z.ZodType<Languages>;

/** Written as it should be, and of a language that has a name. */
export function isLanguageTag(tag: string): boolean {
  return tag.length <= MAX_TAG && canonical(tag) === tag && named(tag);
}

/** As it should be written: `ZH_tw` → `zh-TW`; undefined where it is none. */
export function languageTag(typed: string): string | undefined {
  const tag = canonical(typed.trim().replaceAll('_', '-'));
  return tag !== undefined && isLanguageTag(tag) ? tag : undefined;
}

function canonical(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined; // an author may write anything
  }
}

function named(tag: string): boolean {
  const { language } = new Intl.Locale(tag);
  return new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(language) !== undefined;
}
