/**
 * Replies in Slack: one message per job, updated in place. The final one has the pictures in it, or in its thread when
 * they are no pictures or Slack takes too long with them; where its channel is closed, it goes to the person directly.
 */
import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Job } from '../../core/job.ts';
import type { Log } from '../../core/log.ts';
import type { MediaFile } from '../../core/run.ts';
import type { Clock } from '../../core/time.ts';
import type { View } from '../../core/view.ts';
import { catalogue } from '../../i18n/index.ts';
import type { Budget } from './budget.ts';
import { ReplyAddress, type Place } from './context.ts';
import { slackError, type SlackError } from './errors.ts';
import { isProcessed, shareFiles, uploadFile, type UploadOptions } from './files.ts';
import { renderMessage, type SlackMessage } from './render.ts';

export interface ReplyOptions {
  client: webApi.WebClient;
  budget: Budget;
  clock: Clock;
  log: Log;
  processingMs: number;
  pollMs: number;
}

/** A message shows this many pictures; the rest goes into its thread. */
const MAX_PICTURES = 10;
/** What an image block may show. */
const PICTURES = ['image/png', 'image/jpeg', 'image/gif'];
/** How often a rate-limited final edit is tried again. */
const TRIES = 5;

const Posted = z.object({ channel: z.string(), ts: z.string() });
const Opened = z.object({ channel: z.object({ id: z.string() }) });

/** The first message of a reply. In a channel that is closed to Easel, it goes to the person directly, saying why. */
export async function postReply(
  { channel, thread }: Place,
  user: string,
  message: SlackMessage,
  locale: string,
  { client, log }: ReplyOptions,
): Promise<ReplyAddress> {
  try {
    const posted = await client.chat.postMessage({
      channel,
      ...message,
      ...(thread !== undefined && { thread_ts: thread }),
    });
    return { ...Posted.parse(posted), user, thread: thread ?? null };
  } catch (error) {
    if (!slackError(error).closed) throw error;
    log.info({ err: error }, 'the channel is closed, answering directly');
    const direct = Opened.parse(await client.conversations.open({ users: user })).channel.id;
    const text = catalogue(locale).slack.direct();
    await client.chat.postMessage({ channel: direct, text });
    return {
      ...Posted.parse(await client.chat.postMessage({ channel: direct, ...message })),
      user,
      thread: null,
    };
  }
}

export async function editLive(
  job: Job,
  view: View,
  signal: AbortSignal,
  { client, budget }: ReplyOptions,
): Promise<void> {
  signal.throwIfAborted();
  const { channel, ts } = ReplyAddress.parse(job.reply);
  try {
    await client.chat.update({ channel, ts, ...renderMessage(view) });
  } catch (error) {
    const { retryAfterMs } = slackError(error);
    if (retryAfterMs !== undefined) budget.hold(retryAfterMs);
    throw error;
  }
}

/** The final reply; what is not shown in it is shared in its thread as a second part. */
export async function deliver(
  job: Job,
  view: View,
  files: MediaFile[],
  sent: (count: number) => Promise<void>,
  signal: AbortSignal,
  options: ReplyOptions,
): Promise<void> {
  const address = ReplyAddress.parse(job.reply);
  const upload: UploadOptions = { ...options, signal };
  const shown = files.filter(({ type }) => PICTURES.includes(type)).slice(0, MAX_PICTURES);
  const beside = files.filter((file) => !shown.includes(file));
  let at = address;
  if (job.delivered < 1) {
    const { images, slow, refused } = await uploadPictures(shown, job.locale, upload, options.log);
    beside.push(...slow);
    const told = beside.length > 0 ? [catalogue(job.locale).slack.threadFiles(beside.length)] : [];
    const message = renderMessage({ ...view, notes: [...view.notes, ...refused, ...told] }, images);
    at = await sayFinally(address, message, job.locale, signal, options);
    await sent(1);
  }
  if (beside.length > 0 && job.delivered < 2) {
    await shareFiles(beside, { channel: at.channel, thread: at.thread ?? at.ts }, upload);
    await sent(2);
  }
}

interface Uploaded {
  images: { id: string; name: string }[];
  /** Not processed in time. */
  slow: MediaFile[];
  /** A sentence for each that Slack did not take: the words at least arrive. */
  refused: string[];
}

async function uploadPictures(
  files: MediaFile[],
  locale: string,
  upload: UploadOptions,
  log: Log,
): Promise<Uploaded> {
  const uploaded: Uploaded = { images: [], slow: [], refused: [] };
  for (const file of files) {
    try {
      const id = await uploadFile(file, upload);
      if (await isProcessed(id, upload)) uploaded.images.push({ id, name: file.name });
      else uploaded.slow.push(file);
    } catch (error) {
      const { code } = slackError(error);
      if (code === undefined) throw error;
      log.error({ slack: code, err: error }, 'slack did not take a picture');
      uploaded.refused.push(catalogue(locale).slack.notUploaded(file.name, code));
    }
  }
  return uploaded;
}

/** Updates the reply; where that is gone, says it anew. Resolves to where it stands. */
async function sayFinally(
  address: ReplyAddress,
  message: SlackMessage,
  locale: string,
  signal: AbortSignal,
  options: ReplyOptions,
): Promise<ReplyAddress> {
  const { client, budget, log } = options;
  for (let attempt = 1; ; attempt += 1) {
    await budget.turn('final', signal);
    try {
      await client.chat.update({ channel: address.channel, ts: address.ts, ...message });
      return address;
    } catch (error) {
      const failure: SlackError = slackError(error);
      if (failure.retryAfterMs !== undefined && attempt < TRIES) budget.hold(failure.retryAfterMs);
      else if (failure.closed || failure.gone) {
        log.info({ err: error }, 'the reply cannot be edited, saying it anew');
        const { channel, thread, user } = address;
        return postReply({ channel, thread: thread ?? undefined }, user, message, locale, options);
      } else throw error;
    }
  }
}
