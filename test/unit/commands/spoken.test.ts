import { describe, expect, it } from 'vitest';
import { spokenTo } from '../../../src/commands/typed/spoken.ts';

/** `@` stands for the mention. */
const read = (text: string) => spokenTo(text.split('@'));

describe('what is said to a bot', () => {
  it.each([
    ['@ imagine a fox', 'imagine a fox'],
    ['@: imagine a fox', 'imagine a fox'],
    ['@, a fox please', 'a fox please'],
    ['@ - a fox', 'a fox'],
    ['@ — a fox', 'a fox'],
    ['@! a fox', 'a fox'],
    ['@… a fox', 'a fox'],
    ['@：一只狐狸', '一只狐狸'],
    ['@、夕焼けの海', '夕焼けの海'],
    ['hey @ a fox', 'a fox'],
    ['Hey @, a fox', 'a fox'],
    ['Hi, @! A fox.', 'A fox.'],
    ['good morning @: a fox', 'a fox'],
    ['你好 @ 一只狐狸', '一只狐狸'],
    ['안녕하세요 @ 여우', '여우'],
    ['a fox @', 'a fox'],
    ['a fox, @', 'a fox'],
    ['a fox please @!', 'a fox please'],
    ['draw @ a fox', 'draw a fox'],
    ['two foxes @ in the snow', 'two foxes in the snow'],
    ['@ @ a fox', 'a fox'],
    ['@ --steps 3 a fox', '--steps 3 a fox'],
    ['@ /imagine a fox', '/imagine a fox'],
    ['@: /imagine prompt: a fox', '/imagine prompt: a fox'],
    ['@ imagine: a fox', 'imagine: a fox'],
    ['@ (cat:1.2), dog', '(cat:1.2), dog'],
    ['@ help!', 'help!'],
    ['@help', 'help'],
    ['@ hello kitty', 'hello kitty'],
    ['@ hi-res photo of a moth', 'hi-res photo of a moth'],
    ['@ thank you card with flowers', 'thank you card with flowers'],
    // nothing is asked for
    ['@', ''],
    [' @ ', ''],
    ['@!', ''],
    ['@ hi', ''],
    ['hello @!', ''],
    ['@ hey there', ''],
    ['thanks @', ''],
    ['@ thank you!', ''],
    ['@ 谢谢', ''],
    ['@ ありがとうございます', ''],
  ])('%j asks for %j', (text, wanted) => {
    expect(read(text)).toBe(wanted);
  });

  it.each([
    ['a fox', 'a fox'],
    ['Easel, draw a fox', 'draw a fox'],
    ['hey Easel: draw a fox', 'draw a fox'],
    ['hey easel in a studio', 'hey easel in a studio'],
    ['easel in a studio', 'easel in a studio'],
    ['hello', ''],
    ['Hi!', ''],
    ['hello world program on a screen', 'hello world program on a screen'],
    ['!', ''],
    ['', ''],
  ])('%j, said to it directly, asks for %j', (text, wanted) => {
    expect(spokenTo([text])).toBe(wanted);
  });

  it('is found without a mark too, where somebody types it', () => {
    expect(spokenTo(['@Easel: imagine a fox'])).toBe('imagine a fox');
    expect(spokenTo(['hey @easel, a fox'])).toBe('a fox');
  });
});
