/** The screens of `commands/`, as the page shows them, and what is done in them. */
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { isQuestion, type Carried, type Entered, type Outcome } from '../../commands/index.ts';
import { EaselError } from '../../core/errors.ts';
import type { Screen } from '../../core/screen.ts';
import type { Deed, Done } from './api.ts';
import { bodyUpTo, readBody } from './body.ts';
import { readerOf, type ReplyAddress } from './context.ts';
import { attachmentOf, isMultipart, MAX_FORM_BYTES, readMultipart } from './multipart.ts';
import { refuse } from './refusal.ts';
import { messageLine } from './render.ts';
import type { WebDeps } from './deps.ts';

/** All lists full and all blocked words as long as they may be, in UTF-8, twice: as they are to be, and as they were shown. */
const MAX_JSON_BYTES = 1024 * 1024;
/** Beyond what any field takes; that says itself what is wrong. */
const Text = z.string().max(200_000);
/** Of a screen, an action or a field. */
const Key = z.string().max(200);
const Values = z.record(Key, z.union([Text, z.boolean(), z.array(z.string().max(1000)).max(10_000)]));
const DeedSchema = z.strictObject({
  at: Key,
  action: Key,
  entered: Values,
  shown: Values.exactOptional(),
  message: z.uuid().exactOptional(),
}) satisfies z.ZodType<Deed>;

const FILE = 'file.';

/** `paused`: nothing new is taken. */
export function screenRoutes(deps: WebDeps, paused: () => boolean): Hono {
  const { commands, signal, log } = deps;
  const { screens } = commands;
  const routes = new Hono();
  const [words, files] = [bodyUpTo(MAX_JSON_BYTES, log), bodyUpTo(MAX_FORM_BYTES, log)];

  routes.onError((error, context) =>
    refuse(context, error, { locale: readerOf(context, commands).locale, log }),
  );

  routes.get('/api/screen', async (context) =>
    context.json<Screen>(await screens.open(readerOf(context, commands), context.req.query('at') ?? '')),
  );

  routes.post(
    '/api/screen',
    (context, next) => (isMultipart(context) ? files : words)(context, next),
    async (context) => {
      if (paused()) throw new EaselError({ code: 'shutting-down' });
      const caller = readerOf(context, commands);
      const { at, action, entered, shown, message: shownIn } = await readDeed(context);
      const outcome = await screens.act(caller, at, action, entered, { shown, signal });
      const { failed, done, prepared } = outcome;
      const message = await begin(deps, outcome);
      // a form stays as it was beside its job; a question has its answer
      const screen =
        outcome.screen ?? (prepared && isQuestion(at) ? await screens.open(caller, at) : undefined);
      if (shownIn !== undefined) await turn(deps, shownIn, outcome);
      return context.json<Done>({
        ...(failed && { failed }),
        done: [...done],
        ...(screen && { screen }),
        ...(message !== undefined && { message }),
      });
    },
  );
  return routes;
}

/** Files and jobs are messages of their own; resolves to the id of one. `asked`: what was typed for it. */
export async function begin(
  { commands, replies, signal }: WebDeps,
  { prepared, files = [], done }: Carried,
  asked?: string,
): Promise<string | undefined> {
  if (files.length > 0) return replies.say(done.map(messageLine), asked, { files });
  if (!prepared) return undefined;
  const reply: ReplyAddress = asked === undefined ? {} : { asked };
  const { id } = await commands.run(prepared, reply, signal);
  return id;
}

/** Whoever opens the chat anew finds it where it was left. */
async function turn({ replies, log }: WebDeps, id: string, { screen, done, files, prepared }: Outcome) {
  // it stays beside what has come of it
  if (!screen && (files || prepared)) return;
  try {
    await replies.turn(id, screen ? { screen: screen.at } : { lines: done.map(messageLine) });
  } catch (error) {
    // what was done is done
    log.error({ message: id, err: error }, 'where a screen is was not kept');
  }
}

/** Rejects with EaselError `bad-request`. */
async function readDeed(context: Context): Promise<Omit<Deed, 'entered'> & { entered: Entered }> {
  if (!isMultipart(context)) return readBody(DeedSchema, context.req);
  const form = await readMultipart(context);
  const words = form?.get('deed');
  const { entered, ...deed } = await readBody(DeedSchema, {
    json: async () => (typeof words === 'string' ? JSON.parse(words) : undefined),
  });
  const given = [...(form ?? [])].map(([field, value]) => {
    if (field === 'deed') return [];
    const key = field.slice(FILE.length);
    if (typeof value === 'string' || !field.startsWith(FILE) || Object.hasOwn(entered, key))
      throw new EaselError({ code: 'bad-request' });
    // what nobody has chosen a browser sends all the same
    return value.size === 0 && value.name === '' ? [] : [[key, attachmentOf(value)] as const];
  });
  // not by assignment: what is sent may be called `__proto__`
  return { ...deed, entered: Object.fromEntries([...Object.entries(entered), ...given.flat()]) };
}
