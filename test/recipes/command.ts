import { TAGS } from '../../src/i18n/languages.ts';
import { script, type Recipe } from './recipe.ts';

const TABLE = 'src/commands/verbs/table.ts';
const languages = TAGS.map((tag) => `src/i18n/languages/${tag}.json`);

/** Its line in the table of verbs, and the compiler asks for its words; then what they are in every language. */
export const command: Recipe = {
  name: 'a command',
  begin: (edits) =>
    edits.insert(
      TABLE,
      { before: '  help: {' },
      `  tally: {
    about: ({ commands }) => commands.tally(),
    answer: async ({ caller }, deps) => [line(String((await deps.queue(caller)).items.length))],
  },`,
    ),
  asks: [TABLE],
  async finish(edits) {
    await edits.insert(
      'src/i18n/sentences/commands.ts',
      { after: "say('commands.settings')" },
      "  tally: () => say('commands.tally'),",
    );
    for (const file of languages)
      await edits.insert(
        file,
        { after: '  "commands.settings": "' },
        '  "commands.tally": "How much is at work",',
      );
    const NAMES = ['tally', '集計', '집계', '计数'];
    for (const [index, file] of languages.entries())
      await edits.insert(
        file,
        { after: '  "commands.names.settings": "' },
        `  "commands.names.tally": "${NAMES[index]}",`,
      );
    // as `npm run words` does
    await edits.insert(
      'src/i18n/keys.ts',
      { after: "  'commands.settings': undefined;" },
      "  'commands.tally': undefined;",
    );
    await edits.insert(
      'src/i18n/keys.ts',
      { after: "  'commands.names.settings': undefined;" },
      "  'commands.names.tally': undefined;",
    );
    await edits.insert('src/templates/names.ts', { after: "  'settings'," }, "  'tally',");
  },
  // a file for each language, and four
  most: { changed: TAGS.length + 4, added: 0 },
  uses: {
    // no platform has been touched
    args: script(`
      import { understand } from './src/commands/typed/understand.ts';
      import { ownCommands } from './src/platforms/discord/menu/own-commands.ts';
      const deps = { queue: async () => ({ heading: '', items: [1, 2, 3] }) };
      const intent = await understand({ locale: 'en' }, '/tally', deps);
      console.log((await intent.answer())[0].parts[0]);
      const { description, name_localizations } = ownCommands().find(({ name }) => name === 'tally');
      console.log(description, name_localizations.ja);
    `),
    prints: /^3\nHow much is at work 集計\n$/,
  },
};
