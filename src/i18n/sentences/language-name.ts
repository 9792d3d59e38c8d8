/** What a language is called in another one. */
import type { Speaker } from '../speaker.ts';

/** The tag itself where it has no name, or is none. */
export function languageName({ tag }: Speaker, language: string): string {
  try {
    return new Intl.DisplayNames(tag, { type: 'language' }).of(language) ?? language;
  } catch {
    return language; // as it was typed
  }
}
