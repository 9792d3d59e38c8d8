/**
 * Replies in Slack: one message per job, updated in place. The final one has the pictures in it, or in its thread when
 * they are no pictures or Slack takes too long with them; where its channel is closed, it goes to the person directly.
 */
import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Job } from '../../core/job.ts';
import type { Log } from '../../core/log.ts';
import type { StoredFile } from '../../core/files.ts';
import type { Clock } from '../../core/time.ts';
import type { View } from '../../core/view.ts';
import { catalogue } from '../../i18n/index.ts';
import type { Budget } from '../budget.ts';
import { ReplyAddress, type Place } from './context.ts';
import { isPassing, slackError, type SlackError } from './errors.ts';
import { isProcessed, isShared, shareFile, uploadFile, type UploadOptions } from './files.ts';
import { patiently, TRIES } from './patiently.ts';
import { renderMessage, type SlackMessage, NO_CARDS } from './render.ts';

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
/** What `job.delivered` begins to count from, once the reply is said: files in the thread are counted on top. */
const PICTURES_SHOWN = 1;
const ALL_THREADED = 1000;

const Posted = z.object({ channel: z.string(), ts: z.string() });
const Opened = z.object({ channel: z.object({ id: z.string() }) });

/** The first message of a reply. In a channel that is closed to Easel, it goes to the person directly, saying why. */
export async function postReply(
  { channel, thread }: Place,
  user: string,
  message: SlackMessage,
  locale: string,
  signal: AbortSignal,
  { client, clock, log }: ReplyOptions,
): Promise<ReplyAddress> {
  const post = async (to: Place, said: { text: string; blocks?: SlackMessage['blocks'] }) => {
    const body = {
      channel: to.channel,
      ...NO_CARDS,
      ...said,
      ...(to.thread !== undefined && { thread_ts: to.thread }),
    };
    return Posted.parse(await patiently(() => client.chat.postMessage(body), clock, signal));
  };
  try {
    const posted = await post({ channel, thread }, message);
    return { ...posted, user, thread: thread ?? null };
  } catch (error) {
    if (!slackError(error).closed) throw error;
    log.info({ err: error }, 'the channel is closed, answering directly');
    const direct = await directChannel(user, signal, { client, clock });
    await post({ channel: direct }, { text: catalogue(locale).slack.direct() });
    return { ...(await post({ channel: direct }, message)), user, thread: null };
  }
}

/** Where a person and Easel talk to each other. */
export async function directChannel(
  user: string,
  signal: AbortSignal,
  { client, clock }: Pick<ReplyOptions, 'client' | 'clock'>,
): Promise<string> {
  const opened = await patiently(() => client.conversations.open({ users: user }), clock, signal);
  return Opened.parse(opened).channel.id;
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

/**
 * The final reply: pictures in it, everything else in its thread. When Slack is slow with one of them, all go to the
 * thread, so that they stay in order. What `sent` is told says which of the two it was, and how many were shared.
 */
export async function deliver(
  job: Job,
  view: View,
  made: readonly StoredFile[],
  sent: (count: number) => Promise<void>,
  signal: AbortSignal,
  options: ReplyOptions,
): Promise<void> {
  const upload: UploadOptions = { ...options, signal };
  const { slack: words } = catalogue(job.locale);
  // Slack takes no empty file
  const files = made.filter(({ size }) => size > 0);
  const empty = made
    .filter((file) => !files.includes(file))
    .map(({ name }) => words.notUploaded(name, 'empty'));
  const pictures = files.filter(({ type }) => PICTURES.includes(type)).slice(0, MAX_PICTURES);
  const others = files.filter((file) => !pictures.includes(file));
  let at = ReplyAddress.parse(job.reply);
  if (job.delivered === 0) {
    const { images, slow, refused } = await uploadPictures(pictures, job.locale, upload, options.log);
    const threaded = slow ? files.length : others.length;
    const told = threaded > 0 ? [words.threadFiles(threaded)] : [];
    const message = renderMessage(
      { ...view, notes: [...view.notes, ...empty, ...refused, ...told] },
      slow ? [] : images,
    );
    at = await sayFinally(at, message, job.locale, signal, options);
    job.reply = at;
    await sent(slow ? ALL_THREADED : PICTURES_SHOWN);
  }
  const said = job.delivered >= ALL_THREADED ? ALL_THREADED : PICTURES_SHOWN;
  const beside = said === ALL_THREADED ? files : others;
  const thread = { channel: at.channel, thread: at.thread ?? at.ts };
  for (const [index, file] of beside.entries()) {
    if (index < job.delivered - said) continue;
    const { sharing, ...place } = ReplyAddress.parse(job.reply);
    const before = async (id: string): Promise<void> => {
      job.reply = { ...place, sharing: id };
      await sent(said + index);
    };
    if (sharing === undefined || !(await isShared(sharing, upload)))
      await shareFile(file, thread, before, upload);
    job.reply = place;
    await sent(said + index + 1);
  }
}

interface Uploaded {
  images: { id: string; name: string }[];
  /** One was not processed in time. */
  slow: boolean;
  /** A sentence for each that Slack did not take: the words at least arrive. */
  refused: string[];
}

async function uploadPictures(
  files: StoredFile[],
  locale: string,
  upload: UploadOptions,
  log: Log,
): Promise<Uploaded> {
  const uploaded: Uploaded = { images: [], slow: false, refused: [] };
  for (const file of files) {
    try {
      const id = await uploadFile(file, upload);
      uploaded.images.push({ id, name: file.name });
      uploaded.slow = !(await isProcessed(id, upload));
    } catch (error) {
      if (isPassing(error)) throw error;
      const { code = '' } = slackError(error);
      log.error({ slack: code, err: error }, 'slack did not take a picture');
      uploaded.refused.push(catalogue(locale).slack.notUploaded(file.name, code));
    }
    if (uploaded.slow) break;
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
  const { client, budget, clock, log, pollMs } = options;
  for (let attempt = 1; ; attempt += 1) {
    await budget.turn('final', signal);
    try {
      await client.chat.update({ channel: address.channel, ts: address.ts, ...message });
      return address;
    } catch (error) {
      const failure: SlackError = slackError(error);
      if (failure.retryAfterMs !== undefined && attempt < TRIES) budget.hold(failure.retryAfterMs);
      // an edit may be made again, and the pictures need not be uploaded again for it
      else if (failure.code === undefined && attempt < TRIES) await clock.sleep(pollMs, signal);
      else if (failure.closed || failure.gone) {
        log.info({ err: error }, 'the reply cannot be edited, saying it anew');
        const { channel, thread, user } = address;
        return postReply({ channel, thread: thread ?? undefined }, user, message, locale, signal, options);
      } else throw error;
    }
  }
}
