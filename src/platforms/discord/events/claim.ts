/** What became of an interaction that a process which died was just answering: Discord knows whether it was. */
import { DiscordAPIError, Routes } from 'discord.js';
import { z } from 'zod';
import type { Job } from '../../../core/job.ts';
import { ReplyAddress } from './context.ts';
import type { LadderOptions } from '../replies/ways.ts';
import { judged } from '../replies/refusals.ts';

const Message = z.object({ id: z.string() });
/** The token has expired: too late to ask, and Discord shows the person nothing any more. */
const INVALID_TOKEN = 50_027;

/** Resolves to the reply's address, or to undefined when Discord had no answer. Rejects when Discord cannot be asked. */
export async function claimReply(
  { reply }: Job,
  signal: AbortSignal,
  { rest }: LadderOptions,
): Promise<ReplyAddress | undefined> {
  const address = ReplyAddress.parse(reply);
  const { application, token } = address;
  try {
    const found = await rest.get(Routes.webhookMessage(application, token, '@original'), {
      signal,
      auth: false,
    });
    return { ...address, message: Message.parse(found).id };
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    // it may have been accepted: its end finds another way
    if (error.code === INVALID_TOKEN) return address;
    if (error.status === 404) return undefined;
    throw judged(error);
  }
}
