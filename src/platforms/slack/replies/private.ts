/** What only the person who asked is told: answers to verbs, problems, and buttons that open a form. */
import type { types, webApi } from '@slack/bolt';
import type { Commands } from '../../../commands/index.ts';
import { ORDERS } from '../../../core/bodies.ts';
import type { Caller } from '../../../core/chat.ts';
import { problemOf, type Problem } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import type { Clock } from '../../../core/time.ts';
import { catalogue, sentence } from '../../../i18n/index.ts';
import type { Attachment } from '../../../templates/values.ts';
import { button, section } from '../screens/blocks.ts';
import type { Place, ReplyAddress, SlackFile } from '../events/context.ts';
import { blameOf, explained } from '../errors.ts';
import type { UploadOptions } from './files.ts';
import { firstAccepted } from '../../kit/tries.ts';
import { EASEL_COMMAND } from '../manifest.ts';
import { escape, NO_CARDS, unlinked, type SlackMessage } from './render.ts';

export interface CommandOptions {
  commands: Commands;
  client: webApi.WebClient;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
  paused: () => boolean;
  post: (place: Place, caller: Caller, message: SlackMessage) => Promise<ReplyAddress>;
  attachment: (slot: string, file: SlackFile) => Attachment;
  upload: UploadOptions;
  /** Until a form is answered, or opened, with "one moment", in ms. */
  patienceMs: number;
}

/** Somebody asked for something, somewhere. */
export interface Asked {
  caller: Caller;
  place: Place;
  /** The template or verb, and what was said after it. */
  name: string;
  rest: string;
  /** All of it, where it may be meant for the default template. */
  words?: string | undefined;
  /** For opening a form; good for 3 seconds, once. */
  trigger?: string | undefined;
  /** Files that came along. */
  files?: SlackFile[] | undefined;
  /** Tells Slack that it was heard; called once the job is written down. */
  heard?: (() => Promise<void>) | undefined;
}

/** Tells what goes wrong in `work`. Never rejects. */
export async function privately(
  caller: Caller,
  place: Place,
  options: CommandOptions,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    const text = refused(caller, thrown, options);
    await tell(caller, place, text, options).catch((failure: unknown) => {
      options.log.error({ guild: caller.guild, err: failure }, 'the problem could not be told');
    });
  }
}

/** The sentence for anything thrown, which goes to the log. */
export function refused(caller: Caller, thrown: unknown, { log }: Pick<CommandOptions, 'log'>): string {
  const ref = crypto.randomUUID();
  const error = explained(thrown);
  log.warn({ guild: caller.guild, ref, err: error }, 'command refused');
  return said(caller.locale, problemOf(error, ref));
}

/** A problem's sentence as mrkdwn. */
export function said(locale: string, problem: Problem): string {
  return escape(plainly(locale, problem));
}

/** A problem's sentence as plain text. */
export function plainly(locale: string, problem: Problem): string {
  return spoken(sentence(catalogue(locale), problem));
}

/** Easel's own commands are called as they are in Slack: `/easel template list`. */
export function spoken(text: string): string {
  return text.replaceAll(
    /(?<![\p{L}\p{N}/])\/(template|settings|queue|cancel|help)\b/gu,
    `/${EASEL_COMMAND} $1`,
  );
}

/**
 * Only the caller sees it; where the channel is closed to Easel, as a direct message; without its blocks where Slack does
 * not take them. `text` is mrkdwn. Rejects with Slack's last answer.
 */
export async function tell(
  { user }: Caller,
  { channel, thread }: Place,
  text: string,
  { client, log }: CommandOptions,
  blocks?: types.KnownBlock[],
): Promise<void> {
  const here = { channel, user, ...(thread !== undefined && { thread_ts: thread }) };
  const plain = { text: unlinked(text) };
  type Message = typeof plain & { blocks?: types.KnownBlock[] };
  const ways = [
    (message: Message) => client.chat.postEphemeral({ ...here, ...message }),
    (message: Message) => client.chat.postMessage({ channel: user, ...NO_CARDS, ...message }),
  ];
  await firstAccepted({
    ways,
    order: blocks ? ORDERS.plainly : ORDERS.asItIs,
    first: () => 'full',
    attempt: (way, { name }) => way(name === 'full' && blocks ? { ...plain, blocks } : plain),
    // whoever waits for an answer is told directly, whatever is the matter here
    blame: (error) => blameOf(error) ?? 'place',
    refused: ({ body, error }) => log.info({ body: body.name, err: error }, 'not told in this way'),
  });
}

/** A question with a button, whose `action` is listened to elsewhere. */
export async function ask(
  { caller, place }: Asked,
  text: string,
  press: { action: string; label: string; value: string; style?: 'danger' | undefined },
  options: CommandOptions,
): Promise<void> {
  const pressed = button(press.action, press.label, press.value);
  await tell(caller, place, text, options, [
    section(text),
    { type: 'actions', elements: [press.style ? { ...pressed, style: press.style } : pressed] },
  ]);
}
