/** Tells a network that failed from a mistake of ours: both may be a TypeError. */

/** What `fetch` rejects with, in the beginning or midway. */
const FETCH = /^(fetch failed|terminated)$/;

/** No answer came: not reached, cut off, or not in time. */
export function isNetworkTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ['TimeoutError', 'AbortError'].includes(error.name) || FETCH.test(error.message);
}
