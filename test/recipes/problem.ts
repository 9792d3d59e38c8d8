import { TAGS } from '../../src/i18n/languages.ts';
import { script, type Recipe } from './recipe.ts';

/** Puts together the sentences of every kind. */
const ALL = 'src/i18n/sentences/problems.ts';
/** Every sentence is said once in every language. */
const SAMPLES = 'test/unit/i18n/examples.ts';

/** A line, and the compiler asks for its sentence, and for an example of it; its messages are asked for by `npm run words`. */
export const problem: Recipe = {
  name: 'a problem',
  begin: (edits) =>
    edits.insert(
      'src/core/errors.ts',
      { before: "| { code: 'no-such-draft' }" },
      "  | { code: 'brush-dry'; colour: string }",
    ),
  asks: [ALL, SAMPLES],
  async finish(edits) {
    await edits.insert(
      'src/i18n/sentences/template-problems.ts',
      { before: "'no-such-draft':" },
      "    'brush-dry': ({ colour }) => say('problems.brush-dry', { colour: clip(colour) }),",
    );
    for (const tag of TAGS)
      await edits.insert(
        `src/i18n/languages/${tag}.json`,
        { before: '"problems.no-such-draft":' },
        `  "problems.brush-dry": "${tag}: {colour}",`,
      );
    // as `npm run words` writes it
    await edits.insert(
      'src/i18n/keys.ts',
      { before: "'problems.no-such-draft':" },
      "  'problems.brush-dry': { colour: string | number };",
    );
    await edits.insert(SAMPLES, { before: "'no-such-draft':" }, "  'brush-dry': { colour: 'red' },");
  },
  // a file for each language, and four
  most: { changed: TAGS.length + 4, added: 0 },
  uses: {
    args: script(`
      import { readFileSync } from 'node:fs';
      import { catalogue, sentence } from './src/i18n/index.ts';
      import { readTexts, TAGS } from './src/i18n/languages.ts';
      import { keyTypes } from './src/i18n/tool/key-types.ts';
      for (const tag of TAGS)
        console.log(sentence(catalogue(tag), { code: 'brush-dry', colour: 'red' }, 'person'));
      console.log(readFileSync('src/i18n/keys.ts', 'utf8') === keyTypes(readTexts('en')));
    `),
    prints: new RegExp(`^${TAGS.map((tag) => `${tag}: red\n`).join('')}true\n$`),
  },
};
