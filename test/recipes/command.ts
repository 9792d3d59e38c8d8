import { script, type Recipe } from './recipe.ts';

const others = ['ja', 'ko', 'zh'].map((tag) => `src/i18n/${tag}.ts`);

/** Its words, and the compiler asks for them in every language; then its line in the table of verbs. */
export const command: Recipe = {
  name: 'a command',
  begin: (edits) =>
    edits.insert(
      'src/i18n/en.ts',
      { after: "help: () => 'What I can do'" },
      "    tally: () => 'How much is at work',",
    ),
  asks: others,
  async finish(edits) {
    for (const file of others)
      await edits.insert(file, { before: '    easelWhat: () =>' }, "    tally: () => '…',");
    await edits.insert(
      'src/commands/verbs/table.ts',
      { before: '  help: {' },
      `  tally: {
    about: ({ commands }) => commands.tally(),
    answer: async ({ caller }, deps) => [line(String((await deps.queue(caller)).items.length))],
  },`,
    );
    await edits.insert('src/templates/names.ts', { after: "  'settings'," }, "  'tally',");
  },
  most: { changed: 6, added: 0 },
  uses: {
    // no platform has been touched
    args: script(`
      import { understand } from './src/commands/typed/understand.ts';
      import { ownCommands } from './src/platforms/discord/menu/own-commands.ts';
      const deps = { queue: async () => ({ heading: '', items: [1, 2, 3] }) };
      const intent = await understand({ locale: 'en' }, '/tally', deps);
      console.log((await intent.answer())[0].parts[0]);
      console.log(ownCommands().find(({ name }) => name === 'tally').description);
    `),
    prints: /^3\nHow much is at work\n$/,
  },
};
