/** From what somebody asked for to a queued job: at once, or through the template's form. */
import type { Intent, Prepared } from '../../../commands/index.ts';
import type { Caller } from '../../../core/caller.ts';
import { EaselError } from '../../../core/errors.ts';
import type { Template } from '../../../core/template.ts';
import { catalogue } from '../../../i18n/index.ts';
import { slotTaking, typeOf } from '../../../templates/slots/index.ts';
import type { Attachment, RawValues } from '../../../templates/values.ts';
import { addressBefore, localeIn, type Conversation, type SlackFile } from './context.ts';
import { isPassing } from '../errors.ts';
import { showQuestion } from '../screens/show-question.ts';
import { showScreen, type ShowOptions } from '../screens/show-screen.ts';
import { privately, type Asked, type CommandOptions } from '../replies/private.ts';
import { escape, type SlackMessage } from '../replies/render.ts';

/** Runs it, or opens its form when nothing was said, or when a file is needed that a slash command cannot carry. */
export async function runAsked(
  asked: Asked,
  { template, values, bare }: Extract<Intent, { kind: 'run' }>,
  options: ShowOptions,
): Promise<void> {
  const { caller, conversation, trigger, files = [], acknowledge } = asked;
  const { commands } = options;
  const { name, slots } = template;
  const raw: RawValues = { ...values, ...carriedIn(template, files, options) };
  const needsFile = Object.entries(slots).some(
    ([slot, about]) => typeOf(about).file && about.required && raw[slot] === undefined,
  );
  if (trigger !== undefined && (bare || needsFile))
    return showScreen(asked, commands.screens.open(caller, `run/${name}`, values), options);
  const preparing = commands.prepare(caller, name, raw);
  await orAsked(asked, options, () => start(caller, conversation, preparing, options, acknowledge));
}

/** Files that came along, by the slots that take them. */
export function carriedIn(
  template: Template,
  files: readonly SlackFile[],
  { attachment }: Pick<CommandOptions, 'attachment'>,
): Record<string, Attachment> {
  const carried: Record<string, Attachment> = {};
  for (const file of files) {
    const slot = slotTaking(template, file.mimetype ?? undefined);
    if (slot !== undefined) carried[slot] ??= attachment(slot, file);
  }
  return carried;
}

/** A submitted form's job. Never rejects. */
export async function begin(
  caller: Caller,
  conversation: Conversation,
  prepared: Prepared,
  acknowledge: () => Promise<void>,
  options: CommandOptions,
): Promise<void> {
  await privately(caller, conversation, options, () =>
    start(caller, conversation, Promise.resolve(prepared), options, acknowledge),
  );
}

/** The same where nobody waits to be heard. Rejects with what is to be told. */
export async function begun(
  caller: Caller,
  conversation: Conversation,
  prepared: Prepared,
  options: CommandOptions,
): Promise<void> {
  const { commands, signal } = options;
  await replying(caller, conversation, options, (address) => commands.run(prepared, address, signal));
}

/** What a finished job's button asks for, in a reply of its own. Never rejects. */
export async function handlePressed(
  asked: Asked,
  prepare: () => Promise<Prepared>,
  options: ShowOptions,
): Promise<void> {
  const { caller, conversation, acknowledge } = asked;
  await privately(caller, conversation, options, async () => {
    if (options.paused()) throw new EaselError({ code: 'shutting-down' });
    await orAsked(asked, options, () => start(caller, conversation, prepare(), options, acknowledge));
  });
}

/** Where something has to be chosen first, that is what they see. */
export async function orAsked(asked: Asked, options: ShowOptions, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof EaselError) || error.ask === undefined) throw error;
    await showQuestion(asked, await options.commands.screens.open(asked.caller, error.ask), options);
  }
}

/** Writes the job down once it is checked, makes the reply, queues. When that fails, the reply that came to nothing is taken away. */
async function start(
  caller: Caller,
  conversation: Conversation,
  preparing: Promise<Prepared>,
  options: CommandOptions,
  acknowledge?: () => Promise<void>,
): Promise<void> {
  const { commands, signal } = options;
  const noted = await commands.note(await preparing, addressBefore(conversation, caller.user), signal);
  let step: 'hearing' | 'replying' | 'accepting' = 'hearing';
  try {
    await acknowledge?.();
    step = 'replying';
    await replying(caller, conversation, options, (address) => {
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
async function replying(
  caller: Caller,
  conversation: Conversation,
  { post, client, log }: CommandOptions,
  queue: (address: Awaited<ReturnType<CommandOptions['post']>>) => Promise<unknown>,
): Promise<void> {
  const address = await post(conversation, caller, accepted(localeIn(conversation, caller)));
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
