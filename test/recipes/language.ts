import { script, type Recipe } from './recipe.ts';
import type { Edits } from './workspace.ts';

/** Stands for a translation: the Japanese catalogue, whose every text is typed against the English one. */
const FROM = 'ja';

async function copied(edits: Edits, folder: string): Promise<void> {
  for (const name of await edits.list(`src/i18n/${folder}`)) {
    const file = `${folder}/${name}`;
    if (name.endsWith('.ts'))
      await edits.create(`src/i18n/${file.replace(FROM, 'de')}`, await translated(edits, file));
    else await copied(edits, file);
  }
}

async function translated(edits: Edits, file: string): Promise<string> {
  const text = await edits.read(`src/i18n/${file}`);
  return text
    .replaceAll(`'./${FROM}/`, "'./de/")
    .replace(`export const ${FROM}:`, 'export const de:')
    .replace(/cancelling: \(\) => '[^']+'/, "cancelling: () => 'Wird abgebrochen…'");
}

/** The files of another language, and a line in the list. */
export const language: Recipe = {
  name: 'a language',
  async begin(edits) {
    await edits.create('src/i18n/de.ts', await translated(edits, `${FROM}.ts`));
    await copied(edits, FROM);
    const list = 'src/i18n/index.ts';
    await edits.insert(
      list,
      { before: "import { en, type Catalogue } from './en.ts';" },
      "import { de } from './de.ts';",
    );
    await edits.insert(list, { before: "  ['ja', { name:" }, "  ['de', { name: 'Deutsch', words: de }],");
  },
  // as many as the catalogue has
  most: { changed: 1, added: Infinity },
  uses: {
    args: script(`
      import { catalogue, languages } from './src/i18n/index.ts';
      console.log(catalogue('de-AT').status.cancelling(), languages().map(({ tag }) => tag).join(' '));
    `),
    prints: /^Wird abgebrochen… en de ja ko zh\n$/,
  },
};
