/** What people do in Slack → one verb. Bolt has acknowledged by the time these run; problems are told privately. */
import type { types, webApi } from '@slack/bolt';
import type { Commands } from '../../commands/index.ts';
import { parseValues } from '../../commands/parse.ts';
import type { Caller } from '../../core/chat.ts';
import { EaselError, problemOf } from '../../core/errors.ts';
import { jobTitle } from '../../core/job.ts';
import type { Log } from '../../core/log.ts';
import { mainTextSlot, type Template } from '../../core/template.ts';
import { clip } from '../../core/text.ts';
import { catalogue, sentence } from '../../i18n/index.ts';
import type { Attachment, RawValues } from '../../templates/values.ts';
import type { Place, ReplyAddress, SlackFile } from './context.ts';
import { explained } from './errors.ts';
import { slotForm, type FormMemory } from './form.ts';
import { EASEL_COMMAND } from './manifest.ts';
import { escape, type SlackMessage } from './render.ts';

export interface CommandOptions {
  commands: Commands;
  client: webApi.WebClient;
  log: Log;
  signal: AbortSignal;
  paused: () => boolean;
  post: (place: Place, caller: Caller, message: SlackMessage) => Promise<ReplyAddress>;
  attachment: (slot: string, file: SlackFile) => Attachment;
}

/** Somebody asked for something, somewhere. */
export interface Asked {
  caller: Caller;
  place: Place;
  /** The template or verb, and what was said after it. */
  name: string;
  rest: string;
  /** For opening a form; good for 3 seconds, once. */
  trigger?: string | undefined;
  /** Files that came along. */
  files?: SlackFile[] | undefined;
}

/** Never rejects. */
export async function handleAsked(asked: Asked, options: CommandOptions): Promise<void> {
  const { caller, place, name } = asked;
  await privately(caller, place, options, async () => {
    const { commands, paused } = options;
    const words = catalogue(caller.locale);
    switch (name) {
      case '':
      case 'help':
        return tell(
          caller,
          place,
          commands
            .help(caller, (verb) => `/${EASEL_COMMAND} ${verb}`)
            .map(escape)
            .join('\n'),
          options,
        );
      case 'queue': {
        const { heading, items } = commands.queue(caller);
        const lines = items.map(
          ({ title, job, where }) =>
            `• ${escape(clip(title, MAX_TITLE))} — <@${job.user}> — ${escape(where)}`,
        );
        return tell(caller, place, [escape(heading), ...lines].join('\n'), options);
      }
      case 'cancel': {
        const job = await commands.cancel(caller, asked.rest.trim() || undefined);
        return tell(caller, place, escape(words.cancel.done(jobTitle(job))), options);
      }
      default:
        if (paused()) throw new EaselError({ code: 'shutting-down' });
        return runAsked(asked, options);
    }
  });
}

/** A submitted form's values, which have passed `prepare` already. Never rejects. */
export async function handleForm(
  caller: Caller,
  memory: FormMemory,
  raw: RawValues,
  options: CommandOptions,
): Promise<void> {
  const place = { channel: memory.channel, thread: memory.thread };
  await privately(caller, place, options, () => start(caller, place, memory.template, raw, options));
}

/** Never rejects. */
export async function handleCancel(
  caller: Caller,
  place: Place,
  job: string,
  options: CommandOptions,
): Promise<void> {
  await privately(caller, place, options, async () => {
    await options.commands.cancel(caller, job);
  });
}

/** The first form of the shortcut: which template to use the image with. */
export async function offerTemplates(
  caller: Caller,
  place: Place,
  file: string | undefined,
  trigger: string,
  options: CommandOptions,
): Promise<void> {
  await privately(caller, place, options, async () => {
    const words = catalogue(caller.locale);
    const templates = options.commands.templates().filter((template) => imageSlot(template) !== undefined);
    const problem = file === undefined ? words.slack.noImage() : words.slack.noImageTemplates();
    if (file === undefined || templates.length === 0) return tell(caller, place, problem, options);
    await options.client.views.open({
      trigger_id: trigger,
      view: templateForm(templates, { ...place, file }, caller.locale),
    });
  });
}

/** The form for `template` once it was chosen in the first one. */
export function formForImage(
  template: Template,
  place: Place,
  file: string,
  locale: string,
): types.ModalView {
  const slot = imageSlot(template) ?? '';
  return slotForm(template, { template: template.name, ...place, file: { slot, id: file } }, {}, locale);
}

