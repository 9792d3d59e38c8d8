/**
 * The pages and what they load, read once at start and served as they are: no build step, and nothing from elsewhere.
 *
 * The address of a file names what all of them are, so a browser keeps it for as long as it likes, and a page that was
 * begun before an upgrade never goes on with files from after it: these have other addresses, and its own are gone.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { etag } from 'hono/etag';
import { extensions, typeByName } from '../../media-types.ts';

const PAGE = new URL('page/', import.meta.url);

/** Bare names in the imports of pages, and of libraries. */
const LIBRARIES = ['preact', 'preact/hooks', 'intl-messageformat'] as const;
/** What the last of these imports itself; messages come parsed, so the parser is the one that has only its types. */
const OF_MESSAGES = {
  '@formatjs/fast-memoize': '@formatjs/fast-memoize',
  '@formatjs/icu-messageformat-parser': '@formatjs/icu-messageformat-parser/no-parser.js',
} as const;

const SERVED = extensions('js css svg');

/** Only who is signed in has most of them, so no proxy keeps them. */
const FOR_GOOD = 'private, max-age=31536000, immutable';

export interface Assets {
  routes: Hono;
  /** The address of a file, by its path in `page/`. */
  addressOf: AddressOf;
  /** For `script-src`: the hash of the one inline script, which says where libraries are. */
  scriptHash: string;
}

export type AddressOf = (file: string) => string;

/** `pages`: paths of pages, each with its HTML file in `page/`. */
export function loadAssets(pages: Record<string, string>): Assets {
  const libraries = libraryPaths();
  const texts = new Map([...pageFiles(), ...libraries.map(library)]);
  const base = `/page/${digest([...texts].flat(), 'hex').slice(0, 16)}`;
  const addressOf: AddressOf = (file) => `${base}/${file}`;
  const imports = Object.fromEntries(libraries.map(([name]) => [name, addressOf(libraryFile(name))]));
  const importMap = JSON.stringify({ imports });
  const routes = new Hono();

  for (const [file, text] of texts) {
    const type = contentType(file);
    if (type === undefined) continue;
    const headers = { 'content-type': type, 'cache-control': FOR_GOOD };
    routes.get(addressOf(file), (context) => context.body(text, 200, headers));
  }
  for (const [path, file] of Object.entries(pages)) {
    const html = (texts.get(file) ?? '')
      .replaceAll('{{files}}', base)
      .replace(/\s*\{\{imports\}\}\s*/, importMap);
    routes.get(path, etag(), (context) => context.html(html, 200, { 'cache-control': 'no-cache' }));
  }
  return { routes, addressOf, scriptHash: digest([importMap], 'base64') };
}

/** By their paths in `page/`, in an order that is always the same. */
function pageFiles(): [file: string, text: string][] {
  const files = readdirSync(PAGE, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => extname(file) === '.html' || contentType(file) !== undefined)
    .map((file): [string, string] => [
      file.replaceAll(sep, '/'),
      readFileSync(new URL(file.replaceAll(sep, '/'), PAGE), 'utf8'),
    ])
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/** Where the server has them, by the names that they are imported by. */
function libraryPaths(): [name: string, path: string][] {
  const own = createRequire(import.meta.resolve('intl-messageformat'));
  return [
    ...LIBRARIES.map((name): [string, string] => [name, fileURLToPath(import.meta.resolve(name))]),
    ...Object.entries(OF_MESSAGES).map(([name, module]): [string, string] => [name, own.resolve(module)]),
  ];
}

function library([name, path]: [name: string, path: string]): [file: string, text: string] {
  return [libraryFile(name), readFileSync(path, 'utf8')];
}

function libraryFile(name: string): string {
  return `lib/${name}.js`;
}

function digest(texts: readonly string[], encoding: 'hex' | 'base64'): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text);
  return hash.digest(encoding);
}

/** Undefined for what is not served under its own address. */
function contentType(file: string): string | undefined {
  const type = typeByName(file, SERVED);
  return type?.startsWith('text/') ? `${type}; charset=utf-8` : type;
}
