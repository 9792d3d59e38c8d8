/**
 * Comfy Cloud's second origin: `/api/view` redirects to a signed URL on another host, which must never see the API
 * key. This one counts whether it did.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FileStore } from '../files.ts';
import { fileResponse } from './view.ts';
import type { Counters } from '../faults/stats.ts';

export class SignedFiles {
  readonly #secret = randomBytes(32);
  readonly #files: FileStore;
  readonly #stats: Counters;
  readonly #apiKey: string;
  /** Known once the origin listens. */
  origin = '';

  constructor(files: FileStore, stats: Counters, apiKey: string) {
    this.#files = files;
    this.#stats = stats;
    this.#apiKey = apiKey;
  }

  /** `ms`: how long the URL is good for. */
  url(name: string, ms: number): string {
    const expires = String(Date.now() + ms);
    const query = new URLSearchParams({ expires, signature: this.#sign(name, expires) });
    return `${this.origin}/files/${encodeURIComponent(name)}?${query.toString()}`;
  }

  answer(request: Request): Response {
    const url = new URL(request.url);
    const { headers } = request;
    const carried = [headers.get('x-api-key'), headers.get('authorization'), headers.get('cookie')];
    const leaked = this.#apiKey !== '' && decodeURIComponent(request.url).includes(this.#apiKey);
    if (leaked || carried.some((value) => value !== null)) this.#stats.keysSeenOnFilesOrigin += 1;

    const name = decodeURIComponent(url.pathname.replace(/^\/files\//, ''));
    const expires = url.searchParams.get('expires') ?? '';
    const signature = url.searchParams.get('signature') ?? '';
    const good = Buffer.from(this.#sign(name, expires));
    const given = Buffer.from(signature);
    const signed = good.length === given.length && timingSafeEqual(good, given);
    if (!signed || Number(expires) < Date.now()) return new Response('Signature expired', { status: 403 });
    const file = this.#files.find(name);
    if (!file) return new Response(null, { status: 404 });
    this.#stats.views += 1;
    return fileResponse(file, headers.get('range') ?? undefined);
  }

  #sign(name: string, expires: string): string {
    return createHmac('sha256', this.#secret).update(`${name}\n${expires}`).digest('base64url');
  }
}
