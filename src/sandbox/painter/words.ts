/** Which words the painter knows: a prompt becomes an idea of what to draw. */
import { hash } from '../nodes/random.ts';
import { hex, type Color } from './color.ts';
import type { ShapeName } from './shapes.ts';

export type Hour = 'dawn' | 'day' | 'sunset' | 'night' | 'storm' | 'space';
export type Terrain = 'hills' | 'mountains' | 'forest' | 'sea' | 'desert' | 'city' | 'snow' | 'meadow';
export type Weather = 'rain' | 'snow';

export interface Idea {
  hour: Hour;
  terrains: Terrain[];
  subject: ShapeName | undefined;
  /** The colour word just before the subject: "a red fox". */
  ownColor: Color | undefined;
  /** Another colour word, for the rest of the picture. */
  tint: Color | undefined;
  weather: Weather | undefined;
  /** Of the whole text: unknown words change the picture too. */
  hash: number;
}

const HOURS: Readonly<Record<Hour, string>> = {
  dawn: 'dawn sunrise morning misty mist fog pastel spring 朝 새벽 아침',
  day: 'day noon sunny summer bright sky clear 昼 晴 白天 낮',
  sunset: 'sunset dusk evening golden autumn fall warm twilight 夕 黄昏 晚霞 노을 석양',
  night: 'night midnight moon moonlit stars starry dark nocturnal 夜 月 星 밤 달 별',
  storm: 'storm stormy thunder gloomy rain rainy grey gray dramatic 嵐 雨 暴风 폭풍 비',
  space: 'space galaxy nebula cosmic cosmos planet universe alien astronaut rocket 宇宙 우주',
};
const TERRAINS: Readonly<Record<Terrain, string>> = {
  hills: 'hill hills valley village countryside 丘 언덕',
  mountains: 'mountain mountains alps peak peaks cliff himalaya fuji 山 산',
  forest: 'forest woods jungle trees pine pines wood 森 林 숲',
  sea: 'sea ocean lake water beach river coast harbor harbour wave waves island underwater 海 湖 川 바다 호수',
  desert: 'desert dune dunes sand sahara egypt mars canyon 砂漠 沙漠 사막',
  city: 'city skyline skyscraper skyscrapers town street tokyo york cyberpunk neon urban 街 城市 都市 도시',
  snow: 'snow snowy winter ice icy arctic frozen christmas 雪 冬 눈 겨울',
  meadow: 'meadow field flowers garden grass park blossom blossoms 野 花 草 꽃',
};
const SUBJECTS: Readonly<Record<ShapeName, string>> = {
  fox: 'fox foxes 狐 여우',
  cat: 'cat cats kitten kitty 猫 貓 고양이',
  dog: 'dog dogs puppy corgi shiba 犬 狗 개 강아지',
  wolf: 'wolf wolves coyote husky 狼 늑대',
  rabbit: 'rabbit bunny hare 兎 兔 토끼',
  bear: 'bear bears panda 熊 곰',
  owl: 'owl owls 梟 猫头鹰 부엉이',
  bird: 'bird birds eagle crow raven seagull 鳥 鸟 새',
  deer: 'deer stag elk moose horse unicorn 鹿 馬 马 사슴 말',
  whale: 'whale fish dolphin shark orca 鯨 鱼 魚 고래',
  ship: 'ship boat sailboat sailing pirate yacht 船 배',
  house: 'house cabin cottage home hut barn 家 屋 집',
  castle: 'castle tower fortress palace temple 城 성',
  lighthouse: 'lighthouse beacon 灯台 灯塔 등대',
  tree: 'tree oak bonsai willow sakura 木 树 나무',
  person:
    'astronaut person man woman girl boy portrait knight samurai wizard people child hero king queen 人 女 男 사람',
  robot: 'robot android mech droid ロボット 机器人 로봇',
  rocket: 'rocket spaceship shuttle 火箭 로켓',
  balloon: 'balloon balloons airship 気球 气球 풍선',
  flower: 'flower rose tulip sunflower lotus daisy 薔薇 玫瑰 장미',
  mushroom: 'mushroom mushrooms fungus toadstool 茸 蘑菇 버섯',
};
const COLORS: Readonly<Record<string, number>> = {
  red: 0xd2402f,
  crimson: 0xb81f38,
  scarlet: 0xe03a24,
  orange: 0xee8a2a,
  amber: 0xf0a830,
  gold: 0xe6b84a,
  yellow: 0xf2d24b,
  green: 0x4f9e50,
  emerald: 0x23a070,
  lime: 0x9fd040,
  teal: 0x1f9a9a,
  turquoise: 0x3fc8c0,
  cyan: 0x48c8e0,
  blue: 0x3b78d8,
  navy: 0x24407f,
  indigo: 0x4a48b0,
  violet: 0x8656c8,
  purple: 0x8a4fc0,
  lavender: 0xb8a0e6,
  magenta: 0xd0409f,
  pink: 0xf08cb0,
  rose: 0xe87890,
  brown: 0x8a5a38,
  white: 0xf2f0ea,
  black: 0x26242c,
  grey: 0x8c9098,
  gray: 0x8c9098,
  silver: 0xc0c6ce,
  copper: 0xc07848,
  赤: 0xd2402f,
  红: 0xd2402f,
  빨간: 0xd2402f,
  青: 0x3b78d8,
  蓝: 0x3b78d8,
  파란: 0x3b78d8,
  緑: 0x4f9e50,
  绿: 0x4f9e50,
  초록: 0x4f9e50,
  黒: 0x26242c,
  黑: 0x26242c,
  검은: 0x26242c,
  白: 0xf2f0ea,
  하얀: 0xf2f0ea,
};

