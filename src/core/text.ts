/** Cutting and flattening other people's text, for chat and logs alike. */

/** Line breaks, other controls and runs of white space become one space; marks that reorder text are dropped. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, '').replaceAll(/[\s\p{Cc}]+/gu, ' ');
}

/** At most `max` UTF-16 units, ending in … when cut; no character is cut in half. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
