/**
 * Pictures into Slack by the external upload: an address, the bytes, then completion. Slack goes on processing for a
 * while after that, and a block that names an unprocessed file is refused: so it is asked until it is done.
 */
import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { StoredFile } from '../../../core/files.ts';
import { lentBytesOf, sizeOf } from '../../../core/multipart.ts';
import type { MediaFile } from '../../../core/run.ts';
import { sendForm } from '../../kit/send-form.ts';
import type { Clock } from '../../../core/time.ts';
import { slackError, UploadRefused } from '../errors.ts';
import { patiently } from './patiently.ts';

export interface UploadOptions {
  client: webApi.WebClient;
  clock: Clock;
  signal: AbortSignal;
  /** How long a file may be processed before it is shared in another way, in ms. */
  processingMs: number;
  /** Between two questions, in ms. */
  pollMs: number;
}

/** `alt`: what stands for it where nobody sees it. */
export type Described<F = StoredFile> = F & { alt?: string | undefined };

/** Of one file, and its completion. */
const UPLOADS = 3;
/** A request too slow, and too many of them. */
const PASSING = [408, 429];
const UNKNOWN = ['file_not_found', 'file_deleted'];

const UploadAddress = z.object({ upload_url: z.string(), file_id: z.string() });
/** By kind of channel, then by channel. */
const Shares = z.object({
  file: z.object({ shares: z.record(z.string(), z.record(z.string(), z.unknown())).optional() }),
});
const Processed = z.object({
  file: z.object({ mimetype: z.string().nullish(), original_w: z.number().optional() }),
});

/**
 * One file, uploaded and completed but shown nowhere yet. `known`: its id, where its bytes were sent before; `note` is told
 * the id once they are there, so that they need not be sent again. Resolves to the id.
 */
export async function uploadFile(
  file: Described,
  options: UploadOptions,
  { known, note }: { known?: string | undefined; note?: (id: string) => Promise<void> } = {},
): Promise<string> {
  if (known !== undefined && (await isCompleted(known, file, options))) return known;
  // an upload that nobody sees may be made again; a reply of ten must not begin anew for each that fails
  const id = await again(() => sendBytes(file, options), options);
  await note?.(id);
  await again((attempt) => complete(id, file, attempt > 1, options), options);
  return id;
}

/** Its bytes were sent: it is complete, or can be made so. False: Slack has forgotten it. */
async function isCompleted(id: string, file: StoredFile, options: UploadOptions): Promise<boolean> {
  if (await isKnown(id, options)) return true;
  try {
    await complete(id, file, false, options);
    return true;
  } catch (error) {
    if (slackError(error).code === 'file_not_found') return false;
    throw error;
  }
}

/** `inDoubt`: it may be complete already. */
async function complete(
  id: string,
  { name }: StoredFile,
  inDoubt: boolean,
  options: UploadOptions,
): Promise<void> {
  const { client, clock, signal } = options;
  if (inDoubt && (await isKnown(id, options))) return;
  const files: [{ id: string; title: string }] = [{ id, title: name }];
  await patiently(() => client.files.completeUploadExternal({ files }), clock, signal);
}

/** Slack tells of a file only once it is complete. */
async function isKnown(id: string, { client, clock, signal }: UploadOptions): Promise<boolean> {
  try {
    await patiently(() => client.files.info({ file: id }), clock, signal);
    return true;
  } catch (error) {
    if (UNKNOWN.includes(slackError(error).code ?? '')) return false;
    throw error;
  }
}

/** Where Slack does not answer. */
async function again<T>(
  work: (attempt: number) => Promise<T>,
  { clock, signal, pollMs }: UploadOptions,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await work(attempt);
    } catch (error) {
      const { code, retryAfterMs } = slackError(error);
      if (code !== undefined || retryAfterMs !== undefined || attempt >= UPLOADS) throw error;
      await clock.sleep(pollMs, signal);
    }
}

/** Where something stands beside the reply: in its thread, or in the person's direct messages. */
export interface Beside {
  channel: string;
  thread?: string | undefined;
}

/**
 * One file posted as a message of its own. `before` is told its id before anybody can see it; `known`: its id, where Slack
 * has its bytes already.
 */
export async function shareFile(
  file: Described,
  { channel, thread }: Beside,
  before: (id: string) => Promise<void>,
  options: UploadOptions,
  known?: string,
): Promise<void> {
  const id = known ?? (await sendBytes(file, options));
  await before(id);
  const shared: [{ id: string; title: string }] = [{ id, title: file.name }];
  const completion = {
    files: shared,
    ...(thread === undefined ? { channel_id: channel } : { channel_id: channel, thread_ts: thread }),
  };
  await patiently(
    () => options.client.files.completeUploadExternal(completion),
    options.clock,
    options.signal,
  );
}

/** Whether a file stands in some message; asked when the answer to its sharing was lost. */
export async function isShared(id: string, { client, clock, signal }: UploadOptions): Promise<boolean> {
  try {
    const { file } = Shares.parse(await patiently(() => client.files.info({ file: id }), clock, signal));
    return Object.values(file.shares ?? {}).some((channels) => Object.keys(channels).length > 0);
  } catch (error) {
    // it never got so far
    if (slackError(error).code === 'file_not_found') return false;
    throw error;
  }
}

/** Files in one message. */
export async function sendFiles(
  files: readonly MediaFile[],
  { channel, comment }: { channel: string; comment: string },
  options: UploadOptions,
): Promise<void> {
  const sent: { id: string; title: string }[] = [];
  for (const file of files) sent.push({ id: await sendBytes(file, options), title: file.name });
  const [first, ...others] = sent;
  if (!first) return;
  const all: [typeof first, ...typeof others] = [first, ...others];
  const completion = { files: all, channel_id: channel, initial_comment: comment };
  await patiently(
    () => options.client.files.completeUploadExternal(completion),
    options.clock,
    options.signal,
  );
}

/** True once it may stand in a block; false when Slack is not done in time. */
export async function isProcessed(id: string, options: UploadOptions): Promise<boolean> {
  const { client, clock, signal, processingMs, pollMs } = options;
  const until = clock.monotonic() + processingMs;
  for (;;) {
    const { file } = Processed.parse(await patiently(() => client.files.info({ file: id }), clock, signal));
    if (file.mimetype && file.original_w !== undefined) return true;
    if (clock.monotonic() >= until) return false;
    await clock.sleep(pollMs, signal);
  }
}

async function sendBytes(file: Described<StoredFile | MediaFile>, options: UploadOptions): Promise<string> {
  const { client, clock, signal } = options;
  const size = sizeOf(file);
  // Slack's reference says alt_txt, its library's types alt_text
  const wanted = { filename: file.name, length: size, ...(file.alt !== undefined && { alt_txt: file.alt }) };
  const answer = await patiently(() => client.files.getUploadURLExternal(wanted), clock, signal);
  const { upload_url: url, file_id: id } = UploadAddress.parse(answer);
  const headers = { 'content-type': 'application/octet-stream' };
  const body = () => lentBytesOf(file);
  const { status } = await sendForm(url, { method: 'POST', headers, size, body, lane: 'slack', signal });
  // the address is a secret of its own and is not named; nor does anybody follow where it leads
  if (status >= 400 && status < 500 && !PASSING.includes(status)) throw new UploadRefused(status);
  if (status !== 200) throw new Error(`HTTP ${status} from the upload address`);
  return id;
}
