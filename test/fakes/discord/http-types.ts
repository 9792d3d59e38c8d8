/** What the routes find on every request, once the server has let it in. */
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { UploadedFile } from './uploads.ts';

export interface Env {
  Bindings: HttpBindings;
  Variables: {
    /** The JSON body, or the `payload_json` of a multipart one. */
    payload: unknown;
    files: readonly UploadedFile[];
  };
}

export type Call = Context<Env>;

/** For violations: which request it was, without the long tokens. */
export function nameOf(call: Call): string {
  return `${call.req.method} ${shortPath(call.req.path)}`;
}

export function shortPath(path: string): string {
  return path.replace(/^\/api\/v10/, '').replaceAll(/[\w-]{60,}/g, ':token');
}
