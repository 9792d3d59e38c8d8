/** Texts by Discord's locale; what is as the default is left out. */
import { clip } from '../../../core/text.ts';
import { catalogue, english, type Catalogue } from '../../../i18n/index.ts';
import { COMMAND, LOCALES, type Locale } from '../limits.ts';

export type Localizations = Partial<Record<Locale, string>>;

/** Of a text and its translations the longest counts (https://docs.discord.com/developers/interactions/application-commands). */
export function longest(text: string, others: Localizations = {}): number {
  return Math.max(text.length, ...Object.values(others).map((other) => other.length));
}

type Localized<K extends 'name' | 'description'> = { [Key in `${K}_localizations`]?: Localizations };

/** `texts`: what is said in each locale, which is cut where it is too long. */
export function localizedBy<K extends 'name' | 'description'>(
  key: K,
  standard: string,
  texts: readonly (readonly [Locale, string])[],
): Localized<K> {
  const cut = texts.map(([locale, text]) => [locale, clip(text, COMMAND[key])] as const);
  const others = cut.filter(([, text]) => text !== standard);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the key is made of the other
  return (others.length > 0 ? { [`${key}_localizations`]: Object.fromEntries(others) } : {}) as Localized<K>;
}

/**
 * One of Easel's own texts, in English and in all locales of its other languages: each has the language that its people read
 * elsewhere, too, so `zh-TW` never that of `zh-CN`.
 */
export function said<K extends 'name' | 'description'>(
  key: K,
  text: (words: Catalogue) => string,
): Record<K, string> & Localized<K> {
  const standard = clip(text(english()), COMMAND[key]);
  const inLocales = LOCALES.map((locale) => [locale, text(catalogue(locale))] as const);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
  return { [key]: standard, ...localizedBy(key, standard, inLocales) } as Record<K, string> & Localized<K>;
}
