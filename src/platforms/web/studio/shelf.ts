/** The studio's shelf: the templates of a place, and what is done with those that are published. */
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import type { ShelfEntry } from '../../../commands/verbs/shelf.ts';
import { EaselError, type Problem } from '../../../core/errors.ts';
import { groupedProblems } from '../../../core/finding.ts';
import { catalogue, sentence, type Catalogue } from '../../../i18n/index.ts';
import { cleanName } from '../../../templates/names.ts';
import { said } from './said.ts';
import type { Done, ShelfItem, VersionItem } from '../studio-api.ts';
import type { WebDeps } from '../deps.ts';
import { readBody } from '../body.ts';
import { RenameRequest, RollbackRequest, SwitchRequest } from './change.ts';
import type { StudioEnv } from '../asking.ts';

/** `limited` refuses bodies that are too large. */
export function shelfRoutes({ commands: { shelf } }: WebDeps, limited: MiddlewareHandler): Hono<StudioEnv> {
  const routes = new Hono<StudioEnv>();
  const template = '/api/studio/templates/:name';

  const done = (
    context: Context<StudioEnv>,
    name: string,
    { problem, version }: { problem: Problem | undefined; version?: number },
  ) =>
    context.json<Done>({
      name,
      ...(version !== undefined && { version }),
      ...(problem && { problem: sentence(catalogue(context.var.caller.locale), problem, 'operator') }),
    });

  routes.get('/api/studio/shelf', async (context) => {
    const { caller } = context.var;
    const words = catalogue(caller.locale);
    const entries = await shelf.list(caller);
    return context.json<ShelfItem[]>(entries.map((entry) => shownEntry(entry, words)));
  });
  routes.get(`${template}/history`, async (context) => {
    const versions = await shelf.history(context.var.caller, context.req.param('name'));
    const items = versions.map(({ from, ...version }) => ({
      ...version,
      ...(from !== undefined && { from }),
    }));
    return context.json<VersionItem[]>(items);
  });
  routes.get(`${template}/:file{(template|workflow)\\.json}`, async (context) => {
    const { name, file } = context.req.param();
    const files = await shelf.export(context.var.caller, name, context.req.query('version'));
    const wanted = files.find((one) => one.name === file);
    if (!wanted) throw new EaselError({ code: 'no-such-template', name });
    return download(context, file, new TextDecoder().decode(wanted.bytes));
  });
  routes.post(`${template}/rename`, limited, async (context) => {
    const name = context.req.param('name');
    const { to } = await readBody(RenameRequest, context.req);
    return done(context, cleanName(to), { problem: await shelf.rename(context.var.caller, name, to) });
  });
  routes.post(`${template}/rollback`, limited, async (context) => {
    const name = context.req.param('name');
    const { version } = await readBody(RollbackRequest, context.req);
    return done(context, name, await shelf.rollback(context.var.caller, name, String(version)));
  });
  routes.post(`${template}/switch`, limited, async (context) => {
    const name = context.req.param('name');
    const { off } = await readBody(SwitchRequest, context.req);
    return done(context, name, { problem: await shelf.switchOff(context.var.caller, name, off) });
  });
  routes.post(`${template}/remove`, async (context) => {
    const name = context.req.param('name');
    return done(context, name, { problem: await shelf.remove(context.var.caller, name) });
  });
  return routes;
}

/** Nothing that a browser would show by itself. */
export function download(context: Context, name: string, text: string): Response {
  return context.body(text, 200, {
    'content-type': 'application/json',
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
  });
}

function shownEntry(entry: ShelfEntry, words: Catalogue): ShelfItem {
  const { name, description, origin, off, version, access, misfits } = entry;
  const { shelf: say } = words;
  const { roles, channels, ageRestricted } = access;
  const limits = [
    ...(roles.length + channels.length > 0 ? [say.limited(roles.length, channels.length)] : []),
    ...(ageRestricted ? [say.ageRestricted()] : []),
  ];
  return {
    name,
    description,
    own: origin === 'own',
    off,
    misfits: groupedProblems(misfits).map((problem) => said(problem, words)),
    ...(version !== undefined && { version }),
    ...(limits.length > 0 && { limits }),
  };
}
