/** What `npm start` says on a machine that lacks something, before Node could print a stack. */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { temporaryFolder } from '../world/easel.ts';

const run = promisify(execFile);
const CHECK = 'src/old-node.cjs';

/** What a script said and how it ended, in a folder with these packages, on this version of Node. */
async function start(version: string, packages: readonly string[]): Promise<{ said: string; code: unknown }> {
  const folder = await temporaryFolder();
  try {
    for (const name of packages) await mkdir(join(folder.path, 'node_modules', name), { recursive: true });
    await mkdir(join(folder.path, 'src'));
    await copyFile(CHECK, join(folder.path, CHECK));
    const older = join(folder.path, 'older.cjs');
    const versions = `{ ...process.versions, node: '${version}' }`;
    await writeFile(older, `Object.defineProperty(process, 'versions', { value: ${versions} });`);
    const args = ['-r', older, '-r', join(folder.path, CHECK), '-e', 'console.log("begun")'];
    const { stderr, stdout } = await run(process.execPath, args);
    return { said: stdout + stderr, code: 0 };
  } catch (error) {
    const { code, stderr } = z.object({ code: z.unknown(), stderr: z.string() }).parse(error);
    return { said: stderr, code };
  } finally {
    await folder.remove();
  }
}

describe('A start', () => {
  it.for([
    ['before npm ci', '24.21.0', [], 'run "npm ci"'],
    ['on an older Node, its own not fetched', '20.20.2', ['zod', 'node'], 'run "npm rebuild node'],
    ['on an older Node, its own left out', '18.20.8', ['zod'], 'run "npm ci"'],
    [
      'after an install by Node 18',
      '24.21.0',
      ['zod', 'node', '@img/sharp-libvips-linux-x64'],
      'run npm exec -c "npm ci',
    ],
    ['on an older Node, before npm ci', '16.0.0', [], 'run "npm ci"'],
  ] as const)('%s says in one sentence what to do', async ([, version, packages, advice]) => {
    const { code, said } = await start(version, packages);
    expect(code).toBe(1);
    expect(said).toMatch(/^Easel [^\n]+\.\n$/);
    expect(said).toContain(advice);
    if (said.includes('needs')) expect(said).toContain(`this is Node ${version}`);
  });

  it('goes on where everything is there', async () => {
    expect(await start('24.0.0', ['zod', '@img/sharp-wasm32'])).toEqual({ said: 'begun\n', code: 0 });
    expect(await start('26.1.0', ['zod', 'node', '@img/sharp-linux-x64'])).toEqual({
      said: 'begun\n',
      code: 0,
    });
  });

  it('checks first in every script that people start, in words that any Node reads', async () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(await readFile('package.json', 'utf8')));
    const ours = Object.entries(scripts).filter(
      ([name, script]) => /\bsrc\/\S+\.ts/.test(script) && name !== 'schema',
    );
    expect(ours.length).toBeGreaterThanOrEqual(5);
    for (const [, script] of ours) expect(script).toMatch(/^node -r \.\/src\/old-node\.cjs /);
    const code = (await readFile(CHECK, 'utf8')).replaceAll(/\/\*[^]*?\*\//g, '');
    expect(code).not.toMatch(/=>|\bconst\b|\blet\b|`|\?\.|\?\?|\.\.\./);
  });
});
