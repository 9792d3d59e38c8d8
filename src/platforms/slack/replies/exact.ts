/**
 * Somebody's words to the letter, as rich text: mrkdwn would need hidden marks beside what it formats, and these would
 * be copied along. Nothing in a text element is formatted, linked or mentioned.
 */
import type { types } from '@slack/bolt';
import { asTyped, clip } from '../../../core/text.ts';

/** Words, and what stands before them in bold. */
export interface Exact {
  name?: string;
  text: string;
  bold?: boolean;
}

/** Each on lines of its own. Undefined where nothing is left to show. */
export function exactBlock(parts: readonly Exact[]): types.RichTextBlock | undefined {
  const sections = parts.flatMap(({ name, text, bold = false }): types.RichTextSection[] => {
    const shown = asTyped(text).trim();
    if (shown === '') return [];
    const before: types.RichTextText[] = name === undefined ? [] : [{ type: 'text', text: `${name} ` }];
    const words: types.RichTextText = { type: 'text', text: shown, ...(bold && { style: { bold } }) };
    return [{ type: 'rich_text_section', elements: [...before, words] }];
  });
  return sections.length > 0 ? { type: 'rich_text', elements: sections } : undefined;
}

/** What has room: each of them as long as the others leave it, `least` at least. In UTF-16 units. */
export function sharing(texts: readonly string[], room: number, least: number): string[] {
  const each = Math.max(least, Math.floor(room / Math.max(1, texts.length)));
  return texts.map((text) => clip(text, each));
}
