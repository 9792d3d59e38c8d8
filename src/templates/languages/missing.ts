/** What somebody has begun to say in a language, and not said yet. Pure. */
import type { Finding } from '../../core/finding.ts';
import type { TemplateWords } from '../../core/template.ts';
import type { Draft } from '../library/records.ts';
import { ownOf } from './words.ts';

/**
 * A remark for each language in which somebody wrote: the command or slots that have a description, and none there. What was
 * only suggested nobody need go on with.
 */
export function missingWords({
  name,
  slots,
  languages = {},
  suggested = {},
}: Pick<Draft, 'name' | 'slots' | 'languages' | 'suggested'>): Finding[] {
  return Object.entries(languages).flatMap(([language, words]): Finding[] => {
    if (!isWritten(words, ownOf(suggested, language))) return [];
    const parts = [
      ...(words.description === undefined ? [`/${name}`] : []),
      ...slots.flatMap((one) => {
        const said = ownOf(words.slots ?? {}, one.name);
        return one.slot.description !== undefined && said?.description === undefined ? [one.name] : [];
      }),
    ];
    if (parts.length === 0) return [];
    return [{ at: 'description', problem: { code: 'words-missing', language, parts }, blocking: false }];
  });
}

/** A description of it is not as it was suggested. Names alone ask for nothing. */
function isWritten(words: TemplateWords, was: TemplateWords | undefined): boolean {
  if (words.description !== undefined && words.description !== was?.description) return true;
  return Object.entries(words.slots ?? {}).some(([slot, { description }]) => {
    return description !== undefined && description !== ownOf(was?.slots ?? {}, slot)?.description;
  });
}
