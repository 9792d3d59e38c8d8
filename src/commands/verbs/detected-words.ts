/** What is said of a workflow that is added, in every language that there is. */
import { catalogues, languageOf } from '../../i18n/index.ts';
import type { DetectedLanguages } from '../../templates/detect/index.ts';

/** `locale`: of whoever adds it. */
export function detectedWords(locale: string): DetectedLanguages {
  const all = Object.entries(catalogues()).map(([tag, { detected, slotNames }]) => {
    return [tag, { ...detected, ...slotNames }] as const;
  });
  return { own: languageOf(locale), all: Object.fromEntries(all) };
}
