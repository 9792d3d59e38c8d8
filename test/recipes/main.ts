/**
 * `npm run recipes [-- --only WORD]`: does each "How to add …" of ARCHITECTURE once in a copy of the repository, and says what had
 * to be touched; exit code 1 when a recipe is not true any more, or has become longer.
 *
 * To add a recipe, write `test/recipes/THING.ts` with a `Recipe` (recipe.ts) and name it in recipes.ts:
 * - `begin` does what ARCHITECTURE says first, with `edits.create` and `edits.insert`. An insertion is anchored: it names a part of
 *   the only line before or after which it goes, so that a recipe whose file was reshaped fails, and says where.
 * - `asks` are the files in which the compiler then complains: the reader of the recipe is led there. `finish` writes what it asks for.
 * - `most` is what it takes today. Lower it with the code.
 * - `uses` starts something that uses the new thing in the copy: `script('import …; console.log(…)')`, or Easel itself
 *   as template.ts does.
 */
import { parseArgs } from 'node:util';
import { doRecipe } from './recipe.ts';
import { RECIPES } from './recipes.ts';
import { openWorkspace } from './workspace.ts';

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const say = (...columns: (string | number)[]): void =>
  void process.stdout.write(`${columns.map((column) => String(column).padEnd(16)).join('')}\n`);

const workspace = await openWorkspace(process.cwd());
try {
  say('recipe', 'files changed', 'files new', 'lines added', 'seconds');
  for (const recipe of RECIPES.filter(({ name }) => name.includes(values.only)))
    try {
      const { name, changed, added, lines, ms } = await doRecipe(recipe, workspace);
      say(name, changed, added, lines, (ms / 1000).toFixed(1));
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    }
} finally {
  await workspace.remove();
}
