/**
 * A small reading of Discord's markdown, written from its help pages and not from our escaping: what in a text has an
 * effect, and how the rest reads. Stricter than Discord: a lone mark counts, since another text may complete it.
 */
export interface Reading {
  effects: string[];
  /** What people see, backslashes of escapes taken away; word joiners cannot be seen. */
  text: string;
}

/** At the beginning of a line, behind any number of spaces. */
const LINE_STARTS: readonly [name: string, RegExp][] = [
  ['heading', /^ *#{1,3} /],
  ['small print', /^ *-# /],
  ['list', /^ *[-*+] /],
  ['numbered list', /^ *\d+[.)] /],
  ['quote', /^ *>(?:>>)? /],
];

/** Anywhere; each is tried where an unescaped character stands. */
const MARKS: readonly [name: string, RegExp][] = [
  ['emphasis', /[*_]/y],
  ['strike or underline', /~~?/y],
  ['spoiler', /\|\|?/y],
  ['code', /`+/y],
  ['mention, emoji, time or bare link', /<(?:@[!&]?|#|a?:|t:|\/|id:|https?:|mailto:|tel:)/y],
  ['everybody', /@(?:everyone|here)\b/y],
  ['masked link', /\[|\]\(/y],
  ['link', /(?:https?|ftp|steam|discord):\/\//iy],
];

/** Found in what was sent, escaped or not, with or without a scheme. */
const CARD = /(?:discord(?:app)?\.[a-z]|dsc\.gg)/i;

export function readDiscord(content: string): Reading {
  const effects: string[] = [];
  if (CARD.test(content) || CARD.test(content.replaceAll('\\', ''))) effects.push('card');
  const lines = content.split(/\r\n|[\n\r\u2028\u2029]/);
  const texts = lines.map((line) => {
    for (const [name, pattern] of LINE_STARTS) if (pattern.test(line)) effects.push(name);
    let text = '';
    for (let at = 0; at < line.length; at += 1) {
      // a backslash takes the effect of the sign behind it
      if (line[at] === '\\' && /[^\p{L}\p{N}\s]/u.test(line[at + 1] ?? '')) at += 1;
      else
        for (const [name, pattern] of MARKS) {
          pattern.lastIndex = at;
          if (pattern.test(line)) effects.push(name);
        }
      text += line[at];
    }
    return text;
  });
  return { effects, text: texts.join('\n').replaceAll('\u2060', '') };
}
