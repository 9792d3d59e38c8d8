/**
 * Messages with files, from disk: `withFiles` for discord.js's `rest.patch` and `rest.post`, which hand its body to
 * `sendStreamed` as it is. Rate limits, retries and errors stay discord.js's own.
 */
import { DefaultRestOptions, type RESTOptions, type RequestData } from 'discord.js';
import { z } from 'zod';
import { multipart, type Multipart } from '../../../core/multipart.ts';
import type { Attached } from '../../kit/fit-files.ts';
import { sendForm } from '../../kit/send-form.ts';

/** A form of ours, which says itself when it is given up: discord.js's own timeout knows no large files. */
class Form {
  readonly multipart: Multipart;
  readonly signal: AbortSignal;
  constructor(form: Multipart, signal: AbortSignal) {
    this.multipart = form;
    this.signal = signal;
  }
}

/** `body` names the files in its `attachments`, by their place. */
export function withFiles(body: object, files: readonly Attached[], signal: AbortSignal): RequestData {
  if (files.length === 0) return { body, signal };
  const parts = files.map((file, index) => ({ field: `files[${index}]`, file }));
  const form = multipart({ payload_json: JSON.stringify(body) }, parts);
  return { body: new Form(form, signal), passThroughBody: true, signal };
}

/** As discord.js writes headers. */
const Plain = z.record(z.string(), z.string()).default({});

/** For discord.js's `rest.makeRequest`. */
export const sendStreamed: RESTOptions['makeRequest'] = async (url, init) => {
  const { body: form } = init;
  if (form instanceof FormData) return sendWhole(url, init, form);
  if (!(form instanceof Form)) return DefaultRestOptions.makeRequest(url, init);
  const { status, headers, answer } = await sendForm(url, {
    method: init.method === 'PATCH' ? 'PATCH' : 'POST',
    headers: { ...Plain.parse(init.headers), 'content-type': form.multipart.contentType },
    size: form.multipart.size,
    body: () => form.multipart.read(),
    lane: 'discord',
    signal: form.signal,
  });
  const known = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  );
  const isEmpty = answer.length === 0;
  return new Response(isEmpty ? null : Buffer.from(answer), { status, headers: known });
};

/** discord.js's own forms, of an exported template's small files: encoded first, since streamed ones end the process. */
async function sendWhole(
  url: string,
  init: Parameters<RESTOptions['makeRequest']>[1],
  form: FormData,
): ReturnType<RESTOptions['makeRequest']> {
  const encoded = new Response(form);
  const headers = { ...Plain.parse(init.headers), 'Content-Type': encoded.headers.get('content-type') ?? '' };
  const body = new Uint8Array(await encoded.arrayBuffer());
  return DefaultRestOptions.makeRequest(url, { ...init, headers, body });
}
