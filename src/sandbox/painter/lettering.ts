/**
 * Words as big as they fit: with the pen of `alphabet`, which every machine has; in other scripts with the machine's own fonts; and
 * where there are none, as empty boxes that say so.
 */
import sharp from 'sharp';
import { glyphOf, type Glyph } from './alphabet.ts';
import { fit, type Line } from './typesetting.ts';

export interface Lettering {
  /** A PNG with a transparent ground. */
  image: Uint8Array;
  width: number;
  height: number;
}

/** As many characters as anybody reads off a poster. */
const MOST_CHARS = 120;
/** Of the pen, for capitals that are 100 high. */
const PEN = 18;

/** At most `width` × `height` pixels; `ink` is CSS. Undefined where there is nothing to set, or no room for it. */
export async function letter(
  text: string,
  width: number,
  height: number,
  ink: string,
): Promise<Lettering | undefined> {
  const said = clipped(text);
  if (said === '' || width < 16 || height < 8) return undefined;
  const strange = unique(Array.from(said).filter((char) => !/\s/u.test(char) && !glyphOf(char)));
  if (strange.length === 0) return penned(fit(said.toUpperCase(), glyphOf, width, height), ink, width);
  for (const font of FONTS) if (await hasAll(font, strange)) return printed(said, font, width, height, ink);
  // empty boxes would be read as words that were asked for
  const note = 'NO FONT FOR THESE ON THIS MACHINE';
  const boxed = (char: string): Glyph | undefined => glyphOf(char) ?? BOX;
  const small = Math.floor(width * 0.7);
  const body = await penned(fit(said.toUpperCase(), boxed, width, height * 0.7), ink, width);
  const foot = await penned(fit(note, glyphOf, small, height * 0.14), ink, small);
  return stacked(body, foot, Math.round(height * 0.12));
}

const BOX: Glyph = { width: 76, path: 'M0 4 H76 V96 H0 Z' };

function unique(chars: readonly string[]): string[] {
  return [...new Set(chars)];
}

function clipped(text: string): string {
  const chars = Array.from(text.replace(/\s+/gu, ' ').trim());
  if (chars.length <= MOST_CHARS) return chars.join('');
  const kept = chars.slice(0, MOST_CHARS).join('');
  return `${kept.replace(/\s\S{0,20}$/u, '')}…`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

async function penned(lines: readonly Line[], ink: string, width: number): Promise<Lettering> {
  const scale = lines[0]?.scale ?? 1;
  const pad = PEN * scale;
  const bottom = Math.max(...lines.map(({ y }) => y)) + 126 * scale;
  const strokes = lines.flatMap((line) =>
    line.glyphs.map(
      ({ path, x }) =>
        `<path transform="translate(${x.toFixed(2)} ${line.y.toFixed(2)}) scale(${scale.toFixed(4)})" d="${path}"/>`,
    ),
  );
  const height = Math.ceil(bottom + pad);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
    `<g fill="none" stroke="${ink}" stroke-width="${PEN}" stroke-linecap="round" stroke-linejoin="round">${strokes.join('')}</g></svg>`;
  return { image: await sharp(Buffer.from(svg)).png().toBuffer(), width, height };
}

async function stacked(above: Lettering, below: Lettering, gap: number): Promise<Lettering> {
  const { width } = above;
  const height = above.height + gap + below.height;
  const image = await sharp({ create: { width, height, channels: 4, background: '#00000000' } })
    .composite([
      { input: Buffer.from(above.image), left: 0, top: 0 },
      {
        input: Buffer.from(below.image),
        left: Math.round((width - below.width) / 2),
        top: above.height + gap,
      },
    ])
    .png()
    .toBuffer();
  return { image, width, height };
}

/** With what fonts the machine has; Pango breaks the lines and takes the largest size that fits. */
async function printed(
  text: string,
  font: string,
  width: number,
  height: number,
  ink: string,
): Promise<Lettering> {
  const { data, info } = await sharp({
    text: {
      text: `<span foreground="${ink}">${escaped(text)}</span>`,
      font,
      width: Math.floor(width),
      height: Math.floor(height),
      align: 'centre',
      rgba: true,
      wrap: 'word',
    },
  })
    .png()
    .toBuffer({ resolveWithObject: true });
  return { image: data, width: info.width, height: info.height };
}

/** Bold ones may lack what the others have. */
const FONTS = ['sans bold', 'sans'] as const;

const known = new Map<string, boolean>();
const MOST_KNOWN = 5000;

async function hasAll(font: string, chars: readonly string[]): Promise<boolean> {
  for (const char of chars) {
    const key = `${font} ${char}`;
    const has = known.get(key) ?? (await isDrawn(font, char));
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, has);
    if (!has) return false;
  }
  return true;
}

/**
 * Whether the font, or one that stands in for it, has it. Pango draws what none has as a box around its code point, which has the
 * edges of the box of a private one with as many digits.
 */
async function isDrawn(font: string, char: string): Promise<boolean> {
  const here = await edgesOf(font, char);
  return here !== undefined && here !== (await edgesOf(font, char.length > 1 ? '\u{f1234}' : '\ue123'));
}

/** Its size and outermost pixels. Undefined: it has no ink. */
async function edgesOf(font: string, char: string): Promise<string | undefined> {
  try {
    const text = { text: escaped(char), font, dpi: 300 };
    const { data, info } = await sharp({ text })
      .extractChannel(0)
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { height, width } = info;
    const edge = data.filter((_, at) => {
      const x = at % width;
      return x === 0 || x === width - 1 || at < width || at >= width * (height - 1);
    });
    return `${width}×${Buffer.from(edge).toString('base64')}`;
  } catch {
    return undefined; // libvips refuses a picture of no pixels
  }
}
