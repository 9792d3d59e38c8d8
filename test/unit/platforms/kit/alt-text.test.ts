import { describe, expect, it } from 'vitest';
import { catalogue, languages } from '../../../../src/i18n/index.ts';
import { altTexts } from '../../../../src/platforms/kit/alt-text.ts';

const words = catalogue('en').files;
const png = (name: string) => ({ name, type: 'image/png' });
const all = [
  png('a.png'),
  { name: 'a.mp4', type: 'video/mp4' },
  { name: 'a.txt', type: 'text/plain' },
  { name: 'b.webp', type: 'image/webp' },
  { name: 'sheet.jpg', type: 'image/jpeg' },
];

describe('what stands for a picture', () => {
  it('says what was asked for, and which of them it is', () => {
    expect(altTexts(all, 'a red fox', words, { max: 1024 })).toEqual([
      'Picture 1 of 2: a red fox',
      'Video: a red fox',
      undefined,
      'Picture 2 of 2: a red fox',
      'Contact sheet of all pictures, by number: a red fox',
    ]);
    expect(altTexts([png('a.png')], 'a\nred  fox', words, { max: 99 })).toEqual(['Picture: a red fox']);
    expect(altTexts([png('a.png')], 'a fox', words, { max: 99, live: true })).toEqual(['Preview: a fox']);
  });

  it('quotes nothing where that may not be said', () => {
    expect(altTexts([png('a.png'), png('b.png')], '', words, { max: 99 })).toEqual([
      'Picture 1 of 2',
      'Picture 2 of 2',
    ]);
  });

  it.each(languages())('is never longer than a chat takes, and never empty: $name', ({ tag }) => {
    const { files } = catalogue(tag);
    for (const title of ['', 'a fox', '🦊'.repeat(2000)])
      for (const alt of altTexts([...all, png('c.png')], title, files, { max: 1000 })) {
        if (alt === undefined) continue;
        expect(alt.length).toBeLessThanOrEqual(1000);
        expect(alt).not.toBe('');
        expect(alt.isWellFormed()).toBe(true);
      }
  });
});
