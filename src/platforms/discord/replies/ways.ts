/**
 * The ways by which a message reaches its person, best first. An edit goes by the interaction's token while that
 * lives, then by the bot's own token; a final reply may also become a new message in the channel or, at last, a
 * direct message.
 */
import { DiscordAPIError, MessageFlags, RESTJSONErrorCodes as Code, Routes, type REST } from 'discord.js';
import { z } from 'zod';
import type { Closed } from '../../../core/bodies.ts';
import type { Log } from '../../../core/log.ts';
import type { Clock } from '../../../core/time.ts';
import type { ReplyAddress } from '../events/context.ts';
import { catalogue } from '../../../i18n/index.ts';
import { MESSAGE } from '../limits.ts';
import type { Attached, Fitter } from '../../kit/fit-files.ts';
import { withFiles } from './upload.ts';

export interface LadderOptions {
  rest: REST;
  fitter: Fitter;
  clock: Clock;
  log: Log;
}

export interface Way {
  name: string;
  /** A message of its own; `direct`: what was refused where it was asked may be said there. */
  elsewhere?: 'channel' | 'direct';
  send(body: { content?: string }, files: readonly Attached[], signal: AbortSignal): Promise<unknown>;
}

/** The token is not used in its last seconds: an upload may take that long. */
const TOKEN_MARGIN_MS = 30_000;

const PRIVATE_FLAGS = MessageFlags.SuppressEmbeds | MessageFlags.Ephemeral;

/** Ways to change the reply. */
export function edits(address: ReplyAddress, { rest, clock }: LadderOptions): Way[] {
  const { application, token, channel, message } = address;
  const edited = ownName(address);
  const byToken: Way = {
    name: 'interaction',
    send: (body, files, signal) =>
      // without `auth: false` the bot's token would go along, and an expired interaction would wipe it
      rest.patch(Routes.webhookMessage(application, token, edited), {
        ...withFiles(body, files, signal),
        auth: false,
      }),
  };
  const byBot: Way = {
    name: 'message',
    send: (body, files, signal) =>
      rest.patch(Routes.channelMessage(channel, message), withFiles(body, files, signal)),
  };
  const alive = lives(address, clock) ? [byToken] : [];
  return address.private ? alive : [...alive, byBot];
}

/** By the interaction's token. */
function ownName({ private: isPrivate, beside, message }: ReplyAddress): string {
  return isPrivate || beside === true ? message : '@original';
}

/**
 * Ways to say something new; what is private never goes to the channel. `nonce` keeps a repeated request from becoming a
 * second message (for some minutes).
 */
export function creations(
  address: ReplyAddress,
  nonce: string,
  locale: string,
  { rest }: LadderOptions,
): Way[] {
  const { channel, user } = address;
  let why: Closed | undefined;
  const once = { nonce: nonce.slice(0, MESSAGE.nonce), enforce_nonce: true };
  const post = (
    to: string,
    body: object,
    files: readonly Attached[],
    signal: AbortSignal,
  ): Promise<unknown> =>
    rest.post(Routes.channelMessages(to), withFiles({ ...body, ...once }, files, signal));
  const inChannel: Way = {
    name: 'channel',
    elsewhere: 'channel',
    async send(body, files, signal) {
      try {
        return await post(channel, body, files, signal);
      } catch (error) {
        why = closedBy(error);
        throw error;
      }
    },
  };
  const direct: Way = {
    name: 'direct message',
    elsewhere: 'direct',
    send: async (body, files, signal) =>
      // its buttons belong to the server where it was asked
      post(
        await openDirectMessages(rest, user, signal),
        { ...saying(body, why && catalogue(locale).bodies.closed(why)), components: [] },
        files,
        signal,
      ),
  };
  return address.private ? [direct] : [inChannel, direct];
}

const CLOSED: Partial<Record<number | string, Closed>> = {
  [Code.MissingAccess]: 'outside',
  [Code.UnknownChannel]: 'outside',
  [Code.MissingPermissions]: 'read-only',
  [Code.CannotSendMessagesInNonTextChannel]: 'read-only',
  [Code.InvalidActionOnArchivedThread]: 'archived',
  [Code.ThreadLocked]: 'archived',
};

/** Undefined: it is not the channel that is in the way. */
function closedBy(error: unknown): Closed | undefined {
  return error instanceof DiscordAPIError ? CLOSED[error.code] : undefined;
}

/** With a sentence above it, as far as there is room. */
function saying(body: { content?: string }, sentence: string | undefined): { content?: string } {
  if (sentence === undefined) return body;
  return { ...body, content: [sentence, body.content].filter(Boolean).join('\n').slice(0, MESSAGE.content) };
}

/** Takes the reply away, where nothing can be said in it. Rejects as Discord answers. */
export async function removeReply(
  address: ReplyAddress,
  signal: AbortSignal,
  { rest, clock }: LadderOptions,
): Promise<void> {
  const { application, token, channel, message } = address;
  const edited = ownName(address);
  if (lives(address, clock))
    await rest.delete(Routes.webhookMessage(application, token, edited), { signal, auth: false });
  else if (!address.private) await rest.delete(Routes.channelMessage(channel, message), { signal });
}

/** Resolves to the channel's id. */
export async function openDirectMessages(rest: REST, user: string, signal: AbortSignal): Promise<string> {
  const opened = await rest.post(Routes.userChannels(), { body: { recipient_id: user }, signal });
  return z.object({ id: z.string() }).parse(opened).id;
}

/** Ways to add a message to the reply. */
export function followUps(
  address: ReplyAddress,
  nonce: string,
  locale: string,
  options: LadderOptions,
): Way[] {
  const { application, token } = address;
  const byToken: Way = {
    name: 'follow-up',
    send: (body, files, signal) =>
      options.rest.post(Routes.webhook(application, token), {
        ...withFiles(address.private ? { ...body, flags: PRIVATE_FLAGS } : body, files, signal),
        auth: false,
      }),
  };
  const others = creations(address, nonce, locale, options);
  return lives(address, options.clock) ? [byToken, ...others] : others;
}

function lives({ expires }: ReplyAddress, clock: Clock): boolean {
  return clock.now() < expires - TOKEN_MARGIN_MS;
}
