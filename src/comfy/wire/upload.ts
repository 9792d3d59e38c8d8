/** `POST /api/upload/image`: stores a file in the input folder. */
import type { StoredFile } from '../../core/files.ts';
import { multipart } from '../../core/multipart.ts';
import { askJson, type Http } from './http.ts';
import { UploadAnswer } from './schema.ts';

/** Resolves to where it is, which need not be under its own name. Rejects with EaselError. */
export async function postImage(
  http: Http,
  file: StoredFile,
  subfolder: string | undefined,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<UploadAnswer> {
  const folder = subfolder !== undefined && { subfolder };
  const form = multipart({ type: 'input', ...folder, overwrite: 'false' }, [{ field: 'image', file }]);
  const ask = { method: 'POST', form, timeoutMs, signal, purpose: 'upload' } as const;
  return askJson(http, UploadAnswer, 'api/upload/image', ask);
}
