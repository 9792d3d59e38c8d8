import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { doRecipe, type Recipe } from '../../recipes/recipe.ts';
import { workspaceAt, type Workspace } from '../../recipes/workspace.ts';
import { temporaryFolder } from '../temporary.ts';

const LIST = 'first\nsecond\nthird of them\n';

/** `found`: in which files the compiler finds something, at each time that it is asked. */
async function stage(found: string[][] = [[], []]) {
  const root = await temporaryFolder();
  await mkdir(join(root, 'src'));
  await writeFile(join(root, 'src/list.ts'), LIST);
  await writeFile(join(root, '.built-first.tsbuildinfo'), '');
  const workspace: Workspace = {
    ...workspaceAt(root),
    compile: async () => ({ files: found.shift() ?? [], output: 'what it says' }),
  };
  return { root, workspace };
}

const recipe = (more: Partial<Recipe> = {}): Recipe => ({
  name: 'a thing',
  begin: (edits) => edits.insert('src/list.ts', { after: 'second' }, 'new\nnew too'),
  most: { changed: 1, added: 1 },
  uses: { args: ['--eval', 'console.log("used")'], prints: /^used\n$/ },
  ...more,
});

describe('a recipe', () => {
  it('is counted by what it touches, and undone', async () => {
    const { root, workspace } = await stage();
    let during = '';
    const done = await doRecipe(
      recipe({
        async finish(edits) {
          during = await edits.read('src/list.ts');
          await edits.create('src/deep/er.ts', 'a\nb\nc\n');
        },
      }),
      workspace,
    );
    expect(done).toMatchObject({ name: 'a thing', changed: 1, added: 1, lines: 5 });
    expect(during).toBe('first\nsecond\nnew\nnew too\nthird of them\n');
    expect(await readFile(join(root, 'src/list.ts'), 'utf8')).toBe(LIST);
    expect(await readdir(join(root, 'src/deep'))).toEqual([]);
  });

  it('is undone when it fails', async () => {
    const { root, workspace } = await stage();
    const failing = recipe({ finish: () => Promise.reject(new Error('no paint')) });
    await expect(doRecipe(failing, workspace)).rejects.toThrow('no paint');
    expect(await readFile(join(root, 'src/list.ts'), 'utf8')).toBe(LIST);
  });

  it.each<[string, Partial<Recipe>, string[][], RegExp]>([
    [
      'its anchor is gone',
      { begin: (edits) => edits.insert('src/list.ts', { before: 'fourth' }, 'x') },
      [],
      /no line with fourth/,
    ],
    [
      'its anchor stands in several lines',
      { begin: (edits) => edits.insert('src/list.ts', { before: 'ir' }, 'x') },
      [],
      /several lines with ir/,
    ],
    [
      'its file is gone',
      { begin: (edits) => edits.insert('src/lost.ts', { before: 'a' }, 'x') },
      [],
      /ENOENT/,
    ],
    [
      'its new file is there already',
      { begin: (edits) => edits.create('src/list.ts', 'x') },
      [],
      /there already/,
    ],
    [
      'the compiler asks elsewhere',
      { asks: ['src/b.ts'] },
      [['src/c.ts']],
      /asks in src\/c\.ts\nwhat it says/,
    ],
    ['the compiler asks nowhere', { asks: ['src/b.ts'] }, [[]], /asks in no file/],
    ['it does not compile in the end', {}, [['src/d.ts']], /does not compile/],
    [
      'it changes more files than before',
      { most: { changed: 0, added: 9 } },
      [],
      /1 files changed and 0 new/,
    ],
    [
      'it takes more new files',
      { begin: (edits) => edits.create('a.ts', ''), most: { changed: 9, added: 0 } },
      [],
      /1 new/,
    ],
    [
      'what uses it prints something else',
      { uses: { args: ['--eval', ''], prints: /x/ } },
      [],
      /exit code 0/,
    ],
    ['what uses it fails', { uses: { args: ['--eval', 'throw 1'], prints: /./ } }, [], /exit code 1/],
  ])('is not true any more where %s', async (_name, more, found, why) => {
    const { root, workspace } = await stage(found);
    await expect(doRecipe(recipe(more), workspace)).rejects.toThrow(why);
    expect(await readFile(join(root, 'src/list.ts'), 'utf8')).toBe(LIST);
  });
});
