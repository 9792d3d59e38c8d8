/**
 * A prompt as whole words, in clauses. Chinese and Japanese have no spaces: the dictionary that comes with Node finds their words,
 * so that 熊猫 is one word and holds no cat.
 */
export interface Token {
  text: string;
  /** In the prompt as it was typed, without marks for programs. */
  start: number;
  end: number;
  /** Latin, or not: where words are parted by spaces and stand before what they say something of. */
  latin: boolean;
  hangul: boolean;
  /** Something stands between it and the token before. */
  gap: boolean;
}

export interface Clause {
  tokens: Token[];
  /** As a person would read it aloud. */
  text: string;
  /** What stood before it was a comma or the like, not the end of a sentence. */
  listed: boolean;
}

/** Longer prompts are read up to here: nobody reads more off a poster, and every word costs time. */
const MOST = 2000;

const SEGMENTER = new Intl.Segmenter('ja', { granularity: 'word' });

export function clausesOf(prompt: string): Clause[] {
  const text = readable(prompt);
  const clauses: Clause[] = [];
  let tokens: Token[] = [];
  let listed = false;
  let gap = false;
  const close = (mark: string): void => {
    const [first] = tokens;
    const last = tokens.at(-1);
    if (first && last) clauses.push({ tokens, text: text.slice(first.start, last.end).trim(), listed });
    tokens = [];
    listed = mark === ',' || mark === '、' || mark === '，';
  };
  for (const { index, isWordLike, segment } of SEGMENTER.segment(text)) {
    const last = tokens.at(-1);
    if (isWordLike) {
      const joined = last && !gap && text[index - 1] === '-' && last.end === index - 1;
      if (joined) {
        last.text = text.slice(last.start, index + segment.length).toLowerCase();
        last.end = index + segment.length;
      } else tokens.push(...whole(text, index, segment, gap));
      gap = false;
    } else if (segment === '&') tokens.push({ ...token(text, index, segment, true), latin: true });
    else if (/[,.;:!?、。，；：！？|/—–"“”「」『』()\n]/u.test(segment)) {
      close(segment);
      gap = false;
    } else if (segment !== '-') gap = true;
  }
  close('.');
  return clauses;
}

/** The dictionary leaves some particles at their word: 人的, 桜の. */
function whole(text: string, start: number, segment: string, gap: boolean): Token[] {
  if (!/^\p{Script=Han}+[的の]$/u.test(segment)) return [token(text, start, segment, gap)];
  const stem = segment.slice(0, -1);
  return [token(text, start, stem, gap), token(text, start + stem.length, segment.slice(-1), false)];
}

function token(text: string, start: number, segment: string, gap: boolean): Token {
  return {
    text: text.slice(start, start + segment.length).toLowerCase(),
    start,
    end: start + segment.length,
    latin: /^[\p{Script=Latin}\p{M}\d]/u.test(segment),
    hangul: /^\p{Script=Hangul}/u.test(segment),
    gap,
  };
}

/** Without what is for programs: weights, LoRAs, switches; `1girl` and `long_hair` as their words. */
export function readable(prompt: string): string {
  return prompt
    .slice(0, MOST)
    .normalize('NFKC')
    .replace(/<[^<>]*>|\bembedding:\S+|https?:\/\/\S+/gu, ' ')
    .replace(/(^|\s)--no\b/gu, ', without ')
    .replace(/(^|\s)--\w+(\s+[\w:.]+)?/gu, ' ')
    .replace(/:\s*-?\d+(\.\d+)?(?=\s*[)\]])/gu, '')
    .replace(/\bBREAK\b/gu, ',')
    .replace(/[(){}[\]]+/gu, ' ')
    .replace(/_/gu, ' ')
    .replace(
      /(?<![\p{L}\d.])(\d{1,2})(?=(girl|boy|cat|dog|other|people|person|m[ae]n|wom[ae]n)s?\b)/giu,
      '$1 ',
    )
    .replace(/\p{Extended_Pictographic}|\u200d|\ufe0f/gu, ' ')
    .replace(/[ \t]+/gu, ' ');
}
