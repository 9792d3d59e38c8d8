import { describe, expect, it } from 'vitest';
import { compose, type Scene } from '../../../src/sandbox/painter/scene.ts';

const scene = (positive: string, negative = '', seed = 7n): Scene =>
  compose({ positive, negative, seed, model: 'm', cfg: 7, time: 0 });

/** `cat`, `balloon×3`, `sea`, `sun`, `rain`, `"words that are set"`. */
function contents(positive: string, negative = '', seed = 7n): string[] {
  const { abstract, blossoms, cloudCover, figures, layers, letters, light, stars, weather, palette } = scene(
    positive,
    negative,
    seed,
  );
  const said = letters === undefined ? [] : [`"${letters}"`];
  if (abstract) return ['poster', ...said];
  const counts = Object.entries(Object.groupBy(figures, ({ name }) => name)).map(([name, all]) =>
    all.length === 1 ? name : `${name}×${all.length}`,
  );
  const lights = light.radius > 0 ? [palette.day < 0.5 ? 'moon' : 'sun'] : [];
  const lands = layers.map(({ kind }) => kind).filter((kind) => kind !== 'meadow' || blossoms);
  return [
    ...counts,
    ...new Set(lands),
    ...lights,
    ...(stars > 0 ? ['stars'] : []),
    ...(cloudCover > 0 ? ['clouds'] : []),
    ...(weather ? [weather === 'snow' ? 'snowfall' : weather] : []),
    ...said,
  ];
}

const FIGURES =
  'fox cat dog wolf rabbit bear panda owl bird deer horse whale fish ship house castle lighthouse tree person robot rocket balloon flower mushroom'.split(
    ' ',
  );

