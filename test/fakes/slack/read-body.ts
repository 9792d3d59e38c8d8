/** Request bodies as the Web API takes them: form fields with JSON inside, JSON, or multipart. */
import type { IncomingMessage } from 'node:http';

/** Fields that are JSON text when they come in a form. */
const JSON_FIELDS = new Set(['blocks', 'attachments', 'view', 'files', 'file_ids', 'metadata']);

type Args = Readonly<Record<string, unknown>>;

export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

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
  if (!contentType.startsWith('multipart/form-data')) return bytes;
  const form = await new Response(new Uint8Array(bytes), {
    headers: { 'content-type': contentType },
  }).formData();
  for (const value of form.values()) {
    if (typeof value !== 'string') return Buffer.from(await value.arrayBuffer());
  }
  return Buffer.alloc(0);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function asObject(value: unknown): Args | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : undefined;
}
