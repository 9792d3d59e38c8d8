/** Texts by Discord's locale; what is as the default is left out. */
import type { Locale } from 'discord.js';

export type Localizations = Partial<Record<Locale, string>>;

/** Of a text and its translations the longest counts (https://docs.discord.com/developers/interactions/application-commands). */
export function longest(text: string, others: Localizations = {}): number {
  return Math.max(text.length, ...Object.values(others).map((other) => other.length));
}
