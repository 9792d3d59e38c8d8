/** Writes "easel sandbox" into a corner, in a tiny font of its own: there may be no fonts on the machine. */
const GLYPHS: Readonly<Record<string, readonly string[]>> = {
  a: ['.##.', '...#', '.###', '#..#', '.###'],
  b: ['#...', '###.', '#..#', '#..#', '###.'],
  d: ['...#', '.###', '#..#', '#..#', '.###'],
  e: ['.##.', '#..#', '####', '#...', '.##.'],
  l: ['#', '#', '#', '#', '#'],
  n: ['###.', '#..#', '#..#', '#..#', '#..#'],
  o: ['.##.', '#..#', '#..#', '#..#', '.##.'],
  s: ['.###', '#...', '.##.', '...#', '###.'],
  x: ['#..#', '.##.', '.##.', '.##.', '#..#'],
  ' ': ['..', '..', '..', '..', '..'],
};
const TEXT = Array.from('easel sandbox');

/** Lightens the pixels of the text in the lower right corner of 8-bit RGB. */
export function drawLabel(data: Uint8Array, width: number, height: number): void {
  const size = Math.max(1, Math.round(Math.min(width, height) / 400));
  const advance = TEXT.map((char) => (GLYPHS[char]?.[0]?.length ?? 0) + 1);
  const total = advance.reduce((sum, step) => sum + step, 0) * size;
  const margin = size * 5;
  const top = height - margin - 5 * size;
  let left = width - margin - total;
  if (left < 0 || top < 0) return;
  for (const [index, char] of TEXT.entries()) {
    for (const [row, line] of (GLYPHS[char] ?? []).entries())
      for (const [column, dot] of Array.from(line).entries())
        if (dot === '#') block(data, width, left + column * size, top + row * size, size);

    left += (advance[index] ?? 0) * size;
  }
}

function block(data: Uint8Array, width: number, left: number, top: number, size: number): void {
  for (let y = top; y < top + size; y += 1)
    for (let at = (y * width + left) * 3; at < (y * width + left + size) * 3; at += 1)
      data[at] = Math.round((data[at] ?? 0) * 0.35 + 255 * 0.65 * 0.92);
}
