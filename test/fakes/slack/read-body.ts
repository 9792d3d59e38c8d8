/** Request bodies as the Web API takes them: form fields with JSON inside, JSON, or multipart. */
import { asObject, isForm, parseJson, readParts } from '../http/bodies.ts';

/** Fields that are JSON text when they come in a form. */
const JSON_FIELDS = new Set(['blocks', 'attachments', 'view', 'files', 'file_ids', 'metadata']);

type Args = Readonly<Record<string, unknown>>;

/** Undefined when the body is not what its content type says. */
export function readArgs(bytes: Buffer, contentType: string): Args | undefined {
  const text = bytes.toString('utf8');
  if (contentType.startsWith('application/json')) return asObject(parseJson(text));
  const fields = Object.fromEntries(new URLSearchParams(text));
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      JSON_FIELDS.has(key) ? (parseJson(value) ?? value) : value,
    ]),
  );
}

/** The one file of a multipart upload, whatever its field is called; raw bodies are taken as they are. */
export async function readUpload(bytes: Buffer, contentType: string): Promise<Buffer> {
  if (!isForm(contentType)) return bytes;
  const headers = { 'content-type': contentType };
  const parts = await readParts(new Response(new Uint8Array(bytes), { headers }));
  return parts.find((part) => 'bytes' in part)?.bytes ?? Buffer.alloc(0);
}
