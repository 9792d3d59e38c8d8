import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Environment } from '../../src/config.ts';

const root = resolve(import.meta.dirname, '../..');
/** Paths in it are from its own folder on. */
const ARCHITECTURE = 'src/ARCHITECTURE.md';
/** Words of ours in capitals that are no variables of Easel, and what they are. */
const NO_VARIABLES: Record<string, string> = {
  CHROMIUM: 'the tests read it',
  PATH: 'everybody reads it',
  NODE_EXTRA_CA_CERTS: 'Node reads it',
  NODE_TLS_REJECT_UNAUTHORIZED: 'Node reads it',
  NODE_USE_ENV_PROXY: 'Node reads it',
  HTTP_PROXY: 'Node reads it',
  HTTPS_PROXY: 'Node reads it',
  NO_PROXY: 'Node reads it',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'an error of OpenSSL',
  SELF_SIGNED_CERT_IN_CHAIN: 'an error of OpenSSL',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'an error of OpenSSL',
};

interface Document {
  path: string;
  text: string;
}

/** Outside of fences and code. */
const prose = (text: string) => text.replaceAll(/^\s*```[\s\S]*?^\s*```/gm, '').replaceAll(/`[^`]*`/g, '');
/** What stands in fences, and between backticks. */
const code = (text: string): string[] => {
  const fences = [...text.matchAll(/^\s*```\w*\n([\s\S]*?)^\s*```/gm)].map(([, fence = '']) => fence);
  const words = text.replaceAll(/^\s*```[\s\S]*?^\s*```/gm, '').matchAll(/`([^`]+)`/g);
  return [...fences, ...[...words].map(([, word = '']) => word.replaceAll(/\s+/g, ' '))];
};

/** As GitHub makes them of headings. */
function anchorsOf(text: string): string[] {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

describe('The documents', () => {
  let documents: Document[] = [];
  const read = (path: string) => readFile(join(root, path), 'utf8');
  const wrong = (find: (document: Document) => string[]): string[] =>
    documents.flatMap((document) => find(document).map((what) => `${document.path}: ${what}`));

  beforeAll(async () => {
    const top = (await readdir(root)).filter((name) => name.endsWith('.md'));
    const docs = (await readdir(join(root, 'docs'))).filter((name) => name.endsWith('.md'));
    const paths = [...top, ...docs.map((name) => `docs/${name}`), ARCHITECTURE];
    documents = await Promise.all(paths.map(async (path) => ({ path, text: await read(path) })));
  });

  it('are those that the README names', () => {
    const readme = documents.find(({ path }) => path === 'README.md')?.text ?? '';
    const named = documents.map(({ path }) => path).filter((path) => !readme.includes(`](${path}`));
    expect(named).toEqual(['README.md']);
    expect(documents.length).toBeGreaterThan(12);
  });

  it('link to files and headings that are there', () => {
    const found = wrong(({ path, text }) =>
      [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, link = '']) => link)
        .filter((link) => !/^[a-z]+:/.test(link))
        .filter((link) => {
          const [file = '', anchor] = link.split('#');
          const target = file === '' ? path : relative(root, join(root, dirname(path), file));
          if (!existsSync(join(root, target))) return true;
          if (anchor === undefined) return false;
          return !anchorsOf(documents.find((other) => other.path === target)?.text ?? '').includes(anchor);
        }),
    );
    expect(found).toEqual([]);
  });

  it('name scripts that are there, and all of them', async () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(await read('package.json')));
    const named = (text: string) =>
      [...text.matchAll(/\bnpm (?:run )?(?:--silent )?([a-z][\w:]*)/g)]
        .map(([, script = '']) => script)
        .filter((script) => !['ci', 'install', 'run', 'rebuild', 'exec'].includes(script));
    const uses = documents.map((document) => ({ ...document, named: code(document.text).flatMap(named) }));
    expect(
      uses.flatMap(({ path, named: all }) =>
        all.filter((one) => !(one in scripts)).map((one) => `${path}: ${one}`),
      ),
    ).toEqual([]);
    const told = new Set(uses.flatMap((use) => use.named));
    expect(Object.keys(scripts).filter((script) => !told.has(script))).toEqual([]);
  });

  it('name variables that are there', () => {
    const found = wrong(({ path, text }) => {
      if (path === ARCHITECTURE) return [];
      return code(text)
        .flatMap((one) => one.match(/(?<![\w/$.-])[A-Z][A-Z]+(?:_[A-Z]+)+(?![\w/])|\b[A-Z]{3,}(?==)/g) ?? [])
        .filter((name) => !(name in Environment.shape) && !Object.hasOwn(NO_VARIABLES, name));
    });
    expect(found).toEqual([]);
  });

  it('name files of the repository that are there', () => {
    const found = wrong(({ path, text }) =>
      code(text)
        .flatMap(
          (one) => one.match(/(?<![\w./:@-])(?:[\w.-]+\/)+[\w.-]+\.(?:ts|js|json|md|yml)(?![\w/*])/g) ?? [],
        )
        // what stands for another word is written in capitals
        .filter((file) => !file.startsWith('..'))
        .filter((file) => !/[A-Z]{3,}/.test(file.replace(/[A-Z]+\.md$/, '')))
        .filter((file) => !['', 'src', dirname(path)].some((folder) => existsSync(join(root, folder, file)))),
    );
    expect(found).toEqual([]);
  });

  it('name modules as they are called, where the suffix is left away', async () => {
    const rooms = (await readdir(join(root, 'src'), { withFileTypes: true })).filter((one) =>
      one.isDirectory(),
    );
    const isModule = new RegExp(`^(?:${rooms.map(({ name }) => name).join('|')})(?:/[a-z][a-z-]*)+$`);
    const architecture = documents.filter(({ path }) => path === ARCHITECTURE);
    const named = architecture.flatMap(({ text }) => code(text)).filter((one) => isModule.test(one));
    const there = (name: string) =>
      ['', '.ts', '.js'].some((end) => existsSync(join(root, 'src', name + end)));
    expect(named.filter((name) => !there(name))).toEqual([]);
    expect(named.length).toBeGreaterThan(10);
  });
});
