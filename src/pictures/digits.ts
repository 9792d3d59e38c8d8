/** Numbers as rectangles, 5 by 7 points a digit: a machine may have no font at all. */

const DIGITS = [
  ['01110', '10001', '10011', '10101', '11001', '10001', '01110'],
  ['00100', '01100', '00100', '00100', '00100', '00100', '01110'],
  ['01110', '10001', '00001', '00110', '01000', '10000', '11111'],
  ['11111', '00010', '00100', '00010', '00001', '10001', '01110'],
  ['00010', '00110', '01010', '10010', '11111', '00010', '00010'],
  ['11111', '10000', '11110', '00001', '00001', '10001', '01110'],
  ['00110', '01000', '10000', '11110', '10001', '10001', '01110'],
  ['11111', '00001', '00010', '00100', '01000', '01000', '01000'],
  ['01110', '10001', '10001', '01110', '10001', '10001', '01110'],
  ['01110', '10001', '10001', '01111', '00001', '00010', '01100'],
];
const WIDTH = 5;
const HEIGHT = 7;
const SPACE = 1;

export interface Dot {
  x: number;
  y: number;
}

/** `dots` are to be filled; all in points, from the upper left corner. */
export function drawnNumber(number: number): { width: number; height: number; dots: Dot[] } {
  const text = String(number);
  const dots = text
    .split('')
    .flatMap((digit, index) =>
      (DIGITS[Number(digit)] ?? []).flatMap((row, y) =>
        row.split('').flatMap((dot, x) => (dot === '1' ? [{ x: index * (WIDTH + SPACE) + x, y }] : [])),
      ),
    );
  return { width: text.length * (WIDTH + SPACE) - SPACE, height: HEIGHT, dots };
}