/** Prompt, what must be in the scene, what must not be there; and no figure or word but those that must be. */
const TABLE: readonly (readonly [prompt: string, must: string, mustNot?: string])[] = [
  // whole words
  ['a cat', 'cat'],
  ['a red fox', 'fox'],
  ['red sports car', 'poster "red sports car"'],
  ['carpet', 'poster "carpet"'],
  ['starfish', 'poster "starfish"'],
  ['a seal on a rock', 'poster "a seal on a rock"'],
  ['catfish', 'poster "catfish"'],
  ['a category theory diagram', 'poster "a category theory diagram"'],
  ['foxglove', 'poster "foxglove"'],
  ['bearing', 'poster "bearing"'],
  ['a scattered dogma', 'poster "a scattered dogma"'],
  ['treehouse', 'poster "treehouse"'],
  ['manhole', 'poster "manhole"'],
  ['kingfisher', 'poster "kingfisher"'],
  ['a seasoning', 'poster "a seasoning"'],
  ['knight', 'person', 'moon'],
  ['seahorse', 'poster "seahorse"'],
  ['birdcage', 'poster "birdcage"'],
  // longer known words around a shorter one
  ['hot dog', 'poster "hot dog"'],
  ['two hot dogs', 'poster "two hot dogs"'],
  ['a hot air balloon', 'balloon'],
  ['polar bear', 'poster "polar bear"'],
  ['a teddy bear in the snow', 'snow "a teddy bear in the snow"', 'bear'],
  ['sea lion', 'poster "sea lion"'],
  ['snow leopard', 'poster "snow leopard"'],
  ['star wars', 'poster "star wars"'],
  ['mountain bike', 'poster "mountain bike"'],
  ['ice cream', 'poster "ice cream"'],
  ['golden retriever', 'dog'],
  ['rain forest', 'forest', 'rain'],
  ['cherry tree', 'tree'],
  ['cat food', 'poster "cat food"'],
  ['a fish tank', 'poster "a fish tank"'],
  ['house music', 'poster "house music"'],
  ['a fox-like creature', 'poster "a fox-like creature"'],
  ["a cat's cradle", 'poster "a cat\'s cradle"'],
  ['a bird house', 'poster "a bird house"'],
  ['rocket science', 'poster "rocket science"'],
  ['space station', 'poster "space station"'],
  ['flower pot', 'poster "flower pot"'],
  // what is unlike its nearest shape is written
  ['a dragon', 'poster "a dragon"'],
  ['a shark', 'poster "a shark"'],
  ['a unicorn', 'poster "a unicorn"'],
  ['a horse', 'horse', 'deer'],
  ['a goldfish', 'fish', 'whale'],
  ['a panda', 'panda', 'bear'],
  ['a river', 'poster "a river"', 'sea'],
  ['a cat on a sofa', 'cat "a cat on a sofa"'],
  ['a dragon in the mountains', 'mountains "a dragon in the mountains"'],
  ['red sports car, sunset', 'sun "red sports car"'],
  ['xyzzy', 'poster "xyzzy"'],
  ['masterpiece', 'poster "masterpiece"'],
  ['red', 'poster "red"'],
  // counts
  ['two cats', 'cat×2'],
  ['three red balloons', 'balloon×3'],
  ['3 red balloons', 'balloon×3'],
  ['a dozen birds', 'bird×12'],
  ['a pair of foxes', 'fox×2'],
  ['a couple of rabbits', 'rabbit×2'],
  ['one dog', 'dog'],
  ['a lone wolf', 'wolf'],
  ['cats', 'cat×3'],
  ['several trees', 'tree×3'],
  ['two fluffy cats and a dog', 'cat×2 dog'],
  ['a cat and two dogs', 'cat dog×2'],
  ['five small white rabbits in the snow', 'rabbit×5 snow'],
  ['two chairs and a cat', 'cat "two chairs and a cat"'],
  ['2 cats, 3 dogs', 'cat×2 dog×3'],
  ['zero cats', '', 'cat'],
  ['99 red balloons', 'balloon×24 "99 red balloons"'],
  ['1000 cats', 'cat×24 "1000 cats"'],
  ['1girl, masterpiece, best quality', 'person'],
  ['2girls, solo focus', 'person×2'],
  ['(two cats:1.3), 8k, highly detailed', 'cat×2'],
  ['a photo of ten birds over the sea', 'bird×10 sea'],
  ['eleven wolves', 'wolf×11'],
  ['a lighthouse and three ships', 'lighthouse ship×3'],
  ['both cats', 'cat×2'],
  ['men', 'person×3'],
  ['a deer', 'deer'],
  // negations
  ['no trees', '', 'tree forest "no trees"'],
  ['a meadow, no trees', 'meadow', 'tree forest'],
  ['a street without people', 'city', 'person'],
  ['a city without any people', 'city', 'person'],
  ['no cats', '', 'cat'],
  ['no cats or dogs', '', 'cat dog'],
  ['neither cats nor dogs', '', 'cat dog'],
  ['not a cat but a dog', 'dog', 'cat'],
  ['no trees and a cat', 'cat', 'tree forest'],
  ['no people on the beach', 'sea', 'person'],
  ['no trees, people or cats', '', 'tree forest person cat'],
  ['hills, no trees, a house', 'hills house', 'tree forest'],
  ['a fox in a forest without snow', 'fox forest', 'snow snowfall'],
  ['no clouds', '', 'clouds'],
  ['a cloudless day', 'sun', 'clouds'],
  ['treeless hills', 'hills', 'tree forest'],
  ['a moonless night', 'stars', 'moon'],
  ['night sky without stars', 'moon', 'stars'],
  ['no sun', '', 'sun'],
  ['a garden without flowers', '', 'flower meadow'],
  ['nobody on the street', 'city', 'person'],
  ['no animals, a house', 'house', 'cat dog bird fox'],
  ['no buildings, hills', 'hills', 'house castle city'],
  ['a fox without a sofa', 'fox', '"a fox without a sofa"'],
  ['a cat --no dog --ar 16:9', 'cat', 'dog'],
  ['there are no people in the garden', 'meadow', 'person'],
  ["don't draw a cat", '', 'cat'],
  ['two cats, no dogs', 'cat×2', 'dog'],
  ['mountains with no snow', 'mountains', 'snow snowfall'],
  ['a sea without ships', 'sea', 'ship'],
  ['a balloon, no city', 'balloon', 'city'],
  // several things, colours, hours
  ['a red fox and a blue bird', 'fox bird'],
  ['a castle on a hill at night', 'castle hills moon stars'],
  ['a ship on the sea in a storm', 'ship sea'],
  ['rainy city at night', 'city rain moon'],
  ['a wolf under the full moon', 'wolf moon'],
  ['a robot in the desert', 'robot desert'],
  ['astronaut riding a horse', 'person horse'],
  ['cat, dog, fox', 'cat dog fox'],
  ['the quick brown fox jumps over the lazy dog', 'fox dog "the quick brown fox jumps over the lazy dog"'],
  ['<lora:cat_style:0.8> a dog', 'dog', 'cat'],
  ['https://example.com/cat.png a dog', 'dog', 'cat'],
  ['A CAT', 'cat'],
  ['ＣＡＴ', 'cat'],
  ['long_hair, cat', 'cat "long hair"'],
  ['a cat 🐱', 'cat'],
  ['cat:', 'cat'],
  ['«cat»', 'cat'],
  // Chinese
  ['熊猫', 'panda', 'cat bear'],
  ['大熊猫吃竹子', 'panda "大熊猫吃竹子"', 'cat bear'],
  ['一只猫', 'cat'],
  ['两只猫', 'cat×2'],
  ['三个红气球', 'balloon×3'],
  ['一只狗和两只猫', 'dog cat×2'],
  ['树下两只猫', 'tree cat×2'],
  ['猫头鹰', 'owl', 'cat bird'],
  ['海豹', 'poster "海豹"', 'sea'],
  ['海星', 'poster "海星"', 'sea stars'],
  ['河马', 'poster "河马"', 'horse'],
  ['斑马', 'poster "斑马"', 'horse'],
  ['火星', 'poster "火星"'],
  ['热狗', 'poster "热狗"', 'dog'],
  ['国家', 'poster "国家"', 'house'],
  ['没有树的草地', 'meadow', 'tree forest'],
  ['没有人的城市', 'city', 'person'],
  ['无人的海滩', 'sea', 'person'],
  ['不要云', '', 'clouds'],
  ['城市夜景', 'city moon', 'castle'],
  ['机器人', 'robot', 'person'],
  ['红色跑车', 'poster "红色跑车"'],
  ['雪山下的房子', 'mountains house'],
  ['黑猫', 'cat'],
  ['星期一', 'poster "星期一"', 'stars'],
  // Japanese
  ['猫二匹', 'cat×2'],
  ['猫が2匹', 'cat×2'],
  ['二匹の猫', 'cat×2'],
  ['赤い風船が三つ', 'balloon×3'],
  ['猫二匹と犬一匹', 'cat×2 dog'],
  ['木のない丘', 'hills', 'tree forest'],
  ['人がいない街', 'city', 'person'],
  ['猫と犬のいない庭', 'meadow', 'cat dog'],
  ['雲なし', '', 'clouds'],
  ['花火', 'poster "花火"', 'flower meadow'],
  ['月曜日', 'poster "月曜日"', 'moon'],
  ['人形', 'poster "人形"', 'person'],
  ['鳥居', 'poster "鳥居"', 'bird'],
  ['金魚', 'fish'],
  ['猫カフェ', 'poster "猫カフェ"', 'cat'],
  ['森の中の鹿', 'forest deer'],
  ['海に浮かぶ船', 'sea ship'],
  ['パンダ', 'panda'],
  ['夜空と城', 'castle moon stars'],
  // Korean
  ['고양이 두 마리', 'cat×2'],
  ['두 마리의 고양이', 'cat×2'],
  ['고양이 2마리', 'cat×2'],
  ['빨간 풍선 세 개', 'balloon×3'],
  ['강아지 한 마리와 고양이 세 마리', 'dog cat×3'],
  ['나무 없는 언덕', 'hills', 'tree forest'],
  ['사람이 없는 해변', 'sea', 'person'],
  ['구름 없이', '', 'clouds'],
  ['고양이들', 'cat×3'],
  ['새로운 자동차', 'poster "새로운 자동차"', 'bird'],
  ['비행기', 'poster "비행기"', 'rain'],
  ['눈사람', 'poster "눈사람"', 'snow person'],
  ['산타', 'poster "산타"', 'mountains'],
  ['바다표범', 'poster "바다표범"', 'sea'],
  ['밤하늘의 별', 'moon stars'],
  ['소파 위의 고양이', 'cat "소파 위의 고양이"'],
  ['숲 속의 여우', 'fox forest'],
  ['판다', 'panda', 'bear'],
];

