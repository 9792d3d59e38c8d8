/** What the studio says of a problem: a sentence, and all that it is about where the sentence names only some. */
import type { Problem } from '../../../core/errors.ts';
import { listedIn } from '../../../core/finding.ts';
import { sentence, type Catalogue } from '../../../i18n/index.ts';
import { MAX_LISTED } from '../../../i18n/phrases.ts';
import type { Said } from '../studio-api.ts';

export function said(problem: Problem, words: Catalogue): Said {
  const all = listedIn(problem);
  return { sentence: sentence(words, problem, 'operator'), ...(all.length > MAX_LISTED && { all }) };
}
