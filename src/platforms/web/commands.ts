/** The chat's routes: one request → one verb. */
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { parseCommand, parseValues } from '../../commands/parse.ts';
import type { Caller } from '../../core/caller.ts';
import { EaselError } from '../../core/errors.ts';
import { jobTitle } from '../../core/job.ts';
import { catalogue } from '../../i18n/index.ts';
import { mainTextSlot } from '../../templates/slots/index.ts';
import type { RawValues } from '../../templates/values.ts';
import type { Accepted, Completion, Message } from './api.ts';
import { bodyUpTo, readBody } from './body.ts';
import { webCaller, type ReplyAddress } from './context.ts';
import { formValues, MAX_FORM_BYTES, readForm, typedLine } from './form.ts';
import { MAX_CHOICES } from './offer.ts';
import { refuse } from './refusal.ts';
import type { WebRoom } from './room.ts';

/** Of what is typed: more than the longest text that a slot takes. */
const MAX_LINE = 10_000;
const MAX_JSON_BYTES = 64 * 1024;

const Said = z.object({ text: z.string().trim().min(1).max(MAX_LINE) });

/** Resolves to the id of the message that answers. */
type Act = (caller: Caller, context: Context) => Promise<string>;

/** `paused`: nothing new is taken. */
export function chatRoutes(room: WebRoom, paused: () => boolean): Hono {
  const { commands, replies, signal } = room;
  const routes = new Hono();

  const callerOf = (context: Context) => commands.recognise(webCaller(context.req.header('accept-language')));

  const answer = (act: Act) => async (context: Context) => {
    const caller = callerOf(context);
    try {
      if (paused()) throw new EaselError({ code: 'shutting-down' });
      return context.json<Accepted>({ message: await act(caller, context) });
    } catch (error) {
      return refuse(context, error, { locale: caller.locale, log: room.log });
    }
  };

  async function run(caller: Caller, name: string, raw: RawValues, asked: string): Promise<string> {
    const reply: ReplyAddress = { asked };
    const { id } = await commands.run(await commands.prepare(caller, name, raw), reply, signal);
    return id;
  }

  async function say(caller: Caller, line: string): Promise<string> {
    const words = catalogue(caller.locale);
    const typed = parseCommand(line);
    if (!typed) {
      const standard = await commands.defaultTemplate(caller);
      if (!standard) return replies.say([words.terminal.notACommand()], line);
      return runTyped(caller, standard.name, { words: line, asked: line });
    }
    switch (typed.name) {
      case 'help':
        return replies.say(await commands.help(caller), line);
      case 'queue': {
        const { heading, items } = await commands.queue(caller);
        const lines = items.map(({ title, job, where }) => words.queue.line(title, job.user, where));
        return replies.say([heading, ...lines], line);
      }
      case 'cancel': {
        const job = await commands.cancel(caller, typed.rest.trim() || undefined);
        return replies.say([words.cancel.done(jobTitle(job))], line);
      }
      case 'again':
        return again(caller, newestRepeatable());
      case 'template':
      case 'settings':
        return replies.say([words.pages[typed.name]()], line);
      default:
        return runTyped(caller, typed.name, { words: typed.rest, asked: line });
    }
  }

  async function again(caller: Caller, job: string): Promise<string> {
    const prepared = await commands.prepareAgain(caller, job);
    const { id } = await commands.run(prepared, {} satisfies ReplyAddress, signal);
    return id;
  }

  async function all(caller: Caller, job: string): Promise<string> {
    const { id } = await commands.run(
      await commands.prepareAll(caller, job),
      {} satisfies ReplyAddress,
      signal,
    );
    return id;
  }

  /** The last one with a button for it; there may be none. */
  function newestRepeatable(): string {
    const offers = (message: Message) => message.reply?.buttons.some(({ action }) => action === 'again');
    return replies.history().findLast(offers)?.id ?? '';
  }

  async function runTyped(
    caller: Caller,
    name: string,
    { words, asked }: { words: string; asked: string },
  ): Promise<string> {
    const template = await commands.template(caller, name);
    // nothing to run: `prepare` says why
    const raw = template ? parseValues(words, { slots: template.slots, main: mainTextSlot(template) }) : {};
    return run(caller, name, raw, asked);
  }

  routes.post(
    '/api/run',
    bodyUpTo(MAX_FORM_BYTES, room.log),
    answer(async (caller, context) => {
      const form = await readForm(context);
      if (!form) throw new EaselError({ code: 'bad-request' });
      const template = await commands.template(caller, form.template);
      const raw = formValues(template, form);
      return run(caller, form.template, raw, typedLine(form.template, template, raw));
    }),
  );

  routes.post(
    '/api/say',
    bodyUpTo(MAX_JSON_BYTES, room.log),
    answer(async (caller, context) => {
      const { text } = await readBody(Said, context.req);
      return say(caller, text);
    }),
  );

  routes.post(
    '/api/jobs/:id/again',
    answer(async (caller, context) => {
      return again(caller, context.req.param('id') ?? '');
    }),
  );

  routes.post(
    '/api/jobs/:id/all',
    answer(async (caller, context) => all(caller, context.req.param('id') ?? '')),
  );

  routes.get('/api/complete', async (context) => {
    const { template = '', slot = '', typed = '' } = context.req.query();
    const choices = await commands.complete(callerOf(context), template, slot, typed, MAX_CHOICES);
    return context.json<Completion>({ choices });
  });
  return routes;
}
