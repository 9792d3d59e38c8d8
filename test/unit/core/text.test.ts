import { describe, expect, it } from 'vitest';
import { oneLine, unshowable } from '../../../src/core/text.ts';

describe("other people's text on one line", () => {
  it.each([
    ['a\n\r\n\tb\u0000\u0085c\u2028d', 'a b c d'],
    ['exe.\u202egnp\u202c \u2066x\u2069 \u061c\u200e\u200f.', 'exe.gnp x .'],
    ['\u200bhid\u00adden\u2060\ufeff\u180e', 'hidden'],
    ['\u200d\u200ca b\u200c\u200d\u200d', 'a b\u200c'],
    ['half \ud83e and \udd8a', 'half \ufffd and \ufffd'],
  ])('%j is %j', (text, shown) => {
    expect(oneLine(text)).toBe(shown);
  });

  it.each(['می‌خواهم', 'क्‍ष', '👩‍🚀 👁️‍🗨️ 🏳️‍🌈 🧑🏽‍🚀 ❤️‍🔥 🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'שלום', 'Ünïcode 画像 — “ok”'])(
    'is left as it is where every mark shows: %s',
    (text) => {
      expect(oneLine(text)).toBe(text);
      expect(unshowable(text)).toBeUndefined();
    },
  );

  it('names the first mark that cannot be shown', () => {
    expect(unshowable('a\u202eb\n')).toBe('U+202E');
    expect(unshowable('a\nb')).toBe('U+000A');
    expect(unshowable('a\ud83e')).toBe('U+D83E');
  });
});
