/**
 * Uploads are encoded in full before they are sent. discord.js would stream them, and a streamed form that is aborted or
 * loses its connection rejects where nobody can catch it (Node 24's own undici), which ends the process.
 */
import { DefaultRestOptions, type RESTOptions } from 'discord.js';
import { z } from 'zod';

/** As discord.js writes headers. */
const Plain = z.record(z.string(), z.string()).default({});

/** For discord.js's `rest.makeRequest`. */
export const sendWhole: RESTOptions['makeRequest'] = async (url, init) => {
  if (!(init.body instanceof FormData)) return DefaultRestOptions.makeRequest(url, init);
  const encoded = new Response(init.body);
  const headers = { ...Plain.parse(init.headers), 'Content-Type': encoded.headers.get('content-type') ?? '' };
  const body = new Uint8Array(await encoded.arrayBuffer());
  return DefaultRestOptions.makeRequest(url, { ...init, headers, body });
};
