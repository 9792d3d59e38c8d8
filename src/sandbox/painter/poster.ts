/** A sheet of paper for words: what stands behind them where nothing of a prompt can be drawn, and where they stand in a scene. */
import sharp from 'sharp';
import { random } from '../nodes/random.ts';
import { fromPicture, toPicture } from '../nodes/pictures.ts';
import type { Picture } from '../nodes/values.ts';
import { luma, mix, scale, type Color } from './color.ts';
import { drawLabel } from './label.ts';
import { letter } from './lettering.ts';
import type { Scene } from './scene.ts';

const CREAM: Color = [0.98, 0.95, 0.88];
const DARK: Color = [0.1, 0.1, 0.14];

/** Plain forms in the colours of the prompt's own hour and words, the words across them. */
export async function poster(scene: Scene, width: number, height: number): Promise<Picture> {
  const next = random(scene.salt + 31);
  const { accent, middle, top } = scene.palette;
  const ground = scene.tinted ? scale(accent, 0.8) : mix(top, middle, 0.25);
  const light = luma(ground) > 0.6;
  const ink = light ? DARK : CREAM;
  const form = mix(ground, light ? [0, 0, 0] : [1, 1, 1], 0.14);
  const second = mix(ground, scene.tinted ? CREAM : accent, 0.4);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<rect width="100%" height="100%" fill="${css(ground)}"/>
${forms(next, width, height, css(form), css(second))}
${grain(next, width, height, css(form))}
${frame(width, height, css(mix(ground, ink, 0.75)))}</svg>`;
  const sheet = await toPicture(sharp(Buffer.from(svg)));
  return set(sheet, scene.letters ?? '', { ink: css(ink), from: 0.12, to: 0.8, share: 0.78 });
}

/** The words in the sky of a scene; smaller where somebody stands below them. */
export async function captioned(picture: Picture, scene: Scene): Promise<Picture> {
  const small = scene.figures.length > 0;
  const { height, width } = picture;
  const deep = small ? 0.3 : 0.62;
  const shade = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>
<linearGradient id="s" x1="0" x2="0" y1="0" y2="1"><stop offset="0" stop-color="#06080f" stop-opacity="0.62"/>
<stop offset="${deep * 0.6}" stop-color="#06080f" stop-opacity="0.5"/><stop offset="${deep}" stop-color="#06080f" stop-opacity="0"/></linearGradient></defs>
<rect width="100%" height="100%" fill="url(#s)"/>${small ? '' : frame(width, height, css(CREAM))}</svg>`;
  const shaded = await toPicture(fromPicture(picture).composite([{ input: Buffer.from(shade) }]));
  return set(shaded, scene.letters ?? '', {
    ink: css(CREAM),
    from: small ? 0.035 : 0.09,
    to: small ? 0.2 : 0.52,
    share: small ? 0.88 : 0.8,
  });
}

interface Place {
  ink: string;
  /** Of the height. */
  from: number;
  to: number;
  /** Of the width. */
  share: number;
}

async function set(picture: Picture, words: string, { from, ink, share, to }: Place): Promise<Picture> {
  const { height, width } = picture;
  const room = Math.floor(height * (to - from));
  const lettering = await letter(words, Math.floor(width * share), room, ink);
  if (!lettering) return labelled(picture);
  const left = Math.max(0, Math.round((width - lettering.width) / 2));
  const top = Math.max(0, Math.round(height * from + (room - lettering.height) / 2));
  const input = Buffer.from(lettering.image);
  return labelled(await toPicture(fromPicture(picture).composite([{ input, left, top }])));
}

function labelled(picture: Picture): Picture {
  drawLabel(picture.data, picture.width, picture.height);
  return picture;
}

function css(color: Color): string {
  return `#${color
    .map((value) =>
      Math.round(Math.min(1, Math.max(0, value)) * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

/** Specks in the paper: no two seeds print the same sheet, as no two seeds make the same picture. */
function grain(next: () => number, width: number, height: number, color: string): string {
  const radius = Math.max(0.7, Math.min(width, height) * 0.0025);
  const specks = Array.from(
    { length: 40 },
    () => `<circle cx="${next() * width}" cy="${next() * height}" r="${radius * (0.5 + next())}"/>`,
  );
  return `<g fill="${color}">${specks.join('')}</g>`;
}

function frame(width: number, height: number, color: string): string {
  const unit = Math.min(width, height);
  const margin = unit * 0.045;
  return `<rect x="${margin}" y="${margin}" width="${width - 2 * margin}" height="${height - 2 * margin}" fill="none" stroke="${color}" stroke-width="${Math.max(1, unit * 0.005)}"/>`;
}

function forms(next: () => number, width: number, height: number, form: string, second: string): string {
  const unit = Math.min(width, height);
  switch (Math.floor(next() * 3)) {
    case 0: {
      // rays from a low sun
      const x = width * (0.3 + 0.4 * next());
      const y = height * 0.9;
      const reach = width + height;
      const rays = Array.from({ length: 14 }, (_, index) => {
        const from = Math.PI + (index / 14) * Math.PI;
        const to = from + Math.PI / 28;
        return `<path d="M${x} ${y} L${x + reach * Math.cos(from)} ${y + reach * Math.sin(from)} L${x + reach * Math.cos(to)} ${y + reach * Math.sin(to)} Z" fill="${form}"/>`;
      });
      return `${rays.join('')}<circle cx="${x}" cy="${y}" r="${unit * 0.16}" fill="${second}"/>`;
    }
    case 1: {
      // rings out of a corner
      const [x, y] = next() < 0.5 ? [width, 0] : [0, height];
      return [0.95, 0.72, 0.5, 0.3]
        .map(
          (radius, index) =>
            `<circle cx="${x}" cy="${y}" r="${unit * radius}" fill="${[form, 'none', form, second][index]}" stroke="${form}" stroke-width="${unit * 0.05}"/>`,
        )
        .join('');
    }
    default: {
      // waves along the foot
      const rows = [0.74, 0.82, 0.9].map((at, index) => {
        const shift = next() * unit * 0.2;
        const step = unit * 0.2;
        const y = height * at;
        const crest = Array.from(
          { length: Math.ceil(width / step) + 2 },
          () => `q${step / 4} ${-unit * 0.05} ${step / 2} 0 t${step / 2} 0`,
        );
        return `<path d="M${-shift} ${y} ${crest.join(' ')} V${height} H${-shift} Z" fill="${index === 1 ? second : form}"/>`;
      });
      return `<circle cx="${width * 0.76}" cy="${height * 0.2}" r="${unit * 0.09}" fill="${form}"/>${rows.join('')}`;
    }
  }
}
