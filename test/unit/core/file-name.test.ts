import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberedName, safeName } from '../../../src/core/file-name.ts';

describe('a name that others chose', () => {
  it('stays in its folder, is seen, and is no device', () => {
    expect(safeName('../../etc/passwd')).toBe('_.._etc_passwd');
    expect(safeName('.hidden')).toBe('hidden');
    expect(safeName('con.png')).toBe('_con.png');
    expect(safeName('...')).toBe('output');
    expect(safeName('')).toBe('output');
    expect(safeName('狐 1.png')).toBe('狐_1.png');
    expect(safeName(`${'狐'.repeat(300)}.png`)).toMatch(/^狐+\.png$/);
  });

  it('is no other of its folder, whatever they are called', () => {
    expect(numberedName('a.png', 1)).toBe('a.png');
    expect(numberedName('a.png', 2)).toBe('2-a.png');
    // as the second of two a.png would be
    expect(numberedName('2-a.png', 1)).toBe('1-2-a.png');
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 300 }), { maxLength: 20 }), (names) => {
        const found = names.map((name, at) => numberedName(name, at + 1));
        expect(new Set(found.map((name) => name.toLowerCase())).size).toBe(names.length);
        for (const name of found) {
          expect(Buffer.byteLength(name)).toBeLessThan(255);
          expect(name).toMatch(/^[^./\\][^/\\]*$/);
        }
      }),
    );
  });
});
