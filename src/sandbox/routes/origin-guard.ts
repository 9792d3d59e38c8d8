/**
 * ComfyUI refuses browsers on other sites while it listens on a loopback address, so that a web page cannot drive
 * somebody's local server.
 */
import type { Hono } from 'hono';
import { empty } from './context.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** As what ComfyUI is built on signs every answer. */
const SIGNATURE = 'Python/3.11 aiohttp/3.14.3';

export function originGuard(app: Hono): void {
  app.use(async (c, next) => {
    const host = c.req.header('host') ?? '';
    if (!isForeign(host, c.req.header('origin'), c.req.header('sec-fetch-site'))) return next();
    const refusal = empty(403);
    refusal.headers.set('server', SIGNATURE);
    return refusal;
  });
}

export function isForeign(host: string, origin: string | undefined, site: string | undefined): boolean {
  if (site === 'cross-site') return true;
  if (origin === undefined || origin === 'null' || !URL.canParse(origin)) return false;
  const loopback = LOOPBACK.includes(host.replace(/:\d+$/, ''));
  return loopback && new URL(origin).host !== host;
}
