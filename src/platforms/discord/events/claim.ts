/** What became of an interaction that a process which died was just answering: Discord knows whether it was. */
import { DiscordAPIError, Routes } from 'discord.js';
import { z } from 'zod';
import { escape, plainMessage } from '../replies/render.ts';
import { catalogue } from '../../../i18n/index.ts';
import { postAnswer } from '../replies/answer.ts';
import type { Job } from '../../../core/job.ts';
import { ReplyAddress } from './context.ts';
import type { LadderOptions } from '../replies/ways.ts';
import { judged } from '../replies/refusals.ts';

const Message = z.object({ id: z.string() });
/** The token has expired: too late to ask, and Discord shows the person nothing any more. */
const INVALID_TOKEN = 50_027;

/** Resolves to the reply's address, or to undefined when Discord had no answer. Rejects when Discord cannot be asked. */
export async function claimReply(
  { reply, locale }: Job,
  signal: AbortSignal,
  options: LadderOptions,
): Promise<ReplyAddress | undefined> {
  const address = ReplyAddress.parse(reply);
  if (address.answers !== undefined)
    return { ...address, message: await answered(address, locale, signal, options) };
  const { application, token } = address;
  // its first answer is a panel: that they pressed a button is all that is known, and the job's end finds a way
  if (address.beside) return address;
  try {
    const found = await options.rest.get(Routes.webhookMessage(application, token, '@original'), {
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

/** An answer is given again, which is the same one while Discord remembers it. Rejects as `judged` says. */
async function answered(
  { answers = '', channel }: ReplyAddress,
  locale: string,
  signal: AbortSignal,
  { rest }: LadderOptions,
): Promise<string> {
  try {
    const body = plainMessage(escape(catalogue(locale).status.accepted()));
    return await postAnswer({ id: answers, channel_id: channel }, 'answer', body, { rest, signal });
  } catch (error) {
    throw judged(error);
  }
}
