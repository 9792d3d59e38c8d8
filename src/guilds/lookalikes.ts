/**
 * Signs that are read as a Latin letter though they are none, as blocked words are hidden behind them: from Unicode's
 * confusables, and what people write for letters. Wide, mathematical and circled letters are not here: NFKC undoes them.
 */

/** Looks like it in lower case. */
const LOWER: Record<string, string> = {
  a: 'аɑαᴀ',
  b: 'ьʙƅ',
  c: 'сϲᴄ',
  d: 'ԁᴅđ',
  e: 'еєҽᴇεɛ',
  f: 'ꜰſƒ',
  g: 'ɡցɢ',
  h: 'һհʜħ',
  i: 'іıιɩɪ',
  j: 'јȷᴊ',
  k: 'кκᴋ',
  l: 'ӏʟłǀ',
  m: 'мᴍ',
  n: 'ոпηɴ',
  o: 'оοօσᴏøס',
  p: 'рρᴘ',
  q: 'ԛգ',
  r: 'гʀᴦ',
  s: 'ѕꜱ',
  t: 'тτᴛ',
  u: 'υսᴜ',
  v: 'νѵᴠ',
  w: 'ԝωᴡ',
  x: 'хχ',
  y: 'уүγʏ',
  z: 'ᴢ',
};

/** Looks like it only as a capital. */
const UPPER: Record<string, string> = {
  a: 'АΑ',
  b: 'ВΒ',
  c: 'С',
  e: 'ЕΕ',
  h: 'НΗ',
  i: 'ІΙӀ',
  j: 'Ј',
  k: 'КΚ',
  m: 'МΜ',
  n: 'Ν',
  o: 'ОΟ',
  p: 'РΡ',
  s: 'Ѕ',
  t: 'ТΤ',
  x: 'ХΧ',
  y: 'УΥ',
  z: 'Ζ',
};

/** Written for it; not enough to be a word of its own. */
const WRITTEN: Record<string, string> = {
  a: '4@',
  e: '3€',
  i: '1!|¡',
  l: '1|',
  o: '0',
  s: '5$',
  t: '7',
};

/** Blocks of 26 that stand for A to Z and that NFKC leaves as they are: white on black, and the halves of flags. */
const ALPHABETS = [0x1_f1_50, 0x1_f1_70, 0x1_f1_e6];

function turned(table: Record<string, string>): Map<string, string[]> {
  const map = new Map<string, string[]>();
  for (const [letter, signs] of Object.entries(table))
    for (const sign of signs) map.set(sign, [...(map.get(sign) ?? []), letter]);
  return map;
}

const CAPITALS = turned(UPPER);
/** A sign → the letters that it is read as. */
const WRITTEN_FOR: ReadonlyMap<string, readonly string[]> = turned(WRITTEN);
const ALIKE: ReadonlyMap<string, readonly string[]> = withCyrillic(turned(LOWER));

/** The other way round, too: Latin letters inside of a Cyrillic word. */
function withCyrillic(map: Map<string, string[]>): Map<string, string[]> {
  const [latin, cyrillic] = [Array.from('aceopxyikmt'), Array.from('асеорхуікмт')];
  for (const [at, sign] of latin.entries()) map.set(sign, [...(map.get(sign) ?? []), cyrillic[at] ?? '']);
  return map;
}

const CAPITAL = new RegExp(`[${[...CAPITALS.keys()].join('')}]`, 'gu');

/** Itself first, then the letters that it may be read as. */
export function readingsOf(sign: string): string[] {
  const code = sign.codePointAt(0) ?? 0;
  const start = ALPHABETS.find((first) => code >= first && code < first + 26);
  const drawn = start === undefined ? [] : [String.fromCodePoint(0x61 + code - start)];
  return [sign, ...drawn, ...(ALIKE.get(sign) ?? []), ...(WRITTEN_FOR.get(sign) ?? [])];
}

/** Whether it is only written for letters: numbers and signs, which by themselves are no word. */
export function isWritten(sign: string): boolean {
  return WRITTEN_FOR.has(sign);
}

/** With Latin letters for capitals that look like them; undefined if there are none. */
export function withLatinCapitals(text: string): string | undefined {
  const latin = text.replaceAll(CAPITAL, (sign) => CAPITALS.get(sign)?.[0] ?? sign);
  return latin === text ? undefined : latin;
}
