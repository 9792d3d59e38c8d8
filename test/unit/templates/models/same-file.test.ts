import { expect, it } from 'vitest';
import { meantFile, sameFile } from '../../../../src/templates/models/same-file.ts';

it.each<[written: string, installed: string[], found: ReturnType<typeof sameFile>]>([
  ['a.safetensors', ['A.safetensors', 'a.safetensors'], { one: 'a.safetensors' }],
  ['SDXL\\x.safetensors', ['SDXL/x.safetensors'], { one: 'SDXL/x.safetensors' }],
  ['SDXL/x.safetensors', ['sdxl\\X.safetensors'], { one: 'sdxl\\X.safetensors' }],
  ['./x.safetensors', ['x.safetensors'], { one: 'x.safetensors' }],
  ['x', ['x.safetensors'], { one: 'x.safetensors' }],
  ['sub/x', ['sub\\x.ckpt'], { one: 'sub\\x.ckpt' }],
  ['x.safetensors', ['a/b/x.safetensors'], { one: 'a/b/x.safetensors' }],
  ['a/b/x.safetensors', ['b/x.safetensors'], { one: 'b/x.safetensors' }],
  ['a/x.safetensors', ['b/x.safetensors'], { one: 'b/x.safetensors' }],
  ['x', ['deep/x.safetensors'], { one: 'deep/x.safetensors' }],
  // its own name before any other one
  ['x.safetensors', ['a/x.safetensors', 'x.safetensors'], { one: 'x.safetensors' }],
  ['X.safetensors', ['a/x.safetensors', 'x.safetensors'], { one: 'x.safetensors' }],
  // never one of two
  ['x', ['x.ckpt', 'x.safetensors'], { several: ['x.ckpt', 'x.safetensors'] }],
  [
    'x.safetensors',
    ['a/x.safetensors', 'b/x.safetensors'],
    { several: ['a/x.safetensors', 'b/x.safetensors'] },
  ],
  // no name has to be all of it
  ['box.safetensors', ['x.safetensors'], undefined],
  ['x.safetensors', ['x.ckpt'], undefined],
  ['x', ['xl.safetensors'], undefined],
  ['', ['x.safetensors'], undefined],
  ['x', [], undefined],
])('%s among %o', (written, installed, found) => {
  expect(sameFile(written, installed)).toEqual(found);
});

it.each<[typed: string, installed: string[], found: ReturnType<typeof meantFile>]>([
  ['jugg', ['SDXL/juggernautXL.safetensors', 'b.safetensors'], { one: 'SDXL/juggernautXL.safetensors' }],
  ['sdxl/jugg', ['SDXL\\juggernautXL.safetensors'], { one: 'SDXL\\juggernautXL.safetensors' }],
  ['nautxl', ['juggernautXL.safetensors'], { one: 'juggernautXL.safetensors' }],
  [
    'dream',
    ['dreamA.safetensors', 'dreamB.safetensors'],
    { several: ['dreamA.safetensors', 'dreamB.safetensors'] },
  ],
  ['dreamA', ['dreamA.safetensors', 'dreamA2.safetensors'], { one: 'dreamA.safetensors' }],
  ['midjourney', ['dreamA.safetensors'], undefined],
  [' ', ['dreamA.safetensors'], undefined],
])('somebody types %j, of %o', (typed, installed, found) => {
  expect(meantFile(typed, installed)).toEqual(found);
});
