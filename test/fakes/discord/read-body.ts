/** Request bodies: JSON, or multipart with `payload_json` and `files[n]`. */
import { isForm, parseJson, readParts } from '../http/bodies.ts';
import type { Call } from './http-types.ts';
import { Refusal } from './refusal.ts';
import type { UploadedFile } from './uploads.ts';

interface Body {
  readonly payload: unknown;
  readonly files: readonly UploadedFile[];
}

export async function readBody(call: Call): Promise<Body> {
  const type = call.req.header('content-type') ?? '';
  if (isForm(type)) return readForm(call.req.raw);
  const text = await call.req.text();
  return { payload: text === '' ? undefined : parse(text), files: [] };
}

async function readForm(request: Request): Promise<Body> {
  let payload: unknown;
  const files: UploadedFile[] = [];
  for (const part of await readParts(request)) {
    const index = /^files\[(\d+)\]$/.exec(part.name)?.[1];
    if (part.name === 'payload_json' && 'text' in part) payload = parse(part.text);
    else if (index !== undefined && 'bytes' in part) {
      const { filename, type, bytes } = part;
      files.push({ index, filename, contentType: type || undefined, bytes });
    } else throw new Refusal(400, 50035, `Invalid Form Body: unexpected part ${part.name}`);
  }
  return { payload, files };
}

function parse(text: string): unknown {
  const read = parseJson(text);
  if (read === undefined) throw new Refusal(400, 50109, 'The request body contains invalid JSON.');
  return read;
}
