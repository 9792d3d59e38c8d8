/** The pages and what they load, read once at start and served as they are: no build step, and nothing from elsewhere. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { etag } from 'hono/etag';

const PAGE = new URL('page/', import.meta.url);

/** Bare names in the page's imports, and where the server has them. */
const LIBRARIES = ['preact', 'preact/hooks', 'htm', 'htm/preact'] as const;

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export interface Assets {
  routes: Hono;
  /** For `script-src`: the hash of the one inline script, which says where libraries are. */
  scriptHash: string;
}

/** `pages`: paths of pages, each with its HTML file in `page/`. */
export function loadAssets(pages: Record<string, string>): Assets {
  const imports = Object.fromEntries(LIBRARIES.map((name) => [name, `/lib/${name}.js`]));
  const importMap = JSON.stringify({ imports });
  const routes = new Hono();
  routes.use(etag());
  const files = readdirSync(PAGE).filter((name) => TYPES[extname(name)] !== undefined);
  const texts = new Map(files.map((name) => [name, readFileSync(new URL(name, PAGE), 'utf8')]));

  const serve = (path: string, name: string, text: string) =>
    routes.get(path, (context) =>
      context.body(text, 200, { 'content-type': TYPES[extname(name)] ?? '', 'cache-control': 'no-cache' }),
    );
  for (const [name, text] of texts) if (extname(name) !== '.html') serve(`/page/${name}`, name, text);
  for (const [path, name] of Object.entries(pages))
    serve(path, name, (texts.get(name) ?? '').replace(/\s*\{\{imports\}\}\s*/, importMap));
  for (const name of LIBRARIES)
    serve(`/lib/${name}.js`, `${name}.js`, readFileSync(fileURLToPath(import.meta.resolve(name)), 'utf8'));
  return { routes, scriptHash: createHash('sha256').update(importMap).digest('base64') };
}
