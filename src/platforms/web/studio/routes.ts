/** The template studio: `/template` with another face. A draft is begun, changed, tried and published here. */
import { Hono, type Context } from 'hono';
import type { EditorView } from '../../../commands/verbs/editor.ts';
import { EaselError } from '../../../core/errors.ts';
import { catalogue, sentence } from '../../../i18n/index.ts';
import { documentsOf } from '../../../templates/draft.ts';
import { withSchemaLink } from '../../../templates/schema-link.ts';
import type { Attachment } from '../../../templates/values.ts';
import { MAX_PICTURE_BYTES } from '../../../templates/files/workflow-file.ts';
import type { Accepted, Refusal } from '../api.ts';
import type { Done, Draft } from '../studio-api.ts';
import { refuse } from '../refusal.ts';
import type { WebDeps } from '../deps.ts';
import { bodyUpTo, readBody } from '../body.ts';
import { attachmentOf, readMultipart } from '../multipart.ts';
import { EditRequest, readChange } from './change.ts';
import { shownDraft } from './draft.ts';
import { askingIn, type StudioEnv } from '../asking.ts';
import { download, shelfRoutes } from './shelf.ts';

/** A picture, its settings, and what is written around them. */
const MAX_UPLOAD = MAX_PICTURE_BYTES + 1024 * 1024;
/** A change holds texts only; the longest may have 200,000 characters, of up to 4 bytes. */
const MAX_BODY = 1024 * 1024;

export function studioRoutes(deps: WebDeps): Hono<StudioEnv> {
  const { commands, log, signal } = deps;
  const { editor } = commands;
  const routes = new Hono<StudioEnv>();
  const drafts = '/api/studio/drafts';

  routes.onError((error, context) =>
    refuse(context, error, { locale: askingIn(context, deps).reader.locale, log }),
  );
  routes.use('/api/studio/*', async (context, next) => {
    const { reader, caller } = askingIn(context, deps);
    if (!caller) {
      const { door } = catalogue(reader.locale).web;
      return context.json<Refusal>({ error: door.noSuchPlace() }, 404);
    }
    context.set('reader', reader);
    context.set('caller', caller);
    return next();
  });

  async function show(context: Context<StudioEnv>, view: EditorView) {
    const { caller } = context.var;
    const candidates = await editor.candidates(caller, view.draft.id);
    return context.json<Draft>(shownDraft(view, candidates, catalogue(caller.locale)));
  }

  routes.post(drafts, bodyUpTo(MAX_UPLOAD, log), async (context) => {
    const { caller } = context.var;
    const type = context.req.header('content-type') ?? '';
    if (type.startsWith('application/json')) {
      const { edit } = await readBody(EditRequest, context.req);
      return show(context, await editor.edit(caller, edit));
    }
    const { file, settings, name } = await filesOf(context);
    return show(context, await editor.add(caller, file, { name, settings }, signal));
  });
  routes.get(`${drafts}/:id`, async (context) =>
    show(context, await editor.open(context.var.caller, context.req.param('id'))),
  );
  routes.post(`${drafts}/:id/change`, bodyUpTo(MAX_BODY, log), async (context) => {
    const edit = await readChange(context.req);
    return show(context, await editor.change(context.var.caller, context.req.param('id'), edit));
  });
  routes.post(`${drafts}/:id/test`, async (context) => {
    const { caller, reader } = context.var;
    const draft = context.req.param('id');
    const job = await commands.run(await editor.prepareTest(caller, draft, reader), { draft }, signal);
    return context.json<Accepted>({ message: job.id });
  });
  routes.post(`${drafts}/:id/publish`, async (context) => {
    const { caller } = context.var;
    const { name, version, problem } = await editor.publish(caller, context.req.param('id'));
    const told = problem && { problem: sentence(catalogue(caller.locale), problem, 'operator') };
    return context.json<Done>({ name, version, ...told });
  });
  routes.post(`${drafts}/:id/discard`, async (context) => {
    await editor.discard(context.var.caller, context.req.param('id'));
    return context.json({});
  });
  routes.get(`${drafts}/:id/:file{(template|workflow)\\.json}`, async (context) => {
    const { draft } = await editor.open(context.var.caller, context.req.param('id'));
    const { template, workflow } = documentsOf(draft);
    const file = context.req.param('file');
    return download(context, file, file === 'template.json' ? withSchemaLink(template) : workflow);
  });
  routes.route('/', shelfRoutes(deps, bodyUpTo(MAX_BODY, log)));
  return routes;
}

/** Throws EaselError `bad-request`. */
async function filesOf(
  context: Context,
): Promise<{ file: Attachment; settings: Attachment | undefined; name: string | undefined }> {
  const form = await readMultipart(context);
  const [file, settings, name] = ['file', 'settings', 'name'].map((field) => form?.get(field));
  if (!(file instanceof File)) throw new EaselError({ code: 'bad-request' });
  return {
    file: attachmentOf(file),
    settings: settings instanceof File ? attachmentOf(settings) : undefined,
    name: typeof name === 'string' && name.trim() !== '' ? name : undefined,
  };
}
