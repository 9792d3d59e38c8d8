/** The bot's own answer to a message. */
import { Routes, type RawFile, type REST } from 'discord.js';
import { z } from 'zod';
import { MESSAGE } from '../limits.ts';

const Posted = z.object({ id: z.string() });

/**
 * Below the message that it answers, where that is still there. Asked again for the same `what`, it is the same message, for
 * some minutes (`nonce`). Resolves to its id; rejects as discord.js does.
 */
export async function postAnswer(
  { id, channel_id: channel }: { id: string; channel_id: string },
  what: 'answer' | 'problem',
  body: object,
  { rest, signal }: { rest: REST; signal: AbortSignal },
  files: RawFile[] = [],
): Promise<string> {
  const once = { nonce: `${what[0]}-${id}`.slice(0, MESSAGE.nonce), enforce_nonce: true };
  const reference = { message_reference: { message_id: id, fail_if_not_exists: false } };
  const posted = await rest.post(Routes.channelMessages(channel), {
    body: { ...body, ...once, ...reference },
    signal,
    ...(files.length > 0 && { files }),
  });
  return Posted.parse(posted).id;
}
