/** Forms with files, as a browser sends them. */
import type { Context } from 'hono';
import { clip, oneLine } from '../../core/text.ts';
import type { Attachment } from '../../templates/values.ts';

/** Bytes of a whole form: a picture and some words. */
export const MAX_FORM_BYTES = 32 * 1024 * 1024;
/** Of a file's name, in UTF-16 units. */
const MAX_NAME = 100;

export function isMultipart(context: Context): boolean {
  return /^multipart\/form-data\b/i.test(context.req.header('content-type') ?? '');
}

/** Undefined when it is no such form: another encoding, cut off, one field twice. */
export async function readMultipart(context: Context): Promise<Map<string, string | File> | undefined> {
  if (!isMultipart(context)) return undefined;
  let sent: FormData;
  try {
    sent = await context.req.formData();
  } catch {
    return undefined; // cut off, or no multipart at all
  }
  const fields = new Map(sent);
  return fields.size === [...sent].length ? fields : undefined;
}

export function attachmentOf(file: File): Attachment {
  return {
    name: clip(oneLine(file.name), MAX_NAME),
    size: file.size,
    load: async () => new Uint8Array(await file.arrayBuffer()),
  };
}