const CALM_HOURS = ['dawn', 'day', 'sunset', 'day'] as const;
const CALM_TERRAINS = ['hills', 'mountains', 'meadow', 'sea', 'hills', 'desert'] as const;
const WOODLANDS = ['forest', 'hills', 'mountains'] as const;
const CALM_SUBJECTS = ['tree', 'balloon', 'bird', undefined, 'house', undefined] as const;

/** A colour word counts for a subject that begins within so many characters. */
const NEAR = 22;

/** Words of `negative` are not drawn; what the prompt leaves open is up to `roll`. */
export function ideaOf(prompt: string, negative: string, roll: number): Idea {
  const text = prompt.toLowerCase();
  const banned = negative.toLowerCase();
  const has = (word: string): boolean => mentions(text, word) && !mentions(banned, word);
  const find = <T extends string>(table: Readonly<Record<T, string>>): T[] =>
    keys(table).filter((name) => table[name].split(' ').some(has));

  const key = hash(text);
  const [hour] = find(HOURS).toSorted((a, b) => rank(a) - rank(b));
  const terrains = find(TERRAINS);
  const subjects = find(SUBJECTS);
  const anything = hour !== undefined || terrains.length > 0 || subjects.length > 0;
  const [subject] = subjects;
  const at = subject ? firstIndex(text, SUBJECTS[subject].split(' ').filter(has)) : -1;
  const colors = Object.keys(COLORS)
    .filter(has)
    .map((name) => ({ name, away: at - text.indexOf(name) }));
  const own = colors
    .filter(({ away }) => away > 0 && away < NEAR)
    .toSorted((a, b) => a.away - b.away)
    .at(0);
  const other = colors.find(({ name }) => name !== own?.name);
  return {
    hour: hour ?? CALM_HOURS[roll % CALM_HOURS.length] ?? 'day',
    terrains: terrains.length > 0 ? terrains : homeOf(subject, roll),
    subject: subject ?? (anything ? undefined : CALM_SUBJECTS[(key >>> 5) % CALM_SUBJECTS.length]),
    ownColor: own && hex(COLORS[own.name] ?? 0),
    tint: other && hex(COLORS[other.name] ?? 0),
    weather: has('rain') || has('rainy') ? 'rain' : terrains.includes('snow') ? 'snow' : undefined,
    hash: key,
  };
}

function firstIndex(text: string, words: readonly string[]): number {
  return Math.min(...words.map((word) => text.indexOf(word)));
}

/** Where a thing is when the prompt does not say. */
function homeOf(subject: ShapeName | undefined, roll: number): Terrain[] {
  if (subject === 'ship' || subject === 'whale' || subject === 'lighthouse') return ['sea'];
  if (subject === 'robot') return ['city'];
  if (subject === 'deer' || subject === 'owl' || subject === 'wolf' || subject === 'mushroom')
    return ['forest', 'hills'];
  if (subject === 'fox' || subject === 'bear' || subject === 'rabbit')
    return [WOODLANDS[(roll >>> 3) % WOODLANDS.length] ?? 'hills', 'hills'];

  return [CALM_TERRAINS[(roll >>> 3) % CALM_TERRAINS.length] ?? 'hills'];
}

/** Night and space say more about a picture than "bright". */
function rank(hour: Hour): number {
  return ['space', 'night', 'storm', 'sunset', 'dawn', 'day'].indexOf(hour);
}

/** A Latin word stands alone; Chinese, Japanese and Korean words have no spaces around them. */
function mentions(text: string, word: string): boolean {
  if (!/^[a-z]+$/.test(word)) return text.includes(word);
  return new RegExp(`(^|[^a-z])${word}([^a-z]|$)`).test(text);
}

function keys<T extends string>(table: Readonly<Record<T, string>>): T[] {
  const found: T[] = [];
  for (const name in table) found.push(name);
  return found;
}
