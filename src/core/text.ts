/** Cutting and flattening other people's text, for chat and logs alike. */

/**
 * Marks that reorder or hide text and show nothing themselves: bidirectional controls, zero-width spaces, soft
 * hyphens, annotation anchors, noncharacters. Joiners are not among them: Persian, the scripts of India and emoji need them.
 */
const INVISIBLE = String.raw`\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb`;
/** A joiner shapes the letter or emoji before it; without one it only makes two equal texts differ. */
const STRAY_JOINER = String.raw`(?<![\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d]`;

const INVISIBLES = new RegExp(`[${INVISIBLE}]|${STRAY_JOINER}`, 'gu');
const UNSHOWABLE_CLASS = String.raw`\p{Cc}\u2028\u2029\p{Cs}${INVISIBLE}`;
const UNSHOWABLE = new RegExp(`[${UNSHOWABLE_CLASS}]`, 'u');
/** What `unshowable` finds nothing in, as a JSON schema says it: a pattern with Unicode classes. */
export const SHOWABLE = `^[^${UNSHOWABLE_CLASS}]*$`;

/**
 * Line breaks, other controls and runs of white space become one space; marks that reorder or hide text are
 * dropped; half a character becomes U+FFFD.
 */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(INVISIBLES, '')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ');
}

/** As it was typed, line breaks too: without what reorders or hides text, and without other controls. */
export function asTyped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(INVISIBLES, '')
    .replaceAll(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replaceAll(/[^\P{Cc}\n]/gu, ' ');
}

/** The first control, line break, reordering or hidden mark or half character in a text, as `U+202E`. */
export function unshowable(text: string): string | undefined {
  const code = UNSHOWABLE.exec(text)?.[0].codePointAt(0);
  return code === undefined ? undefined : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** At most `max` UTF-16 units, ending in … when cut; no character is cut in half. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Full-width letters and composed marks are the same to whoever types them. */
export function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}
