/** When a server that refuses says to come again: seconds, or an HTTP date, which counts by the server's own clock. */
const SECONDS = /^\d{1,12}(\.\d{1,6})?$/;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
/** Nobody waits longer on a stranger's word. */
export const MAX_RETRY_AFTER_MS = 60 * 60_000;

/** In ms from the answer, which says by `date` when it was made; undefined for what cannot be understood. */
export function readRetryAfter(header: string | undefined, date: string | undefined): number | undefined {
  const text = header?.trim() ?? '';
  const ms = SECONDS.test(text) ? Number(text) * 1000 : timeOf(text) - (timeOf(date ?? '') || Date.now());
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), MAX_RETRY_AFTER_MS);
}

/** `Date.parse` alone takes nearly anything. */
function timeOf(text: string): number {
  return HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
}
