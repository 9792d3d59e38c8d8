import type { Recipe } from './recipe.ts';

const WORKFLOW = {
  '1': { class_type: 'EmptyImage', inputs: { width: 64, height: 64, batch_size: 1, color: 255 } },
  '2': { class_type: 'SaveImage', inputs: { images: ['1', 0], filename_prefix: 'dot' } },
};
const TEMPLATE = {
  $schema: '../../src/templates/template.schema.json',
  description: 'Make a dot',
  slots: { size: { type: 'integer', into: [['1', 'width']], min: 16, max: 512, default: 64 } },
};

/** A folder with two files, and it is a command. */
export const template: Recipe = {
  name: 'a template',
  async begin(edits) {
    await edits.create('templates/dot/workflow.json', `${JSON.stringify(WORKFLOW, null, 2)}\n`);
    await edits.create('templates/dot/template.json', `${JSON.stringify(TEMPLATE, null, 2)}\n`);
  },
  most: { changed: 0, added: 2 },
  uses: {
    args: ['src/main.ts', '/dot size:128'],
    environment: { DATA_DIR: '.data', COMFY_URL: '' },
    prints: /dot_\d+_\.png/,
  },
};
