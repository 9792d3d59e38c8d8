/** What belongs to messages, in the chat and beside an editor: their changes, their files, their Cancel button. */
import { Hono } from 'hono';
import { z } from 'zod';
import { EaselError } from '../../core/errors.ts';
import type { Accepted, Earlier, Only } from './api.ts';
import { readerOf } from './context.ts';
import { eventRoutes } from './events.ts';
import { fileRoutes } from './files.ts';
import { refuse } from './refusal.ts';
import type { WebDeps } from './deps.ts';

const OnlySchema = z.enum(['pictures', 'starred']).optional() satisfies z.ZodType<Only | undefined>;

/** `chat`: it is served too; otherwise there are only test runs. */
export function messageRoutes(deps: WebDeps, { chat }: { chat: boolean }): Hono {
  const { commands, operator, replies, log } = deps;
  const routes = new Hono();
  routes.route('/', eventRoutes(deps, { chat }));
  routes.route('/', fileRoutes(deps));
  routes.get('/api/messages', async (context) => {
    const { locale } = readerOf(context, commands);
    try {
      const { before, draft, only } = context.req.query();
      const wanted = OnlySchema.safeParse(only);
      if (!wanted.success || (!chat && draft === undefined)) throw new EaselError({ code: 'bad-request' });
      return context.json<Earlier>(await replies.earlier({ draft, before, only: wanted.data }));
    } catch (error) {
      return refuse(context, error, { locale, log });
    }
  });
  routes.post('/api/jobs/:id/cancel', async (context) => {
    const { locale } = readerOf(context, commands);
    try {
      // a test run may belong to another place; whoever is here may cancel all of them
      const { id } = await operator.cancel(context.req.param('id'));
      return context.json<Accepted>({ message: id });
    } catch (error) {
      return refuse(context, error, { locale, log });
    }
  });
  return routes;
}
