/** Pictures and other results, as far as a message names them: no path ever comes from a request. */
import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { Hono, type Context } from 'hono';
import { EaselError } from '../../core/errors.ts';
import { webCaller } from './context.ts';
import type { KeptFile } from './history.ts';
import { BYTES, shownType } from './media.ts';
import { refuse } from './refusal.ts';
import type { WebRoom } from './room.ts';

/** Even if a browser took it for a page, it could do nothing. */
const HARMLESS = {
  'content-security-policy': "sandbox; default-src 'none'",
  'x-content-type-options': 'nosniff',
};
/** The file behind an address never changes. */
const KEEP = 'private, max-age=31536000, immutable';

export function fileRoutes({ commands, replies, log }: WebRoom): Hono {
  const routes = new Hono();

  function gone(context: Context, cause?: unknown) {
    const { locale } = commands.recognise(webCaller(context.req.header('accept-language')));
    return refuse(context, new EaselError({ code: 'file-gone' }, { cause }), { locale, log });
  }

  routes.get('/api/messages/:id/preview', (context) => {
    const picture = replies.preview(context.req.param('id'));
    if (!picture) return gone(context);
    const type = shownType(picture.type, picture.name);
    const headers = { ...HARMLESS, 'content-type': type, 'cache-control': 'no-store' };
    return context.body(Uint8Array.from(picture.bytes), 200, headers);
  });

  routes.get('/api/messages/:id/files/:index{[0-9]{1,3}}', async (context) => {
    const { id, index } = context.req.param();
    const file = replies.file(id, Number(index));
    if (!file) return gone(context);
    try {
      return await send(context, file);
    } catch (error) {
      return gone(context, error);
    }
  });
  return routes;
}

/** Rejects when it cannot be opened. */
async function send(context: Context, { path, type, name }: KeptFile): Promise<Response> {
  const handle = await open(path);
  const range = await readRange(handle, context.req.header('range'));
  const headers: Record<string, string> = {
    ...HARMLESS,
    'content-type': type === 'text/plain' ? 'text/plain; charset=utf-8' : type,
    'cache-control': KEEP,
    'accept-ranges': 'bytes',
  };
  if (type === BYTES) headers['content-disposition'] = `attachment; filename*=UTF-8''${percentEncoded(name)}`;
  if (!range.fits) {
    await handle.close();
    return context.body(null, 416, { ...headers, 'content-range': `bytes */${range.size}` });
  }
  const { start, end, size, part } = range;
  headers['content-length'] = String(end - start + 1);
  if (part) headers['content-range'] = `bytes ${start}-${end}/${size}`;
  if (context.req.method === 'HEAD' || size === 0) {
    await handle.close();
    return context.body(null, 200, headers);
  }
  return context.body(streamOf(handle, start, end), part ? 206 : 200, headers);
}

/** As RFC 8187 wants it. */
function percentEncoded(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
}

function streamOf(handle: FileHandle, start: number, end: number): ReadableStream {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Node's and the web's types of the same thing
  return Readable.toWeb(handle.createReadStream({ start, end })) as ReadableStream;
}

type Range =
  | { fits: true; start: number; end: number; size: number; part: boolean }
  | { fits: false; size: number };

const RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/** What is asked for; several ranges at once are answered with everything, as HTTP allows. */
async function readRange(handle: FileHandle, header: string | undefined): Promise<Range> {
  const { size } = await handle.stat();
  const [, from = '', to = ''] = RANGE.exec(header ?? '') ?? [];
  if (from === '' && to === '') return { fits: true, start: 0, end: size - 1, size, part: false };
  // without a beginning it is so many bytes at the end
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(size - 1, Number(to));
  return start <= end ? { fits: true, start, end, size, part: true } : { fits: false, size };
}
