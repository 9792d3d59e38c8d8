/** Bodies of requests, as chats take them. Nothing here throws for what a client has sent. */
import type { IncomingMessage } from 'node:http';

/** Rejects when the client breaks off. */
export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : undefined;
}

export type FormPart =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly filename: string; readonly type: string; readonly bytes: Buffer };

export function isForm(contentType: string): boolean {
  return contentType.startsWith('multipart/form-data');
}

/** The parts of a multipart body, in their order. Rejects when it is broken or cut off. */
export async function readParts(body: Pick<Request, 'formData'>): Promise<FormPart[]> {
  const parts: FormPart[] = [];
  for (const [name, value] of await body.formData())
    if (typeof value === 'string') parts.push({ name, text: value });
    else {
      const bytes = Buffer.from(await value.arrayBuffer());
      parts.push({ name, filename: value.name, type: value.type, bytes });
    }
  return parts;
}
