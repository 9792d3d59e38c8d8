/** Tells a mistake of ours, or a disk of ours, from a platform and a network that fail: those are waited for, these are not. */

const MISTAKES = ['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'AssertionError', 'ZodError'];
/** What `fetch` calls a network that failed is a TypeError, too. */
const NETWORK = /^(fetch failed|terminated)$/;

export function isOwnFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // Node's `fs` names the file, its sockets name none
  if ('syscall' in error && 'path' in error) return true;
  return MISTAKES.includes(error.name) && !NETWORK.test(error.message);
}

/** Tries at one body before the next plainer one. */
const TRIES = 2;
const BODIES = [undefined, 'plain', 'words', 'note'] as const;

/** What is still tried after so many faults of our own; `nothing`: it is given up. */
export function bodyAfter(faults: number): (typeof BODIES)[number] | 'nothing' {
  const level = Math.floor(faults / TRIES);
  return level < BODIES.length ? BODIES[level] : 'nothing';
}
