/** Who speaks from a browser: whoever may open the page owns this Easel. And what a job keeps of where it was asked. */
import type { Context } from 'hono';
import { z } from 'zod';
import type { Commands } from '../../commands/index.ts';
import type { Caller } from '../../core/caller.ts';

export const WEB = 'web';

/** `locale` from `Accept-Language`: `ja,en;q=0.8` is `ja`. */
export function webCaller(acceptLanguage: string | undefined): Caller {
  const [locale = ''] = (acceptLanguage ?? '').split(/[,;]/);
  return { platform: WEB, guild: WEB, user: 'you', locale: locale.trim() || 'en', admin: true };
}

/** Whoever asks, as this Easel knows them. */
export function readerOf(context: Context, { recognise }: Pick<Commands, 'recognise'>): Caller {
  return recognise(webCaller(context.req.header('accept-language')));
}

/** A job's reply is the message with the job's id; an unknown address is one without either. */
export const ReplyAddress = z
  .object({
    /** What was typed. */
    asked: z.string().exactOptional(),
    /** It is a test run of this draft. */
    draft: z.string().exactOptional(),
  })
  .catch({});
export type ReplyAddress = z.infer<typeof ReplyAddress>;
