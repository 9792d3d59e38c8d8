/** `GET /view`: files out of the server, with ComfyUI's guards against leaving its folders. */
import { posix } from 'node:path';
import type { Hono } from 'hono';
import type { StoredFile } from '../files.ts';
import { empty, type RouteContext } from './context.ts';
import { mediaType } from './media-type.ts';

export function viewRoutes(app: Hono, context: RouteContext): void {
  app.get('/view', (c) => {
    const found = findFile(context, c.req.query());
    if (!('file' in found)) return empty(found.status);
    context.stats.views += 1;
    return fileResponse(found.file, c.req.header('range'));
  });
}

function findFile(
  { faults, files }: RouteContext,
  query: Record<string, string>,
): { file: StoredFile } | { status: number } {
  const { filename } = query;
  if (filename === undefined) return { status: 404 };
  const annotated = /^(.*?)\s*\[(input|output|temp)\]$/.exec(filename);
  const name = annotated?.[1] ?? filename;
  const folder = annotated?.[2] ?? query['type'] ?? 'output';
  // only the name is looked at so far, so `a..b.png` is refused as well
  if (name === '' || name.startsWith('/') || name.includes('..')) return { status: 400 };
  if (folder !== 'output' && folder !== 'temp' && folder !== 'input') return { status: 400 };
  const root = `/${folder}`;
  const path = posix.resolve(root, query['subfolder'] ?? '');
  if (path !== root && !path.startsWith(`${root}/`)) return { status: 403 };
  const subfolder = path.slice(root.length + 1);
  if (faults.forgetFiles && folder !== 'input') return { status: 404 };
  const file = files.get(folder, subfolder, posix.basename(name));
  return file ? { file } : { status: 404 };
}

export function fileResponse(file: StoredFile, range: string | undefined): Response {
  const headers: Record<string, string> = {
    'content-type': mediaType(file.name),
    'content-disposition': `filename="${encodeURIComponent(file.name)}"`,
    'last-modified': new Date(file.modified).toUTCString(),
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
  };
  const part = /^bytes=(\d+)-(\d*)$/.exec(range ?? '');
  if (!part) return new Response(file.bytes, { headers });
  const start = Number(part[1]);
  const end = Math.min(part[2] ? Number(part[2]) : Infinity, file.bytes.length - 1);
  headers['content-range'] = `bytes ${start}-${end}/${file.bytes.length}`;
  return new Response(file.bytes.slice(start, end + 1), { status: 206, headers });
}
