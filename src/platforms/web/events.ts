/** Server-sent events: the history, then every message that is new or has changed. Also what messages point to. */
import { Hono } from 'hono';
import { streamSSE, type SSEStreamingApi } from 'hono/streaming';
import type { Caller } from '../../core/caller.ts';
import { EaselError } from '../../core/errors.ts';
import type { Command, Earlier, History, Message } from './api.ts';
import type { Clock } from '../../core/time.ts';
import { readerOf } from './context.ts';
import { offeredCommands } from './offer.ts';
import { refuse } from './refusal.ts';
import type { WebDeps } from './deps.ts';
import { MAX_STREAMS, type Stream } from './streams.ts';

/** So that proxies keep a silent connection, and a page that has gone is noticed. */
const PING_MS = 15_000;
/** How long a page waits before it connects again. */
export const RETRY_MS = 1000;

/** `chat`: it is served; otherwise only test runs are told. `?draft=` asks for those of one draft. */
export function eventRoutes(deps: WebDeps, { chat }: { chat: boolean }): Hono {
  const { commands, replies, signal, clock, log } = deps;
  const routes = new Hono();

  async function offered(caller: Caller): Promise<Command[]> {
    if (!chat) return [];
    try {
      return await offeredCommands(commands, caller);
    } catch (error) {
      log.error({ err: error }, 'commands not told to a page');
      return [];
    }
  }

  function isFor(message: Message, draft: string | undefined): boolean {
    if (draft !== undefined) return message.draft === draft;
    return chat || message.draft !== undefined;
  }

  async function tellAll(page: SSEStreamingApi, stream: Stream, caller: Caller, draft?: string) {
    const send = (event: string, data: unknown) =>
      page.writeSSE({ event, data: JSON.stringify(data), retry: RETRY_MS });
    const nothing: Earlier = { messages: [] };
    const history: History = {
      commands: draft === undefined ? await offered(caller) : [],
      ...(chat || draft !== undefined ? await replies.history(draft) : nothing),
    };
    await send('history', history);
    while (!stream.over && !page.aborted) {
      const news = await withinPing(stream.waiting, clock);
      if (!news) await page.write(': still here\n\n');
      const { messages, commands: changed } = stream.take();
      if (changed && draft === undefined) await send('commands', await offered(caller));
      for (const message of messages) if (isFor(message, draft)) await send('message', message);
    }
  }

  routes.get('/api/events', (context) => {
    // hono throws the body of such an answer away, so that nobody would ever tell its stream to end
    if (context.req.method === 'HEAD')
      return context.body(null, 200, { 'content-type': 'text/event-stream' });
    const caller = readerOf(context, commands);
    const stream = replies.open();
    if (!stream || signal.aborted) {
      stream?.close();
      const problem = {
        code: signal.aborted ? 'shutting-down' : 'too-many-pages',
        max: MAX_STREAMS,
      } as const;
      return refuse(context, new EaselError(problem), { locale: caller.locale, log });
    }
    const draft = context.req.query('draft');
    // a proxy that collects an answer before it passes it on would show nothing live
    context.header('x-accel-buffering', 'no');
    return streamSSE(context, async (page) => {
      page.onAbort(() => stream.close());
      try {
        await tellAll(page, stream, caller, draft);
      } catch (error) {
        log.error({ err: error }, 'events of a page ended');
      } finally {
        stream.close();
      }
    });
  });
  return routes;
}

/** Waits for news; false when nothing came in time. */
export async function withinPing(waiting: Promise<void>, clock: Clock): Promise<boolean> {
  const awake = new AbortController();
  try {
    const silent = clock.sleep(PING_MS, awake.signal).then(() => false);
    return await Promise.race([waiting.then(() => true), silent]);
  } finally {
    awake.abort();
  }
}
