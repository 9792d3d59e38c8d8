import { TAGS } from '../../src/i18n/languages.ts';
import { script, type Recipe } from './recipe.ts';

const INDEX = 'src/templates/slots/index.ts';
const NAMES = 'src/i18n/sentences/names.ts';
/** One of each, with all that it can have. */
const SAMPLES = 'test/unit/templates/slots/types.test.ts';

/** A line that says what it looks like, and the compiler asks for its definition and its names. */
export const slotType: Recipe = {
  name: 'a slot type',
  begin: (edits) =>
    edits.insert('src/core/template.ts', { after: "audio: FileSlot<'audio'>;" }, "  mesh: FileSlot<'mesh'>;"),
  asks: [INDEX, NAMES, SAMPLES],
  async finish(edits) {
    await edits.create(
      'src/templates/slots/mesh.ts',
      `import { begins } from './begins.ts';
import { mediaType } from './file.ts';

export const mesh = mediaType('mesh', 'A model that people attach.', [
  { name: 'GLB', endings: ['glb'], type: 'model/gltf-binary', is: begins('glTF') },
]);
`,
    );
    await edits.insert(INDEX, { after: "from './image.ts'" }, "import { mesh } from './mesh.ts';");
    await edits.insert(INDEX, { before: '} satisfies Definitions;' }, '  mesh,');
    for (const tag of TAGS) {
      const file = `src/i18n/languages/${tag}.json`;
      await edits.insert(file, { after: '  "type.audio": "' }, '  "type.mesh": "3D",');
      await edits.insert(file, { after: '  "aType.audio": "' }, '  "aType.mesh": "a 3D",');
    }
    // as `npm run words` does
    for (const room of ['type', 'aType'])
      await edits.insert(
        'src/i18n/keys.ts',
        { after: `  '${room}.audio': undefined;` },
        `  '${room}.mesh': undefined;`,
      );
    await edits.insert(SAMPLES, { after: '  audio: {},' }, '  mesh: {},');
  },
  // a file for each language, and four
  most: { changed: TAGS.length + 4, added: 1 },
  uses: {
    // whoever asks for it, shows it or refuses it has not been touched
    args: script(`
      import { catalogue, sentence } from './src/i18n/index.ts';
      import { slotOptions } from './src/platforms/discord/menu/options.ts';
      import { runScreens } from './src/commands/screens/run.ts';
      import { renderScreen } from './src/platforms/slack/screens/render-screen.ts';
      import { parseDocuments } from './src/templates/draft.ts';
      import { readValues } from './src/templates/values.ts';
      const slots = { it: { type: 'mesh', into: [['1', 'model_file']], required: true } };
      const workflow = JSON.stringify({ 1: { class_type: 'Load3D', inputs: { model_file: 'a.glb' } } });
      const template = parseDocuments('turn', { template: JSON.stringify({ description: 'Turn', slots }), workflow });
      console.log(slotOptions(template.slots)[0].type);
      const { run } = runScreens({ template: async () => template, welcome: async () => undefined });
      const { blocks } = renderScreen(await run.open({ locale: 'en' }, ['turn']), { channel: 'C', under: [] }, 'en');
      console.log(blocks.find(({ element }) => element).element.filetypes[0]);
      try {
        readValues(template, { it: 'a.glb' }, () => 1n);
      } catch ({ problem }) {
        console.log(sentence(catalogue('en'), problem));
      }
    `),
    prints: /^11\nglb\n"it" needs a 3D \(GLB\); "a\.glb" isn’t one that I can read\.\n$/,
  },
};
