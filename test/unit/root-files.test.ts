import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFile(join(root, file), 'utf8');
const readAs = async <T>(schema: z.ZodType<T>, file: string) => schema.parse(JSON.parse(await read(file)));

/** Sections of an INI file: what stands before the first one is that of ''. */
function sectionsOf(text: string): Map<string, Map<string, string>> {
  const sections = new Map([['', new Map<string, string>()]]);
  for (const line of text.split('\n').filter((one) => !/^\s*(?:#|$)/.test(one))) {
    const header = /^\[(.+)\]$/.exec(line)?.[1];
    if (header !== undefined) sections.set(header, new Map());
    const [key = '', value] = line.split(' = ');
    if (value !== undefined) [...sections.values()].at(-1)?.set(key, value);
  }
  return sections;
}

describe('.editorconfig', () => {
  it('is of one mind with the formatter', async () => {
    const { printWidth, tabWidth, useTabs, endOfLine } = await readAs(
      // what stands there as the formatter's own default
      z.object({
        printWidth: z.number().default(100),
        tabWidth: z.number().default(2),
        useTabs: z.boolean().default(false),
        endOfLine: z.string().default('lf'),
      }),
      '.oxfmtrc.json',
    );
    const sections = sectionsOf(await read('.editorconfig'));
    expect(sections.get('')?.get('root')).toBe('true');
    expect(Object.fromEntries(sections.get('*') ?? [])).toMatchObject({
      indent_size: String(tabWidth),
      indent_style: useTabs ? 'tab' : 'space',
      end_of_line: endOfLine,
      insert_final_newline: 'true',
      trim_trailing_whitespace: 'true',
    });
    expect(sections.get('*.{ts,js,json,css,html}')?.get('max_line_length')).toBe(String(printWidth));
  });

  it('is kept by every file that no formatter writes', async () => {
    const documents = (await readdir(join(root, 'docs'))).filter((name) => name.endsWith('.md'));
    const top = (await readdir(root)).filter((name) => /\.md$|^Dockerfile$|^\.env\.example$/.test(name));
    const others = [
      '.ci/install',
      '.ci/run',
      'compose.yaml',
      'deploy/easel.service',
      '.github/workflows/ci.yml',
      'src/ARCHITECTURE.md',
    ];
    const files = [...documents.map((name) => `docs/${name}`), ...top, ...others];
    expect(files.length).toBeGreaterThan(12);
    for (const file of files) {
      const text = await read(file);
      expect(text, file).not.toMatch(/\r|\t|[ \t]+$|[^\n]$(?![\s\S])|\n\n$(?![\s\S])/m);
    }
  });
});

describe('The version', () => {
  it('is the same in the lock file, and the newest in the changelog', async () => {
    const Version = z.object({ version: z.string() });
    const { version } = await readAs(Version, 'package.json');
    const locked = await readAs(
      Version.extend({ packages: z.record(z.string(), z.unknown()) }),
      'package-lock.json',
    );
    expect([locked.version, Version.parse(locked.packages['']).version]).toEqual([version, version]);
    const changelog = await read('CHANGELOG.md');
    const versions = [...changelog.matchAll(/^## (\d+\.\d+\.\d+) – \d{4}-\d\d-\d\d$/gm)].map(
      ([, one]) => one,
    );
    expect(versions[0]).toBe(version);
  });
});

describe('The public workflow', () => {
  it('runs what everybody can run, with pinned actions and no rights but to read', async () => {
    const workflow = await read('.github/workflows/ci.yml');
    const uses = [...workflow.matchAll(/uses: (.+)$/gm)].map(([, action]) => action);
    expect(uses.length).toBeGreaterThan(0);
    for (const action of uses) expect(action).toMatch(/^actions\/[a-z]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    const runs = [...workflow.matchAll(/run: (.+)$/gm)].map(([, command]) => command);
    expect(runs).toEqual(expect.arrayContaining(['.ci/install', '.ci/run installed']));
    expect(workflow).toMatch(/^permissions:\n {2}contents: read\n\n/m);
    expect(await read('.ci/run')).toContain('.ci/install');
  });
});
