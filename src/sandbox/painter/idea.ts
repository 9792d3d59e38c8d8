/** From a prompt to an idea of what to draw: what stands where, what must not be there, and what can only be written. */
import { hash } from '../nodes/random.ts';
import { hex, type Color } from './color.ts';
import type { ShapeName } from './shapes.ts';
import { barredBy, read, type Mention, type Noun, type Reading } from './words/reading.ts';
import type { Hour, Sky, Terrain, Weather } from './words/things.ts';

export interface Group {
  shape: ShapeName;
  count: number;
  color: Color | undefined;
}

export interface Idea {
  hour: Hour;
  terrains: Terrain[];
  /** In the order of the prompt. */
  groups: Group[];
  sky: ReadonlySet<Sky>;
  weather: Weather | undefined;
  /** A colour word that belongs to nothing in particular. */
  tint: Color | undefined;
  /** Must not be in the picture. */
  barred: ReadonlySet<string>;
  /** What the painter does not know, as it was typed: set in letters. */
  letters: string | undefined;
  /** Nothing of it is known, so there is no scene behind the letters. */
  abstract: boolean;
  /** Of the whole text: unknown words change the picture too. */
  hash: number;
}

/** More than these nobody counts in a picture. */
export const MOST_FIGURES = 24;

const CALM_HOURS = ['dawn', 'day', 'sunset', 'day'] as const;
const CALM_TERRAINS = ['hills', 'mountains', 'meadow', 'sea', 'hills', 'desert'] as const;
const WOODLANDS = ['forest', 'hills', 'mountains'] as const;
/** Night and space say more about a picture than "sunny". */
const RANKS: readonly Hour[] = ['space', 'night', 'storm', 'sunset', 'dawn', 'day'];

/** What the prompt leaves open is up to `roll`. */
export function ideaOf(prompt: string, negative: string, roll: number): Idea {
  const reading = read(prompt);
  const barred = new Set([...reading.barred, ...barredBy(negative)]);
  const wanted = reading.mentions.filter(({ negated }) => !negated);
  const found = <K extends Noun['is']>(is: K): Extract<Noun, { is: K }>[] =>
    wanted
      .flatMap(({ nouns }) => nouns)
      .filter((noun): noun is Extract<Noun, { is: K }> => noun.is === is)
      .filter((noun) => !('name' in noun) || !barred.has(noun.name));

  const hours = found('hour').map(({ name }) => name);
  const sky = new Set(found('sky').map(({ name }) => name));
  const terrains = unique(found('terrain').map(({ name }) => name));
  const weather = found('weather').map(({ name }) => name)[0];
  const { groups, over } = groupsOf(wanted, barred);
  const letters = lettersOf(reading, over);
  const shapes = groups.map(({ shape }) => shape);
  const tint = reading.tints.at(-1);
  const known = hours.length + sky.size + terrains.length + shapes.length > 0 || weather !== undefined;
  return {
    hour: RANKS.find((hour) => hours.includes(hour)) ?? hourOf(sky, weather, shapes, roll),
    terrains: terrains.length > 0 ? terrains : homeOf(shapes[0], barred, roll),
    groups,
    sky,
    weather: weather ?? (terrains.includes('snow') ? 'snow' : undefined),
    tint: tint === undefined ? undefined : hex(tint),
    barred,
    letters,
    abstract: letters !== undefined && !known,
    hash: hash(prompt.toLowerCase()),
  };
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

/** `over`: what was typed where more are asked for than can be told apart. */
function groupsOf(
  mentions: readonly Mention[],
  barred: ReadonlySet<string>,
): { groups: Group[]; over: string[] } {
  const groups: Group[] = [];
  const over: string[] = [];
  let left = MOST_FIGURES;
  for (const { color, count, nouns, said } of mentions) {
    const noun = nouns.find(({ is }) => is === 'subject');
    if (noun?.is !== 'subject' || barred.has(noun.name)) continue;
    if (count > left) over.push(said);
    const drawn = Math.min(count, left);
    left -= drawn;
    if (drawn > 0)
      groups.push({ shape: noun.name, count: drawn, color: color === undefined ? undefined : hex(color) });
  }
  return { groups, over };
}

function lettersOf(
  { barred, mentions, said, unknown }: Reading,
  over: readonly string[],
): string | undefined {
  const strange = unique([...unknown, ...over]);
  if (strange.length > 0) return strange.join(', ');
  // "red", "a masterpiece": no thing at all was asked for
  return said !== '' && mentions.length === 0 && barred.size === 0 ? said : undefined;
}

function hourOf(
  sky: ReadonlySet<Sky>,
  weather: Weather | undefined,
  shapes: readonly ShapeName[],
  roll: number,
): Hour {
  if (sky.has('moon') || sky.has('stars')) return 'night';
  if (weather === 'rain') return 'storm';
  if (sky.has('sun')) return 'day';
  if (shapes[0] === 'owl') return 'night';
  return CALM_HOURS[roll % CALM_HOURS.length] ?? 'day';
}

/** Where a thing is when the prompt does not say. */
function homeOf(shape: ShapeName | undefined, barred: ReadonlySet<string>, roll: number): Terrain[] {
  const allowed = homesOf(shape, roll).filter((terrain) => !barred.has(terrain));
  if (allowed.length > 0) return allowed;
  const others: readonly Terrain[] = ['hills', 'meadow', 'desert', 'mountains'];
  return [others.find((terrain) => !barred.has(terrain)) ?? 'hills'];
}

const HOMES: Readonly<Partial<Record<ShapeName, readonly Terrain[]>>> = {
  ship: ['sea'],
  whale: ['sea'],
  fish: ['sea'],
  lighthouse: ['sea'],
  robot: ['city'],
  deer: ['forest', 'hills'],
  owl: ['forest', 'hills'],
  wolf: ['forest', 'hills'],
  mushroom: ['forest', 'hills'],
  horse: ['meadow'],
  flower: ['meadow'],
};
const OF_THE_WOODS: readonly ShapeName[] = ['fox', 'bear', 'panda', 'rabbit'];

function homesOf(shape: ShapeName | undefined, roll: number): readonly Terrain[] {
  const home = shape && HOMES[shape];
  if (home) return home;
  if (shape && OF_THE_WOODS.includes(shape))
    return [WOODLANDS[(roll >>> 3) % WOODLANDS.length] ?? 'hills', 'hills'];
  return [CALM_TERRAINS[(roll >>> 3) % CALM_TERRAINS.length] ?? 'hills'];
}
