import { script, type Recipe } from './recipe.ts';

const INDEX = 'src/comfy/dialects/index.ts';

/** A file, and its name in the list. */
export const dialect: Recipe = {
  name: 'a dialect',
  async begin(edits) {
    await edits.create(
      'src/comfy/dialects/atelier.ts',
      `/** A server that somebody has made. */
import type { Dialect } from '../runs/dialect.ts';
import { comfyui } from './comfyui.ts';

export const atelier: Dialect = { ...comfyui, title: 'The atelier', check: 'is-open', socketKey: 'query' };
`,
    );
    await edits.insert(
      INDEX,
      { before: "import { cloud } from './cloud.ts';" },
      "import { atelier } from './atelier.ts';",
    );
    await edits.insert(INDEX, { after: '  cloud,' }, '  atelier,');
  },
  most: { changed: 1, added: 1 },
  uses: {
    args: script(`
      import { createServer } from 'node:http';
      import { createBackend } from './src/comfy/index.ts';
      const server = createServer(({ url }, response) => {
        response.writeHead(url === '/is-open' ? 200 : 404).end('{}');
      }).listen(0, '127.0.0.1', async () => {
        const nothing = () => undefined;
        const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
        const url = 'http://127.0.0.1:' + server.address().port;
        const backend = createBackend({ url, dialect: 'atelier', log });
        await backend.check(new AbortController().signal);
        console.log(backend.name + ' is open');
        await backend.stop();
        server.close();
      });
    `),
    prints: /^The atelier is open\n$/,
  },
};
