/** A reply's message with every body that Slack may take, and the call that posts one. */
import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import { dressed, type Body } from '../../../core/bodies.ts';
import type { Clock } from '../../../core/time.ts';
import type { View } from '../../../core/view.ts';
import { catalogue } from '../../../i18n/index.ts';
import { altTexts } from '../../kit/alt-text.ts';
import { BLOCK } from '../limits.ts';
import type { Conversation } from '../events/context.ts';
import { patiently } from './patiently.ts';
import { NO_CARDS, renderMessage, renderPlain, type SlackMessage } from './render.ts';

/** Without blocks it is plain text. */
export type Message = Pick<SlackMessage, 'text'> & Partial<SlackMessage>;

export interface Image {
  /** Of a processed file. */
  id: string;
  name: string;
}

export interface Contents {
  view: View;
  /** In its blocks; a body that leaves them out has them beside it. */
  images: readonly Image[];
  /** How many other files stand beside it. */
  beside: number;
}

const Posted = z.object({ channel: z.string(), ts: z.string() });
const Opened = z.object({ channel: z.object({ id: z.string() }) });

export function messageOf(body: Body, { view, images, beside }: Contents, locale: string): Message {
  const words = catalogue(locale);
  const files = images.map((image) => ({ ...image, type: 'image/png' }));
  const { view: shown, files: kept } = dressed(body, { view, files }, words.bodies);
  const threaded = beside + images.length - kept.length;
  const told = threaded > 0 && body.has.includes('text') ? [words.slack.threadFiles(threaded)] : [];
  const whole = { ...shown, notes: [...shown.notes, ...told] };
  const alts = altTexts(kept, whole.title, words.files, { max: BLOCK.alt });
  const shownImages = kept.map(({ id }, index) => ({ id, alt: alts[index] ?? '' }));
  return whole.plain ? renderPlain(whole) : renderMessage(whole, shownImages);
}

/** As soon as Slack lets it. Rejects as Slack answers. */
export async function post(
  { channel, thread }: Conversation,
  message: Message,
  signal: AbortSignal,
  { client, clock }: { client: webApi.WebClient; clock: Clock },
): Promise<z.infer<typeof Posted>> {
  const body = { channel, ...NO_CARDS, ...message, ...(thread !== undefined && { thread_ts: thread }) };
  return Posted.parse(await patiently(() => client.chat.postMessage(body), clock, signal));
}

/** Where a person and Easel talk to each other. */
export async function directChannel(
  user: string,
  signal: AbortSignal,
  { client, clock }: { client: webApi.WebClient; clock: Clock },
): Promise<string> {
  const opened = await patiently(() => client.conversations.open({ users: user }), clock, signal);
  return Opened.parse(opened).channel.id;
}