const parts = (list: string): string[] => list.match(/"[^]*"|\S+/g) ?? [];

describe('what a prompt puts into the picture', () => {
  it('has a table of at least 150 prompts, each once', () => {
    expect(TABLE.length).toBeGreaterThanOrEqual(150);
    expect(new Set(TABLE.map(([prompt]) => prompt)).size).toBe(TABLE.length);
  });

  it.for(TABLE)('%s', ([prompt, must, mustNot = '']) => {
    for (const seed of [1n, 2n, 7n, 40n, 99n]) {
      const found = contents(prompt, '', seed);
      expect(found).toEqual(expect.arrayContaining(parts(must)));
      for (const name of parts(mustNot))
        expect(found.filter((one) => one === name || one.startsWith(`${name}×`))).toEqual([]);
      // no figure that nobody asked for, and no words that need none
      const figures = found.filter((one) => FIGURES.includes(one.replace(/×\d+$/, '')));
      expect(parts(must)).toEqual(expect.arrayContaining(figures));
      expect(parts(must)).toEqual(expect.arrayContaining(found.filter((one) => one.startsWith('"'))));
    }
  });

  it.for([
    ['a cat and a dog', 'dog', 'cat', 'dog'],
    ['a fox in the forest', 'trees', 'fox', 'forest tree'],
    ['a city at night', 'moon, people', 'city', 'moon person'],
    ['hills', 'clouds', 'hills', 'clouds'],
    ['草原の猫', '木、人', 'cat', 'tree forest person'],
    ['a beach', '사람, 배', 'sea', 'person ship'],
    ['a cat', 'blurry, low quality, watermark', 'cat', ''],
    ['a house', 'no snow', 'house', 'snow'],
  ] as const)('%s, and in the negative prompt %s', ([positive, negative, must, mustNot]) => {
    for (const seed of [1n, 2n, 7n, 40n, 99n]) {
      const found = contents(positive, negative, seed);
      expect(found).toEqual(expect.arrayContaining(parts(must)));
      for (const name of parts(mustNot)) expect(found).not.toContain(name);
      expect(found.filter((one) => one.startsWith('"'))).toEqual([]);
    }
  });

  it('gives each thing the colour that stands before it', () => {
    const { figures } = scene('a red fox and a blue bird');
    const main = (name: string) => figures.find((figure) => figure.name === name)!.colors.main;
    expect(main('fox')[0]).toBeGreaterThan(main('fox')[2] * 1.5);
    expect(main('bird')[2]).toBeGreaterThan(main('bird')[0] * 1.5);
    expect(Math.max(...scene('黑猫').figures[0]!.colors.main)).toBeLessThan(0.3);
  });

  it('keeps everybody inside the picture', () => {
    for (const prompt of [
      '24 fish',
      '12 ships on the sea',
      'seven balloons',
      'three horses',
      'a castle and two houses',
    ])
      for (const { x } of scene(prompt).figures) expect(x > 0.03 && x < 0.97).toBe(true);
  });

  it('reads a prompt of any length and of any characters', () => {
    for (const prompt of [
      '',
      ' ',
      '((((',
      '—'.repeat(500),
      'cat '.repeat(5000),
      '\ud800 lone',
      '0'.repeat(400),
      'の'.repeat(900),
    ])
      expect(scene(prompt).figures.length).toBeLessThanOrEqual(24);
  });
});
