/** Pictures and other results, as far as a message names them: no path ever comes from a request; and what becomes of one. */
import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { EaselError } from '../../core/errors.ts';
import { answerTo, attachment, HARMLESS } from '../../core/served-file.ts';
import type { Message, Star } from './api.ts';
import { bodyUpTo, readBody } from './body.ts';
import { readerOf } from './context.ts';
import type { KeptFile } from './history.ts';
import { BYTES, shownType } from './media.ts';
import { refuse } from './refusal.ts';
import type { WebDeps } from './deps.ts';

const StarSchema = z.strictObject({ starred: z.boolean() }) satisfies z.ZodType<Star>;
const MAX_STAR_BYTES = 100;
const FILE = '/api/messages/:id/files/:index{[0-9]{1,3}}';

/** The file behind an address never changes. */
const KEEP = 'private, max-age=31536000, immutable';

export function fileRoutes({ commands, replies, log }: WebDeps): Hono {
  const routes = new Hono();

  function gone(context: Context, cause?: unknown) {
    const { locale } = readerOf(context, commands);
    return refuse(context, new EaselError({ code: 'file-gone' }, { cause }), { locale, log });
  }

  routes.get('/api/messages/:id/preview', (context) => {
    const picture = replies.preview(context.req.param('id'));
    if (!picture) return gone(context);
    const type = shownType(picture.type, picture.name);
    const headers = { ...HARMLESS, 'content-type': type, 'cache-control': 'no-store' };
    return context.body(Uint8Array.from(picture.bytes), 200, headers);
  });

  routes.onError((error, context) =>
    refuse(context, error, { locale: readerOf(context, commands).locale, log }),
  );

  routes.get(FILE, async (context) => {
    const { id, index } = context.req.param();
    const file = await replies.file(id, Number(index));
    if (!file) return gone(context);
    try {
      return await send(context, file);
    } catch (error) {
      return gone(context, error);
    }
  });

  // with this method a browser forgets its own copy too (RFC 9111, 4.4)
  routes.delete(FILE, async (context) => {
    const { id, index } = context.req.param();
    return context.json<Message>(await replies.deleteFile(id, Number(index)));
  });

  routes.post(`${FILE}/star`, bodyUpTo(MAX_STAR_BYTES, log), async (context) => {
    const { id, index } = context.req.param();
    const { starred } = await readBody(StarSchema, context.req);
    return context.json<Message>(await replies.star(id, Number(index), starred));
  });
  return routes;
}

/** Rejects when it cannot be opened. */
async function send(context: Context, { path, type, name }: KeptFile): Promise<Response> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const { method } = context.req;
    const answer = answerTo({ method, range: context.req.header('range') }, size);
    const told: Record<string, string> = {
      ...HARMLESS,
      ...answer.headers,
      'content-type': type === 'text/plain' ? 'text/plain; charset=utf-8' : type,
      'cache-control': KEEP,
      ...(type === BYTES && { 'content-disposition': attachment(name) }),
    };
    if (answer.part) return context.body(streamOf(handle, answer.part), answer.status, told);
    await handle.close();
    return context.body(null, answer.status, told);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function streamOf(handle: FileHandle, part: { start: number; end: number }): ReadableStream {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Node's and the web's types of the same thing
  return Readable.toWeb(handle.createReadStream(part)) as ReadableStream;
}
