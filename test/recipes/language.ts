import { script, type Recipe } from './recipe.ts';

/** A file of messages, and a line in the list. */
export const language: Recipe = {
  name: 'a language',
  async begin(edits) {
    const english: object = JSON.parse(await edits.read('src/i18n/languages/en.json'));
    const messages = Object.entries(english).filter(([key]) => !key.startsWith('@'));
    // stands for a translation
    const german = {
      ...Object.fromEntries(messages),
      'language.name': 'Deutsch',
      'list.nothing': 'nichts',
    };
    await edits.create('src/i18n/languages/de.json', JSON.stringify(german, undefined, 2));
    await edits.insert('src/i18n/languages.ts', { before: "'ja', //" }, "  'de', // Deutsch");
  },
  most: { changed: 1, added: 1 },
  uses: {
    args: script(`
      import { catalogue, languages } from './src/i18n/index.ts';
      import { readTexts } from './src/i18n/languages.ts';
      import { faultsIn } from './src/i18n/tool/faults.ts';
      console.log(faultsIn('de', readTexts('de'), readTexts('en')));
      console.log(catalogue('de-AT').bodies.unmade([], undefined));
      console.log(languages().map(({ tag, name }) => tag + ' ' + name).join(', '));
    `),
    prints: /^\[\]\nNot made: nichts\.\nen English, de Deutsch, ja /,
  },
};
