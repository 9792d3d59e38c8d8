/** What stands for a picture or a film where nobody sees it: a screen reader's voice, a picture that does not load. */
import { withoutMarks } from '../../core/moment.ts';
import { SHEET_NAME } from '../../core/pictures.ts';
import { clip, oneLine } from '../../core/text.ts';
import type { Catalogue } from '../../i18n/index.ts';

export interface Pictured {
  name: string;
  type: string;
}

/**
 * In the order of `files`, of at most `max` UTF-16 units each; undefined for what is neither a picture nor a film.
 * `title`: what was asked for; empty where that may not be said. `live`: these are previews.
 */
export function altTexts(
  files: readonly Pictured[],
  title: string,
  { alt }: Catalogue['files'],
  { max, live = false }: { max: number; live?: boolean },
): (string | undefined)[] {
  const asked = withoutMarks(oneLine(title).trim());
  const kinds = files.map(({ name, type }) => {
    if (type.startsWith('video/')) return 'video';
    if (!type.startsWith('image/')) return undefined;
    return live ? 'preview' : name === SHEET_NAME ? 'sheet' : 'picture';
  });
  const of = kinds.filter((kind) => kind === 'picture').length;
  let index = 0;
  return kinds.map((kind) => {
    if (kind === 'picture') index += 1;
    // what was asked for is cut, not which of them it is
    const say = (words: string) => alt[kind ?? 'picture'](words, index, of);
    return kind && clip(say(clip(asked, Math.max(0, max - say('').length))), max);
  });
}
