/** Stores an input image on the backend. */
import type { StoredFile } from '../../core/files.ts';
import { multipart } from '../../core/multipart.ts';
import { errorOfAnswer, errorOfSilence } from '../wire/refusals.ts';
import { jsonOf } from '../wire/transport.ts';
import { UploadAnswer } from '../wire/schema.ts';
import type { Server } from './deps.ts';

/** The server renames on a clash (`fox (1).png`), so only the name that it returns counts. */
export async function uploadImage(
  server: Server,
  file: StoredFile,
  folder: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  // Comfy Cloud stores by content, and has no folders.
  const byName = server.dialect.name === 'cloud';
  const inFolder = folder !== undefined && !byName && { subfolder: folder };
  const form = multipart({ type: 'input', ...inFolder, overwrite: 'false' }, [
    { field: 'image', file: { ...file, name: safeName(file.name) } },
  ]);
  const ask = { method: 'POST', form, signal, timeoutMs: server.timing.uploadMs } as const;
  const answer = await server.http.ask('api/upload/image', ask).catch((error: unknown) => {
    throw errorOfSilence(server, error);
  });
  const stored = UploadAnswer.safeParse(answer.status === 200 ? jsonOf(answer) : undefined);
  if (!stored.success) {
    throw errorOfAnswer(server, answer, 'upload', { cause: stored.error });
  }
  const { name, subfolder, type } = stored.data;
  const path = subfolder && !byName ? `${subfolder}/${name}` : name;
  // LoadImage reads from the input folder unless the name ends in another folder's name.
  return type === 'output' || type === 'temp' ? `${path} [${type}]` : path;
}

/** A name from a chat, without folders, control characters or anything else that a file system minds. */
function safeName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? '';
  const safe = base.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^\.+/, '');
  return safe.slice(-100) || 'image.png';
}
