/**
 * Server-sent events for the operator's page: that something has changed, not what. The page then asks for the part that
 * it shows, so nothing is worked out for pages that nobody has open, and a slow reader has at most one event before it.
 */
import { Hono } from 'hono';
import { streamSSE, type SSEStreamingApi } from 'hono/streaming';
import { EaselError } from '../../../core/errors.ts';
import { readerOf } from '../context.ts';
import { RETRY_MS, withinPing } from '../events.ts';
import { refuse } from '../refusal.ts';
import type { WebDeps } from '../deps.ts';
import { MAX_STREAMS } from '../streams.ts';

/** Between two events of one page. */
const EVERY_MS = 1000;

export function changeRoutes({ commands, operator, signal, clock, log }: WebDeps): Hono {
  const routes = new Hono();
  let pages = 0;

  async function tell(page: SSEStreamingApi, leaving: AbortSignal): Promise<void> {
    let bell = Promise.withResolvers<void>();
    const ring = (): void => bell.resolve();
    const unwatch = operator.watch(ring);
    leaving.addEventListener('abort', ring, { once: true });
    try {
      // what changed before this page listened
      ring();
      while (!leaving.aborted) {
        if (!(await withinPing(bell.promise, clock))) {
          await page.write(': still here\n\n');
          continue;
        }
        leaving.throwIfAborted();
        bell = Promise.withResolvers();
        await page.writeSSE({ event: 'changed', data: '', retry: RETRY_MS });
        await clock.sleep(EVERY_MS, leaving);
      }
    } finally {
      unwatch();
      leaving.removeEventListener('abort', ring);
    }
  }

  routes.get('/api/operator/events', (context) => {
    // as in `events.ts`: the body of such an answer is thrown away
    if (context.req.method === 'HEAD')
      return context.body(null, 200, { 'content-type': 'text/event-stream' });
    if (signal.aborted || pages >= MAX_STREAMS) {
      const code = signal.aborted ? 'shutting-down' : 'too-many-pages';
      const { locale } = readerOf(context, commands);
      return refuse(context, new EaselError({ code, max: MAX_STREAMS }), { locale, log });
    }
    pages += 1;
    context.header('x-accel-buffering', 'no');
    return streamSSE(context, async (page) => {
      const gone = new AbortController();
      const leave = (): void => gone.abort(signal.reason);
      signal.addEventListener('abort', leave, { once: true });
      page.onAbort(leave);
      try {
        await tell(page, gone.signal);
      } catch (error) {
        if (!gone.signal.aborted) log.error({ err: error }, 'events of the operator’s page ended');
      } finally {
        signal.removeEventListener('abort', leave);
        pages -= 1;
      }
    });
  });
  return routes;
}
