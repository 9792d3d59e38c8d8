import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { hasPngText, isPng, pngText } from '../../../src/templates/files/png-text.ts';
import { chunk, iTXt, png, zTXt } from './pictures.ts';
import { problemIn } from './sources.ts';

const MAX = 1000;
const read = (bytes: Uint8Array) => pngText({ name: 'a.png', bytes }, 'prompt', MAX);
const problem = (bytes: Uint8Array) => problemIn(() => read(bytes));

describe('text in a PNG', () => {
  it('is found in a picture that ComfyUI saved', () => {
    const bytes = readFileSync('test/fixtures/saved-by-comfyui.png');
    expect(isPng(bytes)).toBe(true);
    expect(read(bytes)).toMatch(/^\{"1": \{"class_type": "EmptyImage".*\}\}$/);
    expect(hasPngText({ name: 'a.png', bytes }, 'workflow')).toBe(false);
  });

  it.each([
    ['tEXt', chunk('tEXt', 'prompt\0a fox')],
    ['packed zTXt', zTXt('prompt', deflateSync('a fox'))],
    ['iTXt', iTXt('prompt', Buffer.from('a fox'), false)],
    ['packed iTXt', iTXt('prompt', deflateSync('a fox'), true)],
    ['the chunk of animated PNGs', chunk('comf', 'prompt\0a fox')],
  ])('is read from %s', (_name, text) => {
    expect(read(png(chunk('tEXt', 'promptly\0no'), text, chunk('IDAT', 'prompt\0no')))).toBe('a fox');
    expect(read(png(chunk('IDAT'), text))).toBe('a fox');
  });

  it('is UTF-8 where it can be, else Latin-1', () => {
    expect(read(png(chunk('tEXt', 'prompt\0füchse 狐')))).toBe('füchse 狐');
    expect(read(png(chunk('tEXt', Buffer.from('prompt\0füchse', 'latin1'))))).toBe('füchse');
  });

  it('is the last one of its name, and may be missing or empty', () => {
    expect(read(png(chunk('tEXt', 'prompt\0old'), chunk('tEXt', 'prompt\0new')))).toBe('new');
    expect(read(png(chunk('tEXt', 'other\0x')))).toBeUndefined();
    expect(read(png(chunk('tEXt', 'prompt\0')))).toBe('');
  });

  it('counts whatever follows the end of the picture as nothing', () => {
    const bytes = Buffer.concat([png(), chunk('tEXt', 'prompt\0late'), Buffer.from('rubbish')]);
    expect(read(bytes)).toBeUndefined();
  });

  const whole = png(chunk('tEXt', 'prompt\0a fox'));
  it.each([
    ['is cut off in the picture', whole.subarray(0, -1)],
    ['is cut off in the text', whole.subarray(0, 50)],
    ['is a signature alone', whole.subarray(0, 8)],
    ['has a chunk longer than the file', png(chunk('tEXt', 'prompt\0a fox', 1_000_000))],
    ['has a chunk of 2^31 bytes', png(chunk('tEXt', 'prompt\0a fox', 2 ** 31))],
    ['has a chunk of -1 bytes', png(chunk('tEXt', 'prompt\0a fox', 2 ** 32 - 1))],
    ['has a chunk that hides its data', png(chunk('tEXt', 'prompt\0a fox', 0))],
    ['has chunks without end', png(...Array.from({ length: 100_000 }, () => chunk('tEXt')))],
    ['has packed text that is none', png(zTXt('prompt', Buffer.from('a fox')))],
    ['has packed text that is cut off', png(zTXt('prompt', deflateSync('a fox').subarray(0, 6)))],
    ['has an iTXt without text', png(chunk('iTXt', 'prompt\0\0\0en'))],
  ])('is refused when the file %s', (_name, bytes) => {
    expect(problem(bytes)).toEqual({ code: 'picture-damaged', file: 'a.png' });
  });

  it('has a size limit, packed or not', () => {
    const long = 'x'.repeat(MAX);
    for (const pack of [
      (text: string) => chunk('tEXt', `prompt\0${text}`),
      (text: string) => zTXt('prompt', deflateSync(text)),
      (text: string) => iTXt('prompt', deflateSync(text), true),
    ]) {
      expect(read(png(pack(long)))).toBe(long);
      expect(problem(png(pack(`${long}x`)))).toEqual({ code: 'file-too-large', file: 'a.png', maxSize: MAX });
    }
  });
});
