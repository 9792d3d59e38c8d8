/** The pictures of a final reply on their way into Slack, each uploaded once for all tries of it. */
import type { Job } from '../../core/job.ts';
import type { StoredFile } from '../../core/files.ts';
import type { Log } from '../../core/log.ts';
import { catalogue } from '../../i18n/index.ts';
import { ReplyAddress } from './context.ts';
import { isPassing, slackError } from './errors.ts';
import { isProcessed, uploadFile, type UploadOptions } from './files.ts';
import type { Image } from './message.ts';

/** What an image block may show. */
export const PICTURES = ['image/png', 'image/jpeg', 'image/gif'];

export interface Uploaded {
  images: Image[];
  /** One was not processed in time, or Slack does not say: none may stand in a block. */
  slow: boolean;
  /** A sentence for each that Slack did not take: the words at least arrive. */
  refused: string[];
}

/** It was uploaded once, and is not there any more. */
const LOST = ['file_not_found', 'file_deleted'];

/** What is uploaded is noted in `job.reply`, and written down by `remember`. Rejects with what may pass. */
export async function uploadPictures(
  job: Job,
  files: readonly StoredFile[],
  remember: () => Promise<void>,
  upload: UploadOptions,
  log: Log,
): Promise<Uploaded> {
  const uploaded: Uploaded = { images: [], slow: false, refused: [] };
  for (const [index, file] of files.entries()) {
    try {
      const { id, processed } = await ready(String(index), file);
      uploaded.images.push({ id, name: file.name });
      uploaded.slow = !processed;
    } catch (error) {
      if (isPassing(error)) throw error;
      const { code = '' } = slackError(error);
      log.error({ slack: code, err: error }, 'slack did not take a picture');
      uploaded.refused.push(catalogue(job.locale).slack.notUploaded(file.name, code));
    }
    if (uploaded.slow) break;
  }
  return uploaded;

  async function ready(key: string, file: StoredFile): Promise<{ id: string; processed: boolean }> {
    const { uploaded: known = {} } = ReplyAddress.parse(job.reply);
    const before = known[key];
    if (before !== undefined) {
      const processed = await isUsable(before);
      if (processed !== 'lost') return { id: before, processed };
    }
    const id = await uploadFile(file, upload);
    job.reply = { ...ReplyAddress.parse(job.reply), uploaded: { ...known, [key]: id } };
    await remember();
    return { id, processed: (await isUsable(id)) === true };
  }

  /** Whether it may stand in a block. */
  async function isUsable(id: string): Promise<boolean | 'lost'> {
    try {
      return await isProcessed(id, upload);
    } catch (error) {
      if (isPassing(error)) throw error;
      const { code = '' } = slackError(error);
      log.warn({ slack: code, err: error }, 'slack does not say what became of a picture');
      return LOST.includes(code) ? 'lost' : false;
    }
  }
}
