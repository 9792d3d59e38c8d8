/** Fetches what a person attached, only from the platform's own hosts, with bounds on size and time. */

export interface DownloadOptions {
  /** Origins that may be asked, e.g. `https://cdn.discordapp.com`. */
  origins: readonly string[];
  maxBytes: number;
  signal: AbortSignal;
  /** Only sent to those origins, since no redirect is followed. */
  headers?: Record<string, string>;
}

/** No redirect is followed. Throws Error (never naming the query, which may be signed) or the signal's reason. */
export async function download(
  address: string,
  { origins, maxBytes, signal, headers = {} }: DownloadOptions,
): Promise<Uint8Array> {
  const url = new URL(address);
  const place = `${url.origin}${url.pathname}`;
  // a blob: has the origin that made it
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  if (!isWeb || !origins.includes(url.origin))
    throw new Error(`not one of the platform's own hosts: ${place}`);
  const response = await fetch(url, { redirect: 'error', signal, headers });
  if (!response.ok || !response.body) throw new Error(`HTTP ${response.status} from ${place}`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    // leaving the loop cancels the download
    if (size > maxBytes) throw new Error(`more than ${maxBytes} bytes from ${place}`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
