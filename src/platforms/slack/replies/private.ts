/** What only the person who asked is told: answers to verbs, problems, and buttons that open a form. */
import type { types, webApi } from '@slack/bolt';
import type { Commands } from '../../../commands/index.ts';
import { ORDERS } from '../../../core/bodies.ts';
import type { Caller } from '../../../core/caller.ts';
import { problemOf, type Problem } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import { rankOf, type Rank } from '../../../core/rank.ts';
import type { Screen } from '../../../core/screen.ts';
import type { Clock } from '../../../core/time.ts';
import { catalogue, sentence } from '../../../i18n/index.ts';
import type { Attachment } from '../../../templates/values.ts';
import { button, section } from '../screens/blocks.ts';
import type { Conversation, ReplyAddress, SlackFile } from '../events/context.ts';
import { blameOf, explained } from '../errors.ts';
import type { UploadOptions } from './files.ts';
import { firstAccepted } from '../../kit/tries.ts';
import { BLOCK } from '../limits.ts';
import { itemText, lineText } from './lines.ts';
import { escape, NO_CARDS, packed, unlinked, type SlackMessage } from './render.ts';
import { withEaselCommand } from './easel-command.ts';

/** Ours, in characters: Slack takes 40,000. */
const MAX_TOLD = 30_000;
const { section: MAX_SECTION } = BLOCK;

export interface CommandOptions {
  commands: Commands;
  client: webApi.WebClient;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
  paused: () => boolean;
  post: (conversation: Conversation, caller: Caller, message: SlackMessage) => Promise<ReplyAddress>;
  attachment: (slot: string, file: SlackFile) => Attachment;
  upload: UploadOptions;
  /** Until a form is answered, or opened, with "one moment", in ms. */
  patienceMs: number;
}

/** Somebody asked for something, somewhere. */
export interface Asked {
  caller: Caller;
  conversation: Conversation;
  /** For opening a form; good for 3 seconds, once. */
  trigger?: string | undefined;
  /** Files that came along. */
  files?: SlackFile[] | undefined;
  /** Tells Slack that it was heard; called once the job is written down. */
  acknowledge?: (() => Promise<void>) | undefined;
}

/** Tells what goes wrong in `work`. Never rejects. */
export async function privately(
  caller: Caller,
  conversation: Conversation,
  options: CommandOptions,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    const text = refused(caller, thrown, options);
    await tell(caller, conversation, text, options).catch((failure: unknown) => {
      options.log.error({ guild: caller.guild, err: failure }, 'the problem could not be told');
    });
  }
}

/** The sentence for anything thrown, which goes to the log. */
export function refusal(caller: Caller, thrown: unknown, { log }: Pick<CommandOptions, 'log'>): string {
  const ref = crypto.randomUUID();
  const error = explained(thrown);
  log.warn({ guild: caller.guild, ref, err: error }, 'command refused');
  return plainly(caller.locale, problemOf(error, ref), rankOf(caller));
}

/** The same as mrkdwn. */
export function refused(caller: Caller, thrown: unknown, options: Pick<CommandOptions, 'log'>): string {
  return escape(refusal(caller, thrown, options));
}

/** A problem's sentence as mrkdwn. */
export function problemText(caller: Caller, problem: Problem): string {
  return escape(plainly(caller.locale, problem, rankOf(caller)));
}

/** A problem's sentence as plain text. */
function plainly(locale: string, problem: Problem, reader: Rank): string {
  return withEaselCommand(sentence(catalogue(locale), problem, reader));
}

/**
 * Only the caller sees it; in direct messages with Easel it is a message; where the channel is closed to Easel, as a direct message; without its blocks where Slack does
 * not take them. `text` is mrkdwn. Rejects with Slack's last answer.
 */
export async function tell(
  { user }: Caller,
  { channel, thread, direct = false }: Conversation,
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
  if (direct) {
    const inThread = thread !== undefined && { thread_ts: thread };
    ways.unshift((message) => client.chat.postMessage({ channel, ...inThread, ...NO_CARDS, ...message }));
  }
  await firstAccepted({
    ways,
    order: blocks ? ORDERS.plainly : ORDERS.asItIs,
    first: () => 'full',
    attempt: (way, { name }) => way(name === 'full' && blocks ? { ...plain, blocks } : plain),
    // whoever waits for an answer is told directly, whatever is the matter here
    blame: (error) => blameOf(error) ?? 'place',
    refused: ({ body, error }) => log.info({ body: body.name, err: error }, 'not fit in this way'),
  });
}

/** As `tell`; what is too much for a message is counted. */
export async function tellLines(
  { caller, conversation }: Pick<Asked, 'caller' | 'conversation'>,
  lines: readonly string[],
  options: CommandOptions,
): Promise<void> {
  await tell(caller, conversation, fitting(lines, caller.locale).join('\n'), options);
}

/** What a screen says, where nothing can be done with it, or not in a message. */
export function screenLines({ lines, items = [] }: Screen): string[] {
  return [...lines.map(lineText), ...items.map(itemText)];
}

/** Whether none of these is counted instead; `lines` are plain text. */
export function areTold(lines: readonly string[]): boolean {
  return lines.reduce((sum, text) => sum + lineText({ parts: [text] }).length + 1, 0) <= MAX_TOLD;
}

function fitting(lines: readonly string[], locale: string): string[] {
  let room = MAX_TOLD;
  const fit = lines.findIndex((line) => (room -= line.length + 1) < 0);
  if (fit === -1) return [...lines];
  return [...lines.slice(0, fit), escape(catalogue(locale).slack.more(lines.length - fit))];
}

/** Words with a button, whose `action` is listened to elsewhere. `lines` are mrkdwn. */
export async function ask(
  { caller, conversation }: Pick<Asked, 'caller' | 'conversation'>,
  lines: readonly string[],
  press: { action: string; label: string; value: string },
  options: CommandOptions,
): Promise<void> {
  const fit = fitting(lines, caller.locale);
  await tell(caller, conversation, fit.join('\n'), options, [
    ...packed(fit, '\n', MAX_SECTION).map(section),
    { type: 'actions', elements: [button(press.action, press.label, press.value)] },
  ]);
}
