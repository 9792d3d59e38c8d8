/** The pictures of a final reply on their way into Slack, each uploaded once for all tries of it. */
import type { Job } from '../../../core/job.ts';
import type { StoredFile } from '../../../core/files.ts';
import { catalogue } from '../../../i18n/index.ts';
import { ReplyAddress } from '../events/context.ts';
import { isPassing, slackError } from '../errors.ts';
import { isProcessed, uploadFile, type Described, type UploadOptions } from './files.ts';
import type { Image } from './message.ts';
import type { ReplyOptions } from './ways.ts';

/** What an image block may show. */
export const PICTURES = ['image/png', 'image/jpeg', 'image/gif'];

/** Before Slack's word, where it did not take a picture. */
export const REFUSED = '!';

export interface Uploaded {
  images: Image[];
  /** One was not processed in time, or Slack does not say: none may stand in a block. */
  slow: boolean;
  /** A sentence for each that Slack did not take: the words at least arrive. */
  refused: { file: StoredFile; text: string }[];
}

/** What is uploaded is noted in `job.reply`, and written down by `remember`. Rejects with what may pass. */
export async function uploadPictures(
  job: Job,
  files: readonly Described[],
  remember: () => Promise<void>,
  upload: UploadOptions,
  { log, lacking }: Pick<ReplyOptions, 'log' | 'lacking'>,
): Promise<Uploaded> {
  const uploaded: Uploaded = { images: [], slow: false, refused: [] };
  const { notUploaded } = catalogue(job.locale).slack;
  for (const [index, file] of files.entries()) {
    const key = String(index);
    const before = known()[key];
    if (before?.startsWith(REFUSED)) {
      uploaded.refused.push({ file, text: notUploaded(file.name, before.slice(REFUSED.length)) });
      continue;
    }
    try {
      const id = await uploadFile(file, upload, { known: before, note: (sent) => noted(key, sent) });
      const processed = await isUsable(id);
      uploaded.images.push({ id, name: file.name });
      uploaded.slow = !processed;
    } catch (error) {
      if (isPassing(error)) throw error;
      const { code = '' } = slackError(error);
      lacking(error);
      log.error({ slack: code, err: error }, 'slack did not take a picture');
      uploaded.refused.push({ file, text: notUploaded(file.name, code) });
      await noted(key, REFUSED + code);
    }
    if (uploaded.slow) break;
  }
  return uploaded;

  function known(): Record<string, string> {
    return ReplyAddress.parse(job.reply).uploaded ?? {};
  }

  async function noted(key: string, id: string): Promise<void> {
    job.reply = { ...ReplyAddress.parse(job.reply), uploaded: { ...known(), [key]: id } };
    await remember();
  }

  /** Whether it may stand in a block. */
  async function isUsable(id: string): Promise<boolean> {
    try {
      return await isProcessed(id, upload);
    } catch (error) {
      if (isPassing(error)) throw error;
      log.warn({ slack: slackError(error).code, err: error }, 'slack does not say what became of a picture');
      return false;
    }
  }
}
