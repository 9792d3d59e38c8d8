/**
 * The ways by which a message reaches its person, best first. An edit goes by the interaction's token while that
 * lives, then by the bot's own token; a final reply may also become a new message in the channel or, at last, a
 * direct message.
 */
import { DiscordAPIError, HTTPError, MessageFlags, Routes, type REST } from 'discord.js';
import { z } from 'zod';
import { Refused } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Clock } from '../../core/time.ts';
import type { ReplyAddress } from './context.ts';
import { withFiles, type Attached } from './upload.ts';

export interface LadderOptions {
  rest: REST;
  clock: Clock;
  log: Log;
}

export interface Rung {
  name: string;
  send(body: object, files: readonly Attached[], signal: AbortSignal): Promise<unknown>;
}

/** The token is not used in its last seconds: an upload may take that long. */
const TOKEN_MARGIN_MS = 30_000;
/** Discord's. */
const MAX_NONCE = 25;

const PRIVATE_FLAGS = MessageFlags.SuppressEmbeds | MessageFlags.Ephemeral;

/** Not the way's fault: another one would refuse the same body. */
const TOO_LARGE = 40_005;

/** Ways to change the reply. */
export function edits(address: ReplyAddress, { rest, clock }: LadderOptions): Rung[] {
  const { application, token, channel, message } = address;
  const edited = address.private ? message : '@original';
  const byToken: Rung = {
    name: 'interaction',
    send: (body, files, signal) =>
      // without `auth: false` the bot's token would go along, and an expired interaction would wipe it
      rest.patch(Routes.webhookMessage(application, token, edited), {
        ...withFiles(body, files, signal),
        auth: false,
      }),
  };
  const byBot: Rung = {
    name: 'message',
    send: (body, files, signal) =>
      rest.patch(Routes.channelMessage(channel, message), withFiles(body, files, signal)),
  };
  const alive = lives(address, clock) ? [byToken] : [];
  return address.private ? alive : [...alive, byBot];
}

/**
 * Ways to say something new; what is private never goes to the channel. `nonce` keeps a repeated request from becoming a
 * second message (for some minutes).
 */
export function creations(address: ReplyAddress, nonce: string, { rest }: LadderOptions): Rung[] {
  const { channel, user } = address;
  const once = { nonce: nonce.slice(0, MAX_NONCE), enforce_nonce: true };
  const post = (
    to: string,
    body: object,
    files: readonly Attached[],
    signal: AbortSignal,
  ): Promise<unknown> =>
    rest.post(Routes.channelMessages(to), withFiles({ ...body, ...once }, files, signal));
  const inChannel: Rung = {
    name: 'channel',
    send: (body, files, signal) => post(channel, body, files, signal),
  };
  const direct: Rung = {
    name: 'direct message',
    send: async (body, files, signal) =>
      // its buttons belong to the server where it was asked
      post(await openDirectMessages(rest, user, signal), { ...body, components: [] }, files, signal),
  };
  return address.private ? [direct] : [inChannel, direct];
}

/** Resolves to the channel's id. */
export async function openDirectMessages(rest: REST, user: string, signal: AbortSignal): Promise<string> {
  const opened = await rest.post(Routes.userChannels(), { body: { recipient_id: user }, signal });
  return z.object({ id: z.string() }).parse(opened).id;
}

/** Ways to add a message to the reply. */
export function followUps(address: ReplyAddress, nonce: string, options: LadderOptions): Rung[] {
  const { application, token } = address;
  const byToken: Rung = {
    name: 'follow-up',
    send: (body, files, signal) =>
      options.rest.post(Routes.webhook(application, token), {
        ...withFiles(address.private ? { ...body, flags: PRIVATE_FLAGS } : body, files, signal),
        auth: false,
      }),
  };
  const others = creations(address, nonce, options);
  return lives(address, options.clock) ? [byToken, ...others] : others;
}

/** The first rung that holds. Throws at once what no other rung can help, or the last one's error when none holds. */
export async function climb(
  rungs: Rung[],
  body: object,
  files: readonly Attached[],
  signal: AbortSignal,
  log: Log,
): Promise<void> {
  let last: unknown = new Refused('no way to the person is left');
  for (const rung of rungs) {
    try {
      await rung.send(body, files, signal);
      return;
    } catch (error) {
      if (!isDeadEnd(error)) throw error;
      log.info({ rung: rung.name, err: error }, 'reply goes another way');
      last = error;
    }
  }
  throw last;
}

function lives({ expires }: ReplyAddress, clock: Clock): boolean {
  return clock.now() < expires - TOKEN_MARGIN_MS;
}

/** Discord's 40005, or a proxy's bare 413. */
export function isTooLarge(error: unknown): boolean {
  if (error instanceof DiscordAPIError) return error.code === TOO_LARGE || error.status === 413;
  return error instanceof HTTPError && error.status === 413;
}

/** As `Refused` what Discord would answer again; an outage, a rate limit and a token that is to be put right come back as they are. */
export function judged(error: unknown): unknown {
  if (isTooLarge(error)) return new Refused(error);
  if (!(error instanceof DiscordAPIError)) return error;
  const passing = error.status >= 500 || [401, 408, 429].includes(error.status);
  return passing ? error : new Refused(error);
}

function isDeadEnd(error: unknown): boolean {
  if (!(error instanceof DiscordAPIError) || isTooLarge(error)) return false;
  // unknown message, no access, token expired (50027), too old to edit (30046), archived thread (50083), …
  return error.status >= 400 && error.status < 500 && error.status !== 429;
}
