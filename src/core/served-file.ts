/** How a file is answered over HTTP: ranges, conditions and a name that is safe in a header; where it comes from is for others. */
import { clip, oneLine } from './text.ts';

export interface FileRequest {
  method: string;
  /** As the headers `Range`, `If-Range` and `If-None-Match` have them. */
  range?: string | undefined;
  ifRange?: string | undefined;
  ifNoneMatch?: string | undefined;
}

/** `part`: which bytes follow, the last one included; undefined: none. */
export type FileAnswer = { headers: Record<string, string> } & (
  | { status: 200 | 206; part: { start: number; end: number } }
  | { status: 200 | 206 | 304 | 416; part: undefined }
);

/** Even if a browser took it for a page, it could do nothing. */
export const HARMLESS = {
  'content-security-policy': "sandbox; default-src 'none'",
  'x-content-type-options': 'nosniff',
} as const;

/** More digits than any size has. */
const RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/** `size` in bytes. `etag`, quoted, where the file has one: without it no condition holds. */
export function answerTo(asked: FileRequest, size: number, etag?: string): FileAnswer {
  const headers = { 'accept-ranges': 'bytes', ...(etag !== undefined && { etag }) };
  if (etag !== undefined && isAmong(asked.ifNoneMatch, etag))
    return { status: 304, headers, part: undefined };
  const isHead = asked.method === 'HEAD';
  // of another version than the one that somebody has begun with they need all
  const isMeant = !isHead && (asked.ifRange === undefined || asked.ifRange === etag);
  const range = isMeant ? readRange(asked.range, size) : undefined;
  if (range === 'none') {
    const answered = { ...headers, 'content-range': `bytes */${size}`, 'content-length': '0' };
    return { status: 416, headers: answered, part: undefined };
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  const answered: Record<string, string> = { ...headers, 'content-length': String(end - start + 1) };
  if (range) answered['content-range'] = `bytes ${start}-${end}/${size}`;
  const status = range ? 206 : 200;
  if (isHead || size === 0) return { status, headers: answered, part: undefined };
  return { status, headers: answered, part: { start, end } };
}

/** Undefined: everything is asked for; several ranges at once are answered with everything too, as HTTP allows. */
function readRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'none' | undefined {
  const [, from = '', to = ''] = RANGE.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  // without a beginning it is so many bytes at the end
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(size - 1, Number(to));
  return start <= end ? { start, end } : 'none';
}

function isAmong(header: string | undefined, etag: string): boolean {
  const tags = header?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return tags.includes(etag);
}

/** In UTF-16 units. */
const MAX_NAME = 150;

/** `Content-Disposition` as RFC 8187 wants it: a name of one line that leads nowhere and hides nothing. */
export function attachment(name: string): string {
  return `attachment; filename*=UTF-8''${percentEncoded(safeName(name))}`;
}

/** What was made elsewhere and is stored on somebody's disk: no folders, nothing invisible, its extension kept. */
function safeName(name: string): string {
  const line = oneLine(name)
    .replaceAll(/[\\/:*?"<>|]/g, '_')
    .replace(/^[\s.]+/, '')
    .trim();
  const extension = /\.\w{1,10}$/.exec(line)?.[0] ?? '';
  const stem = clip(line.slice(0, line.length - extension.length), MAX_NAME);
  return `${stem}${extension}` || 'file';
}

export function percentEncoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
