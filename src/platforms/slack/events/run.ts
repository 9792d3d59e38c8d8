/** From what somebody asked for to a queued job: at once, or through the template's form. */
import type { Prepared } from '../../../commands/index.ts';
import { parseValues } from '../../../commands/parse.ts';
import type { Caller } from '../../../core/chat.ts';
import { EaselError, type ProblemCode } from '../../../core/errors.ts';
import type { Template } from '../../../core/template.ts';
import { catalogue } from '../../../i18n/index.ts';
import { mainTextSlot, slotTaking, typeOf } from '../../../templates/slots/index.ts';
import type { RawValues } from '../../../templates/values.ts';
import { unsaid, type Place } from './context.ts';
import { isPassing } from '../errors.ts';
import { slotForm, type FormMemory } from '../screens/form.ts';
import { privately, type Asked, type CommandOptions } from '../replies/private.ts';
import { escape, type SlackMessage } from '../replies/render.ts';

/** Runs it, or opens its form when nothing was said, or when a file is needed that a slash command cannot carry. */
export async function runAsked(asked: Asked, options: CommandOptions): Promise<void> {
  const { caller, place, trigger, files = [], heard } = asked;
  const { client, attachment } = options;
  const { template, rest } = await wanted(asked, options);
  const typed = parseValues(rest, { slots: template.slots, main: mainTextSlot(template) });
  const carried: RawValues = {};
  for (const file of files) {
    const slot = slotTaking(template, file.mimetype ?? undefined);
    if (slot !== undefined) carried[slot] ??= attachment(slot, file);
  }
  const raw: RawValues = { ...typed, ...carried };
  const needsFile = Object.entries(template.slots).some(
    ([name, slot]) => typeOf(slot).file && slot.required && raw[name] === undefined,
  );
  if (trigger !== undefined && (rest.trim() === '' || needsFile)) {
    await welcome(caller, template.name, options);
    const view = slotForm(template, { template: template.name, ...place }, typed, caller.locale);
    await client.views.open({ trigger_id: trigger, view });
    return;
  }
  await start(caller, place, options.commands.prepare(caller, template.name, raw), options, heard);
}

/** Who may not is told so before they fill in a form. Throws EaselError. */
export async function welcome(caller: Caller, name: string, { commands }: CommandOptions): Promise<void> {
  try {
    await commands.prepare(caller, name, {});
  } catch (error) {
    if (error instanceof EaselError && UNWELCOME.includes(error.code)) throw error;
  }
}

const UNWELCOME: string[] = [
  'banned',
  'outsider',
  'not-your-role',
  'not-this-channel',
  'not-served-here',
  'blocked-by-operator',
  'direct-messages-off',
  'not-taking-jobs',
  'partner-nodes',
] satisfies ProblemCode[];

/** The named template; words that name none are for the default one. Throws EaselError. */
async function wanted(
  { caller, name, rest, words }: Asked,
  { commands }: CommandOptions,
): Promise<{ template: Template; rest: string }> {
  const template = await commands.template(caller, name);
  if (template) return { template, rest };
  try {
    await commands.prepare(caller, name, {});
  } catch (error) {
    const unknown = error instanceof EaselError && error.code === 'unknown-template';
    const standard = unknown && words !== undefined ? await commands.defaultTemplate(caller) : undefined;
    if (!standard || words === undefined) throw error;
    return { template: standard, rest: words };
  }
  // it was published between the two questions
  throw new EaselError({ code: 'unknown-template', name, known: [] });
}

/** A submitted form's values, which have passed `prepare` already. Never rejects. */
export async function handleForm(
  caller: Caller,
  memory: FormMemory,
  raw: RawValues,
  heard: () => Promise<void>,
  options: CommandOptions,
): Promise<void> {
  const place = { channel: memory.channel, thread: memory.thread };
  await privately(caller, place, options, () =>
    start(caller, place, options.commands.prepare(caller, memory.template, raw), options, heard),
  );
}

/** What a finished job's button asks for, in a reply of its own. Never rejects. */
export async function handlePressed(
  caller: Caller,
  place: Place,
  prepare: () => Promise<Prepared>,
  heard: () => Promise<void>,
  options: CommandOptions,
): Promise<void> {
  await privately(caller, place, options, async () => {
    if (options.paused()) throw new EaselError({ code: 'shutting-down' });
    await start(caller, place, prepare(), options, heard);
  });
}

/** Writes the job down once it is checked, makes the reply, queues. When that fails, the reply that came to nothing is taken away. */
async function start(
  caller: Caller,
  place: Place,
  preparing: Promise<Prepared>,
  options: CommandOptions,
  heard?: () => Promise<void>,
): Promise<void> {
  const { commands, signal } = options;
  const noted = await commands.note(await preparing, unsaid(place, caller.user), signal);
  let step: 'hearing' | 'replying' | 'accepting' = 'hearing';
  try {
    await heard?.();
    step = 'replying';
    await replying(caller, place, options, (address) => {
      step = 'accepting';
      return noted.accept(address);
    });
  } catch (error) {
    // they were told that they were heard: their reply comes when Slack is back
    if (isReplying(step) && isPassing(error)) {
      options.log.warn({ guild: caller.guild, err: error }, 'the first reply is made later');
      return noted.claim();
    }
    await noted.drop();
    throw error;
  }
}

/** A function, since the step changes inside of a callback, which the type checker does not see. */
function isReplying(step: string): boolean {
  return step === 'replying';
}

/** A reply for a job that `queue` makes. */
export async function replying(
  caller: Caller,
  place: Place,
  { post, client, log }: CommandOptions,
  queue: (address: Awaited<ReturnType<CommandOptions['post']>>) => Promise<unknown>,
): Promise<void> {
  const address = await post(place, caller, accepted(caller.locale));
  try {
    await queue(address);
  } catch (error) {
    await client.chat.delete({ channel: address.channel, ts: address.ts }).catch((failure: unknown) => {
      log.warn({ err: failure }, 'a reply that came to nothing could not be taken away');
    });
    throw error;
  }
}

/** A reply's first words. */
export function accepted(locale: string): SlackMessage {
  const text = escape(catalogue(locale).status.accepted());
  return { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] };
}