export const CHOOSE = 'choose';

/** Slack's: options of a select, characters of an option's description. */
const MAX_OPTIONS = 100;
const MAX_DESCRIPTION = 75;
/** Of a job's title in the queue. */
const MAX_TITLE = 80;

function templateForm(
  templates: readonly Template[],
  memory: Place & { file: string },
  locale: string,
): types.ModalView {
  const { form, slack } = catalogue(locale);
  return {
    type: 'modal',
    callback_id: CHOOSE,
    private_metadata: JSON.stringify(memory),
    title: { type: 'plain_text', text: slack.useImage() },
    submit: { type: 'plain_text', text: form.next() },
    close: { type: 'plain_text', text: form.close() },
    blocks: [
      {
        type: 'input',
        block_id: CHOOSE,
        label: { type: 'plain_text', text: slack.template() },
        element: {
          type: 'static_select',
          action_id: CHOOSE,
          options: templates.slice(0, MAX_OPTIONS).map(({ name, description }) => ({
            text: { type: 'plain_text', text: `/${name}` },
            description: { type: 'plain_text', text: clip(description, MAX_DESCRIPTION) },
            value: name,
          })),
        },
      },
    ],
  };
}

/** Runs it, or opens its form when nothing was said, or when an image is needed that a slash command cannot carry. */
async function runAsked(
  { caller, place, name, rest, trigger, files = [] }: Asked,
  options: CommandOptions,
): Promise<void> {
  const { commands, client, attachment } = options;
  const template = commands.template(name);
  if (!template)
    throw new EaselError({
      code: 'unknown-template',
      name,
      known: commands.templates().map((one) => one.name),
    });
  const typed = parseValues(rest, { slots: template.slots, main: mainTextSlot(template) });
  const raw: RawValues = { ...typed };
  const slot = imageSlot(template);
  const [file] = files;
  if (slot !== undefined && file !== undefined) raw[slot] = attachment(slot, file);
  const needsImage = slot !== undefined && template.slots[slot]?.required === true && raw[slot] === undefined;
  if (trigger !== undefined && (rest.trim() === '' || needsImage)) {
    const view = slotForm(template, { template: name, ...place }, typed, caller.locale);
    await client.views.open({ trigger_id: trigger, view });
    return;
  }
  await start(caller, place, name, raw, options);
}

/** Checks, makes the reply, queues. When queueing fails, the reply that came to nothing is taken away. */
async function start(
  caller: Caller,
  place: Place,
  name: string,
  raw: RawValues,
  options: CommandOptions,
): Promise<void> {
  const { commands, client, log, post, signal } = options;
  const prepared = commands.prepare(caller, name, raw);
  const text = escape(catalogue(caller.locale).status.accepted());
  const address = await post(place, caller, {
    text,
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }],
  });
  try {
    await commands.run(prepared, address, signal);
  } catch (error) {
    await client.chat.delete({ channel: address.channel, ts: address.ts }).catch((failure: unknown) => {
      log.warn({ err: failure }, 'a reply that came to nothing could not be taken away');
    });
    throw error;
  }
}

function imageSlot({ slots }: Template): string | undefined {
  return Object.entries(slots).find(([, { type }]) => type === 'image')?.[0];
}

async function privately(
  caller: Caller,
  place: Place,
  options: CommandOptions,
  work: () => Promise<void>,
): Promise<void> {
  const ref = crypto.randomUUID();
  try {
    await work();
  } catch (thrown) {
    const error = explained(thrown);
    options.log.warn({ guild: caller.guild, ref, err: error }, 'command refused');
    const text = escape(sentence(catalogue(caller.locale), problemOf(error, ref)));
    await tell(caller, place, text, options).catch((failure: unknown) => {
      options.log.error({ guild: caller.guild, ref, err: failure }, 'the problem could not be told');
    });
  }
}

/** Only the caller sees it; where the channel is closed to Easel, as a direct message. */
async function tell(
  { user }: Caller,
  { channel, thread }: Place,
  text: string,
  { client, log }: CommandOptions,
): Promise<void> {
  try {
    await client.chat.postEphemeral({
      channel,
      user,
      text,
      ...(thread !== undefined && { thread_ts: thread }),
    });
  } catch (error) {
    log.info({ err: error }, 'not told in the channel, telling directly');
    await client.chat.postMessage({ channel: user, text });
  }
}
