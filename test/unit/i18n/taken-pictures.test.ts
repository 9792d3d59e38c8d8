/** What is taken as a picture is the same list wherever somebody reads it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TAKEN_PICTURES } from '../../../src/core/pictures.ts';
import { catalogue, languages, sentence } from '../../../src/i18n/index.ts';
import { definitionOf } from '../../../src/templates/slots/index.ts';

describe('every picture format that is taken', () => {
  const refused = { code: 'not-an-image', slot: 'image', name: 'a.bmp' } as const;

  it.each(languages().map(({ tag }) => tag))('is named where a picture is missing or refused: %s', (tag) => {
    const words = catalogue(tag);
    for (const name of TAKEN_PICTURES) {
      expect(words.slack.noImage()).toContain(name);
      expect(sentence(words, refused, 'person')).toContain(name);
    }
  });

  it('is what the slot looks for, and what its reference says', () => {
    expect(definitionOf('image').file?.formats.map(({ name }) => name)).toEqual([...TAKEN_PICTURES]);
    const reference = /^\| `image` .*$/m.exec(readFileSync('docs/templates.md', 'utf8'))?.[0];
    for (const name of TAKEN_PICTURES) expect(reference).toContain(name);
  });
});
