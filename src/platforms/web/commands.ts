/** The chat's routes: one request → one verb. */
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import type { Intent, Prepared } from '../../commands/index.ts';
import type { Caller } from '../../core/caller.ts';
import { EaselError } from '../../core/errors.ts';
import type { Screen } from '../../core/screen.ts';
import { meantBy } from '../../i18n/command-names.ts';
import type { Accepted, Completion, Refusal } from './api.ts';
import { bodyUpTo, readBody } from './body.ts';
import { readerOf, type ReplyAddress } from './context.ts';
import { formValues, readForm, typedLine } from './form.ts';
import { MAX_FORM_BYTES } from './multipart.ts';
import { MAX_CHOICES } from './offer.ts';
import { refuse } from './refusal.ts';
import { messageLine } from './render.ts';
import type { WebDeps } from './deps.ts';
import { begin, screenRoutes } from './screens.ts';

/** Of what is typed: more than the longest text that a slot takes. */
const MAX_LINE = 10_000;
const MAX_JSON_BYTES = 64 * 1024;

const Said = z.object({ text: z.string().trim().min(1).max(MAX_LINE) });

/** A word alone may be what is of this page alone: its last message once more, and what other chats have no list to press for. */
const ALONE = /^(\/?)(\S+)$/;

/** Resolves to the id of the message that answers, or to why there is none. */
type Act = (caller: Caller, context: Context) => Promise<string | Refusal>;

/** `paused`: nothing new is taken. */
export function chatRoutes(deps: WebDeps, paused: () => boolean): Hono {
  const { commands, replies, signal } = deps;
  const routes = new Hono();

  routes.onError((error, context) =>
    refuse(context, error, { locale: readerOf(context, commands).locale, log: deps.log }),
  );

  const answer = (act: Act) => async (context: Context) => {
    if (paused()) throw new EaselError({ code: 'shutting-down' });
    const done = await act(readerOf(context, commands), context);
    return typeof done === 'string'
      ? context.json<Accepted>({ message: done })
      : context.json<Refusal>(done, 422);
  };

  /** What has to be chosen first is a message that asks. */
  async function run(
    caller: Caller,
    preparing: Promise<Prepared>,
    reply: ReplyAddress = {},
  ): Promise<string> {
    try {
      const { id } = await commands.run(await preparing, reply, signal);
      return id;
    } catch (error) {
      if (!(error instanceof EaselError) || error.ask === undefined) throw error;
      const { at } = await commands.screens.open(caller, error.ask);
      return replies.say([], reply.asked, { screen: at });
    }
  }

  async function say(caller: Caller, line: string): Promise<string | Refusal> {
    const [, slash, word = ''] = ALONE.exec(line) ?? [];
    const verb = meantBy('command', word);
    if (verb === 'again') return run(caller, commands.prepareAgain(caller, replies.repeatable() ?? ''));
    const intent: Intent =
      verb === 'template' && slash === '/'
        ? { kind: 'open', at: 'templates' }
        : await commands.understand(caller, line, { slashes: true });
    // for a command that lacks something the page has a form of its own
    const outcome = await commands.carryOut(caller, intent, { formless: true, signal });
    const { failed, done, screen } = outcome;
    if (failed && screen) return refusalIn(screen);
    const begun = await begin(deps, outcome, line);
    if (begun !== undefined) return begun;
    const shown = done.length === 0 && screen ? { screen: screen.at } : {};
    return replies.say(done.map(messageLine), line, shown);
  }

  routes.post(
    '/api/run',
    bodyUpTo(MAX_FORM_BYTES, deps.log),
    answer(async (caller, context) => {
      const form = await readForm(context);
      if (!form) throw new EaselError({ code: 'bad-request' });
      const template = await commands.template(caller, form.template);
      const raw = formValues(template, form);
      const asked = typedLine(form.template, template, raw);
      return run(caller, commands.prepare(caller, form.template, raw), { asked });
    }),
  );

  routes.post(
    '/api/say',
    bodyUpTo(MAX_JSON_BYTES, deps.log),
    answer(async (caller, context) => {
      const { text } = await readBody(Said, context.req);
      return say(caller, text);
    }),
  );

  const jobOf = (context: Context) => context.req.param('id') ?? '';
  routes.post(
    '/api/jobs/:id/again',
    answer(async (caller, context) => run(caller, commands.prepareAgain(caller, jobOf(context)))),
  );
  routes.post(
    '/api/jobs/:id/all',
    answer(async (caller, context) => run(caller, commands.prepareAll(caller, jobOf(context)))),
  );

  routes.get('/api/complete', async (context) => {
    const { template = '', slot = '', typed = '' } = context.req.query();
    const found = await commands.complete(readerOf(context, commands), template, slot, typed, MAX_CHOICES);
    const called = found.filter(({ value, label }) => value !== label);
    return context.json<Completion>({
      choices: found.map(({ value }) => value),
      ...(called.length > 0 && {
        labels: Object.fromEntries(called.map(({ value, label }) => [value, label])),
      }),
    });
  });
  routes.route('/', screenRoutes(deps, paused));
  return routes;
}

/** Why an action was refused, as its screen says it: who has typed it puts it right where it stands. */
function refusalIn({ fields, lines }: Screen): Refusal {
  const field = fields.find(({ problem }) => problem !== undefined);
  const [{ parts } = { parts: [] }] = lines;
  return { error: field?.problem ?? messageLine({ parts }), ...(field && { field: field.key }) };
}
