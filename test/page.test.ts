/** The pages in the browser: what their scripts may do, and that what they say is what they are given. */
import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { wordsOfPage } from '../src/i18n/index.ts';
import { PAGE_ROOMS, type PageName } from '../src/i18n/page-messages.ts';

const PAGE = join(import.meta.dirname, '../src/platforms/web/page');
/** What each folder may import, besides itself. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  shared: [],
  chat: ['shared'],
  studio: ['shared'],
  operator: ['shared'],
};
const MAX_LINES = 300;

interface Script {
  path: string;
  text: string;
  /** Without comments. */
  code: string;
}

describe('The pages', () => {
  let scripts: Script[] = [];
  let files: string[] = [];

  beforeAll(async () => {
    files = (await readdir(PAGE, { recursive: true })).map((file) => file.replaceAll('\\', '/'));
    scripts = await Promise.all(
      files
        .filter((file) => file.endsWith('.js'))
        .map(async (path) => {
          const text = await readFile(join(PAGE, path), 'utf8');
          return { path, text, code: text.replaceAll(/(?<=^|[\s(])\/\*[\s\S]*?\*\/|^\s*\/\/.*/gm, '') };
        }),
    );
  });

  const folderOf = (path: string) => path.split('/')[0] ?? '';
  const without = (path: string) => scripts.filter((script) => script.path !== path);

  it('have a folder each, and one for what they share', () => {
    expect(scripts.length).toBeGreaterThan(30);
    const importsOf = ({ path, text }: Script) =>
      [...text.matchAll(/(?:from |import\()'(\.[^']+)'/g)].map(([, to = '']) =>
        posix.join(posix.dirname(path), to),
      );
    const wrong = scripts.flatMap((script) =>
      importsOf(script)
        .filter((to) => !to.endsWith('.ts'))
        .filter(
          (to) =>
            ![folderOf(script.path), ...(MAY_IMPORT[folderOf(script.path)] ?? [])].includes(folderOf(to)),
        )
        .map((to) => `${script.path} → ${to}`),
    );
    expect(wrong).toEqual([]);
    expect([...new Set(scripts.map(({ path }) => folderOf(path)))].toSorted()).toEqual(
      Object.keys(MAY_IMPORT).toSorted(),
    );
  });

  it('have scripts of one idea: a sentence at the top, few lines', () => {
    for (const { path, text } of scripts) {
      expect(text.startsWith('/**'), `${path} begins with its reason`).toBe(true);
      expect(text.split('\n').length, path).toBeLessThanOrEqual(MAX_LINES);
    }
  });

  it('make elements only where what these are given is checked', () => {
    const wrong = without('shared/h.js').filter(({ code }) =>
      /\bfrom 'htm|\bimport\b[^;]*\b(?:h|createElement|cloneElement)\b[^;]* from 'preact'|preact\/(?!hooks')|innerHTML|html`/.test(
        code,
      ),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('load nothing but their own files, preact, and what says messages', async () => {
    const names = scripts.flatMap(({ text }) =>
      [...text.matchAll(/ from '([^.'][^']*)'/g)].map(([, name]) => name),
    );
    expect(new Set(names)).toEqual(new Set(['preact', 'preact/hooks', 'intl-messageformat']));
    const named = await Promise.all(
      files.filter((file) => file.endsWith('.html')).map(async (file) => readFile(join(PAGE, file), 'utf8')),
    );
    const addresses = named.flatMap((text) =>
      [...text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address = '']) => address),
    );
    expect(addresses.filter((address) => !address.startsWith('{{files}}/'))).toEqual([]);
    expect(
      addresses.map((address) => address.slice('{{files}}/'.length)).filter((file) => !files.includes(file)),
    ).toEqual([]);
    // and every sheet is on some page, but the one of the door
    const sheets = files.filter((file) => file.endsWith('.css') && !addresses.includes(`{{files}}/${file}`));
    expect(sheets).toEqual(['shared/sign-in.css']);
  });

  describe('say words', () => {
    const pages: readonly PageName[] = ['chat', 'studio', 'operator'];
    const all = pages.flatMap((page) => Object.entries(wordsOfPage(page, 'en')));
    const given = [
      ...new Set(all.flatMap(([room, texts]) => Object.keys(texts).map((key) => `${room}.${key}`))),
    ].toSorted();
    const speaking = () => without('shared/words.js');
    const said = () => {
      const found = speaking().flatMap(({ code }) => [...code.matchAll(/\bwords\.(\w+)\.(\w+)/g)]);
      return [...new Set(found.map(([, room, key]) => `${room}.${key}`))].toSorted();
    };

    it('all that they are given, and no others', () => {
      expect(given.length).toBeGreaterThan(200);
      expect(said()).toEqual(given);
    });

    it('by their names, so that the types and this test see each of them', () => {
      const hidden = speaking().flatMap(({ path, code }) =>
        [...code.matchAll(/(?<![\w.'-])words\b(?!\.\w+\.\w+)[^;\n]*/g)]
          .filter(([use]) => !/^words(?:, \w+)* \} from '\.{1,2}\/(?:\w+\/)?words\.js'$/.test(use))
          .map(([use]) => `${path}: ${use}`),
      );
      expect(hidden).toEqual([]);
    });

    it('of a room that is theirs', () => {
      const rooms: Record<string, readonly string[]> = { shared: PAGE_ROOMS.chat, ...PAGE_ROOMS };
      for (const { path } of speaking()) expect(rooms).toHaveProperty(folderOf(path));
      const wrong = speaking().flatMap(({ path, code }) =>
        [...code.matchAll(/\bwords\.(\w+)\.\w+/g)]
          .filter(([, room = '']) => !rooms[folderOf(path)]?.includes(room))
          .map(([use]) => `${path}: ${use}`),
      );
      expect(wrong).toEqual([]);
    });
  });
});
