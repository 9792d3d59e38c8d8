import { script, type Recipe } from './recipe.ts';

const LANGUAGES = ['en', 'ja', 'ko', 'zh'];
/** Every sentence is said once in every language. */
const SAMPLES = 'test/unit/i18n/sentences.test.ts';
const sentences = LANGUAGES.map((tag) => `src/i18n/${tag}/problems.ts`);

/** A line, and the compiler asks for a sentence in every language, and for an example of it. */
export const problem: Recipe = {
  name: 'a problem',
  begin: (edits) =>
    edits.insert(
      'src/core/errors.ts',
      { before: "| { code: 'no-such-draft' }" },
      "  | { code: 'brush-dry'; colour: string }",
    ),
  asks: [...sentences, SAMPLES],
  async finish(edits) {
    for (const [at, file] of sentences.entries())
      await edits.insert(
        file,
        { before: "'no-such-draft':" },
        `  'brush-dry': ({ colour }) => \`${LANGUAGES[at]}: \${clip(colour)}\`,`,
      );
    await edits.insert(SAMPLES, { before: "'no-such-draft':" }, "  'brush-dry': { colour: 'red' },");
  },
  most: { changed: 6, added: 0 },
  uses: {
    args: script(`
      import { catalogue, sentence } from './src/i18n/index.ts';
      for (const locale of ['en-US', 'ja', 'ko', 'zh-CN'])
        console.log(sentence(catalogue(locale), { code: 'brush-dry', colour: 'red' }));
    `),
    prints: /^en: red\nja: red\nko: red\nzh: red\n$/,
  },
};
