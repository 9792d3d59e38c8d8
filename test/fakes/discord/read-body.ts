/** Request bodies: JSON, or multipart with `payload_json` and `files[n]`. */
import type { Call } from './http-types.ts';
import { Refusal } from './refusal.ts';
import type { UploadedFile } from './uploads.ts';

interface Body {
  readonly payload: unknown;
  readonly files: readonly UploadedFile[];
}

export async function readBody(call: Call): Promise<Body> {
  const type = call.req.header('content-type') ?? '';
  if (type.startsWith('multipart/form-data')) return readForm(await call.req.raw.formData());
  const text = await call.req.text();
  return { payload: text === '' ? undefined : parse(text), files: [] };
}

async function readForm(form: FormData): Promise<Body> {
  let payload: unknown;
  const files: UploadedFile[] = [];
  for (const [name, value] of form.entries()) {
    const index = /^files\[(\d+)\]$/.exec(name)?.[1];
    if (name === 'payload_json' && typeof value === 'string') payload = parse(value);
    else if (index !== undefined && typeof value !== 'string') {
      const bytes = Buffer.from(await value.arrayBuffer());
      files.push({ index, filename: value.name, contentType: value.type || undefined, bytes });
    } else throw new Refusal(400, 50035, `Invalid Form Body: unexpected part ${name}`);
  }
  return { payload, files };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 50109, 'The request body contains invalid JSON.');
  }
}
