/**
 * A small reading of Slack's mrkdwn, written from its reference and not from our escaping: what in a text has an effect,
 * and how the rest reads. Stricter than Slack: a mark that could begin or end something counts, also alone.
 */
export interface Reading {
  effects: string[];
  /** What people see; word joiners cannot be seen. */
  text: string;
}

const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
const JOINER = '\u2060';
/** What a mark needs beside it to do nothing: part of a word, which a word joiner counts as. */
const WORD = /[\p{L}\p{N}\u2060]/u;

export function readSlack(mrkdwn: string): Reading {
  const effects: string[] = [];
  for (const line of mrkdwn.split(/\r\n|[\n\r\u2028]/)) {
    if (/^\s*(?:>|&gt;)/.test(line)) effects.push('quote');
    if (/<[^>]*>?/.test(line)) effects.push('mention, link or date');
    if (/:\/\//.test(line)) effects.push('link');
    if (/:[\p{L}\p{N}_+'-]+:/u.test(line)) effects.push('emoji');
    if (/&(?!amp;|lt;|gt;)/.test(line)) effects.push('a bare ampersand');
    const chars = Array.from(line);
    for (const [at, char] of chars.entries()) {
      const [before = '', after = ''] = [chars[at - 1], chars[at + 1]];
      if (char === '`' && !(before === JOINER && after === JOINER)) effects.push('code');
      if ('*_~'.includes(char) && !(WORD.test(before) && WORD.test(after))) effects.push('emphasis');
    }
  }
  if (!mrkdwn.isWellFormed()) effects.push('half a character');
  const shown = mrkdwn
    .replaceAll(JOINER, '')
    .replaceAll(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? '');
  return { effects, text: shown };
}

/** What Slack makes links of by itself, outside of its own marks, where no block says `verbatim`. */
export function linkedHosts(text: string): string[] {
  const words = text.replaceAll(/<[^<>]*>/g, ' ');
  return words.match(/[\p{L}\p{N}-]+\.(?:\p{L}{2,})/gu) ?? [];
}
