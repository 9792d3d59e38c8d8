/** Breaks words into lines that fill a box, in the largest size that fits. */
import type { Glyph } from './alphabet.ts';

export interface Line {
  glyphs: { path: string; x: number }[];
  /** The top of its capitals, in pixels. */
  y: number;
  /** Pixels for a hundredth of a capital. */
  scale: number;
}

/** In hundredths of a capital. */
const TRACKING = 30;
const SPACE = 66;
const LEADING = 172;
/** Room for marks above the first line. */
const ABOVE = 46;
const MARGIN = 10;
const MOST_LINES = 8;
/** A longer word is broken: it would make all others tiny. */
const LONGEST_WORD = 18;

interface Word {
  glyphs: Glyph[];
  width: number;
}

export function fit(
  text: string,
  glyphOf: (char: string) => Glyph | undefined,
  width: number,
  height: number,
): Line[] {
  const words = text
    .split(/\s+/u)
    .flatMap(pieces)
    .map((word): Word => {
      const glyphs = Array.from(word, glyphOf).filter((glyph) => glyph !== undefined);
      return { glyphs, width: glyphs.reduce((sum, glyph) => sum + glyph.width + TRACKING, -TRACKING) };
    });
  let best: { lines: Word[][]; scale: number } | undefined;
  for (let count = 1; count <= Math.min(MOST_LINES, words.length); count += 1) {
    const lines = balanced(words, count);
    const widest = Math.max(...lines.map(widthOf)) + MARGIN * 2;
    const scale = Math.min(width / widest, height / (lines.length * LEADING - 40 + ABOVE));
    if (!best || scale > best.scale) best = { lines, scale };
  }
  if (!best) return [];
  const { lines, scale } = best;
  return lines.map((line, index) => {
    let x = (width / scale - widthOf(line)) / 2;
    const glyphs = line.flatMap((word) => {
      const placed = word.glyphs.map((glyph) => {
        const at = { path: glyph.path, x: x * scale };
        x += glyph.width + TRACKING;
        return at;
      });
      x += SPACE - TRACKING;
      return placed;
    });
    return { glyphs, y: (ABOVE + index * LEADING) * scale, scale };
  });
}

function pieces(word: string): string[] {
  const chars = Array.from(word);
  const parts: string[] = [];
  for (let at = 0; at < chars.length; at += LONGEST_WORD)
    parts.push(chars.slice(at, at + LONGEST_WORD).join(''));
  return parts;
}

function widthOf(line: readonly Word[]): number {
  return line.reduce((sum, word) => sum + word.width + SPACE, -SPACE);
}

/** At most `count` lines, the widest of which is as narrow as can be. */
function balanced(words: readonly Word[], count: number): Word[][] {
  let low = Math.max(...words.map(({ width }) => width));
  let high = widthOf(words);
  for (let step = 0; step < 20 && high - low > 1; step += 1) {
    const middle = (low + high) / 2;
    if (broken(words, middle).length <= count) high = middle;
    else low = middle;
  }
  return broken(words, high);
}

function broken(words: readonly Word[], width: number): Word[][] {
  const lines: Word[][] = [];
  let line: Word[] = [];
  for (const word of words) {
    if (line.length > 0 && widthOf([...line, word]) > width) {
      lines.push(line);
      line = [];
    }
    line.push(word);
  }
  if (line.length > 0) lines.push(line);
  return lines;
}
