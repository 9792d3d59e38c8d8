/** What runs and waits, what failed and why, and the settings of every guild. */
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import type { Look } from '../../../commands/operator/operator.ts';
import type { Caller } from '../../../core/caller.ts';
import { catalogue } from '../../../i18n/index.ts';
import type { Refusal } from '../api.ts';
import type { Overview } from '../overview-api.ts';
import type { Settings } from '../operator-api.ts';
import { bodyUpTo } from '../body.ts';
import { readerOf } from '../context.ts';
import { connectRoutes } from './connect.ts';
import { changeRoutes } from './changes.ts';
import { shownOverview } from './overview.ts';
import { rulesRoutes } from './rules.ts';
import { readSettings, shownSettings } from './settings.ts';
import { refuse } from '../refusal.ts';
import type { WebDeps } from '../deps.ts';
import { askingIn } from '../asking.ts';

/** All lists full and all blocked words as long as they may be, in UTF-8, twice: as they are to be, and as they were shown. */
const MAX_BODY = 1024 * 1024;

/** What no page asks for is as if it had not been said. */
const Said = z.string().trim().min(1).max(200).optional().catch(undefined);
const LookSchema = z.object({
  guild: Said,
  find: Said,
  from: z.coerce.number().int().min(0).catch(0),
}) satisfies z.ZodType<Look>;

function lookOf(query: Record<string, string>): Look {
  return LookSchema.parse(query);
}

export function operatorRoutes(deps: WebDeps): Hono {
  const { commands, operator, backend, blot, log, signal } = deps;
  const { settings } = commands;
  const routes = new Hono();
  const localeOf = (context: Context): string => readerOf(context, commands).locale;

  const noSuchPlace = (context: Context) => {
    const { door } = catalogue(localeOf(context)).web;
    return context.json<Refusal>({ error: door.placeGone() }, 404);
  };

  async function answer(context: Context, caller: Caller) {
    const shown = shownSettings(
      await settings.show(caller),
      await settings.audit(caller),
      catalogue(caller.locale),
      caller.platform,
    );
    return context.json<Settings>(shown);
  }

  routes.onError((error, context) => refuse(context, error, { locale: localeOf(context), log }));

  routes.get('/api/operator', async (context) => {
    const locale = localeOf(context);
    const overview = await operator.overview(signal, locale, lookOf(context.req.query()));
    return context.json<Overview>(shownOverview(overview, catalogue(locale), blot, backend.warnings));
  });

  routes.route('/', changeRoutes(deps));
  if (deps.desk) routes.route('/', rulesRoutes(deps, deps.desk));
  if (deps.desk?.connect) routes.route('/', connectRoutes(deps, deps.desk.connect));

  routes.post('/api/operator/jobs/:id/cancel', async (context) => {
    const { id } = await operator.cancel(context.req.param('id'));
    return context.json({ job: id });
  });

  routes.get('/api/operator/settings', async (context) => {
    const { caller } = askingIn(context, deps);
    return caller ? answer(context, caller) : noSuchPlace(context);
  });

  routes.post('/api/operator/settings', bodyUpTo(MAX_BODY, log), async (context) => {
    const { caller } = askingIn(context, deps);
    if (!caller) return noSuchPlace(context);
    const { change, shown } = await readSettings(context.req);
    await settings.change(caller, change, shown);
    return answer(context, caller);
  });

  return routes;
}
