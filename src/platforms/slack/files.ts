/**
 * Pictures into Slack by the external upload: an address, the bytes, then completion. Slack goes on processing for a
 * while after that, and a block that names an unprocessed file is refused: so it is asked until it is done.
 */
import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { MediaFile } from '../../core/run.ts';
import type { Clock } from '../../core/time.ts';
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

const UploadAddress = z.object({ upload_url: z.string(), file_id: z.string() });
const Processed = z.object({
  file: z.object({ mimetype: z.string().nullish(), original_w: z.number().optional() }),
});

/** One file, uploaded and completed but shown nowhere yet. Resolves to its id. */
export async function uploadFile(file: MediaFile, options: UploadOptions): Promise<string> {
  const id = await sendBytes(file, options);
  await patiently(
    () => options.client.files.completeUploadExternal({ files: [{ id, title: file.name }] }),
    options.clock,
    options.signal,
  );
  return id;
}

/** Files posted as messages of their own, in this order. */
export async function shareFiles(
  files: MediaFile[],
  { channel, thread }: { channel: string; thread: string },
  options: UploadOptions,
): Promise<void> {
  for (const file of files) {
    const id = await sendBytes(file, options);
    const shared: [{ id: string; title: string }] = [{ id, title: file.name }];
    const completion = {
      files: shared,
      channel_id: channel,
      thread_ts: thread,
    };
    await patiently(
      () => options.client.files.completeUploadExternal(completion),
      options.clock,
      options.signal,
    );
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
  const until = clock.now() + processingMs;
  for (;;) {
    const { file } = Processed.parse(await patiently(() => client.files.info({ file: id }), clock, signal));
    if (file.mimetype && file.original_w !== undefined) return true;
    if (clock.now() >= until) return false;
    await clock.sleep(pollMs, signal);
  }
}

async function sendBytes({ name, bytes }: MediaFile, options: UploadOptions): Promise<string> {
  const { client, clock, signal } = options;
  const wanted = { filename: name, length: bytes.length };
  const answer = await patiently(() => client.files.getUploadURLExternal(wanted), clock, signal);
  const { upload_url: url, file_id: id } = UploadAddress.parse(answer);
  const response = await fetch(url, { method: 'POST', body: Buffer.from(bytes), redirect: 'error', signal });
  // the address is a secret of its own and is not named
  if (!response.ok) throw new Error(`HTTP ${response.status} from the upload address`);
  return id;
}
