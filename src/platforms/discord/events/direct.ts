/**
 * What somebody writes to Easel directly. There is no interaction and no token of one: answers are the bot's own messages, and
 * so is a job's reply. Messages in servers are none of Easel's: it does not ask to be told of them.
 */
import { MessageType, Routes, type REST } from 'discord.js';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Carried, Commands, Entered, Prepared } from '../../../commands/index.ts';
import { spokenTo } from '../../../commands/typed/spoken.ts';
import type { Caller } from '../../../core/caller.ts';
import { EaselError, problemOf } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import { rankOf } from '../../../core/rank.ts';
import type { Template } from '../../../core/template.ts';
import { catalogue, sentence } from '../../../i18n/index.ts';
import { slotTaking } from '../../../templates/slots/index.ts';
import type { Channels } from '../channels.ts';
import { explained } from '../errors.ts';
import { MESSAGE } from '../limits.ts';
import { DISCORD } from '../name.ts';
import { clipLines, escape, plainMessage } from '../replies/render.ts';
import { lineText } from '../screens/lines.ts';
import { screenPanel } from '../screens/render-screen.ts';
import { postAnswer } from '../replies/answer.ts';
import { beginTold } from './begin.ts';
import { fileFor, UNKNOWN_MESSAGE, type ReplyAddress } from './context.ts';

/**
 * https://docs.discord.com/developers/events/gateway-events#message-create, of which direct messages come with the intent
 * DIRECT_MESSAGES. Their words come without the privileged intent for contents. What a webhook says names it.
 */
const Said = z.object({
  id: z.string(),
  channel_id: z.string(),
  guild_id: z.undefined().optional(),
  webhook_id: z.undefined().optional(),
  type: z.literal([MessageType.Default, MessageType.Reply]),
  author: z.object({ id: z.string(), bot: z.literal(false).optional() }),
  content: z.string(),
  attachments: z
    .array(
      z.object({
        filename: z.string(),
        size: z.number(),
        url: z.string(),
        content_type: z.string().nullish(),
      }),
    )
    .default([]),
});
type Said = z.infer<typeof Said>;

export interface DirectOptions {
  rest: REST;
  /** The bot's own id; undefined until it is known. */
  me: () => string | undefined;
  /** The language of a person's client, as an interaction of theirs has said last. */
  localeOf: (user: string) => string | undefined;
  commands: Commands;
  channels: Channels;
  log: Log;
  origins: readonly string[];
  signal: AbortSignal;
  paused: () => boolean;
}

/** Messages remembered, since a resumed connection may tell of one again. */
const MAX_REMEMBERED = 1000;
/** No message says what its author's client is set to. */
const UNKNOWN_LOCALE = 'en-US';

/** Takes what the gateway says of a new message. Never throws or rejects. */
export function createDirectMessages(options: DirectOptions): (raw: unknown) => void {
  const seen = new LRUCache<string, true>({ max: MAX_REMEMBERED });
  return (raw) => {
    const said = Said.safeParse(raw).data;
    if (!said || said.author.id === options.me() || seen.has(said.id)) return;
    seen.set(said.id, true);
    void answer(said, options);
  };
}

async function answer(said: Said, options: DirectOptions): Promise<void> {
  const { commands, log, signal } = options;
  const caller = commands.recognise(callerOf(said, options));
  try {
    if (options.paused()) throw new EaselError({ code: 'shutting-down' });
    const { done, screen, files = [], prepared } = await carriedOut(said, caller, options);
    if (prepared) return await begin(said, caller, prepared, options);
    if (done.length > 0 || files.length > 0) {
      const data = files.map(({ name, bytes }) => ({ name, data: Buffer.from(bytes) }));
      await postAnswer(said, 'answer', plainMessage(clipLines(done.map(lineText))), options, data);
    } else if (screen) {
      const { components, flags } = screenPanel(screen, catalogue(caller.locale));
      await postAnswer(said, 'answer', { components, flags, allowed_mentions: { parse: [] } }, options);
    }
  } catch (error) {
    if (signal.aborted) return;
    log.warn({ guild: caller.guild, message: said.id, err: error }, 'command refused');
    const text = sentence(catalogue(caller.locale), problemOf(explained(error), said.id), rankOf(caller));
    const body = plainMessage(clipLines([escape(text)]));
    await postAnswer(said, 'problem', body, options).catch((failure: unknown) => {
      log.error({ guild: caller.guild, message: said.id, err: failure }, 'the problem could not be told');
    });
  }
}

/** As of an interaction in a direct message: a guild of its own, where nobody is an admin. */
function callerOf({ author, channel_id: channel }: Said, { localeOf, channels }: DirectOptions): Caller {
  return {
    platform: DISCORD,
    guild: `dm-${author.id}`,
    user: author.id,
    locale: localeOf(author.id) ?? UNKNOWN_LOCALE,
    channel,
    admin: false,
    installed: 'guild',
    direct: true,
    roles: [],
    lookAtChannel: () => channels.look(channel),
  };
}

async function carriedOut(said: Said, caller: Caller, options: DirectOptions): Promise<Carried> {
  const { commands, signal } = options;
  const me = options.me();
  const parts = me === undefined ? [said.content] : said.content.split(new RegExp(`<@!?${me}>`));
  const intent = await commands.understand(caller, spokenTo(parts), { files: said.attachments.length > 0 });
  const template = intent.kind === 'run' || intent.kind === 'ask' ? intent.template : undefined;
  const carried = template ? filesFor(template, said, options) : {};
  const attach = (typed: Entered): Entered => ({ ...typed, ...carried });
  return commands.carryOut(caller, intent, { attach, signal });
}

/** Files that came along, by the slots that take them. */
function filesFor(template: Template, { attachments }: Said, { origins }: DirectOptions): Entered {
  const carried = new Map<string, Entered[string]>();
  for (const { filename: name, size, url, content_type: type } of attachments) {
    const slot = slotTaking(template, type?.replace(/;.*/s, '') ?? undefined);
    if (slot !== undefined && !carried.has(slot))
      carried.set(slot, fileFor(slot, { name, size, url }, origins));
  }
  return Object.fromEntries(carried);
}

/** Written down, then answered, then begun: as a command is. */
async function begin(
  said: Said,
  { locale }: Caller,
  prepared: Prepared,
  options: DirectOptions,
): Promise<void> {
  const { commands, signal, log } = options;
  const address: ReplyAddress = {
    application: options.me() ?? '',
    token: '',
    expires: 0,
    channel: said.channel_id,
    message: UNKNOWN_MESSAGE,
    user: said.author.id,
    fileLimit: MESSAGE.fileBytes,
    private: false,
    answers: said.id,
  };
  const noted = await commands.note(prepared, address, signal);
  const body = plainMessage(escape(catalogue(locale).status.accepted()));
  await beginTold(noted, {
    tell: () => postAnswer(said, 'answer', body, options),
    addressOf: (message) => ({ ...address, message }),
    undo: (message) => takenBack(said, message, options),
    about: { message: said.id },
    log,
  });
}

/** It came to nothing. Never rejects. */
async function takenBack(
  { channel_id: channel }: Said,
  message: string,
  options: DirectOptions,
): Promise<void> {
  const { rest, signal, log } = options;
  await rest.delete(Routes.channelMessage(channel, message), { signal }).catch((error: unknown) => {
    log.warn({ message, err: error }, 'a reply that came to nothing could not be taken away');
  });
}
