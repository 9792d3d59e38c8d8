/** How many requests came when, and what people saw first: for tests of outages, on the fakes' own records. */

interface Dated {
  /** In ms since 1970. */
  readonly at: number;
}

/** Those that came at `from` or later, and before `to`. */
export function between<R extends Dated>(requests: readonly R[], from: number, to = Infinity): R[] {
  return requests.filter(({ at }) => at >= from && at < to);
}

/** Requests in each second from `from` on, the first one first, with a 0 for a quiet one. */
export function perSecond(requests: readonly Dated[], from: number, to: number): number[] {
  const counts = Array.from({ length: Math.max(1, Math.ceil((to - from) / 1000)) }, () => 0);
  for (const { at } of between(requests, from, to)) {
    const second = Math.floor((at - from) / 1000);
    counts[second] = (counts[second] ?? 0) + 1;
  }
  return counts;
}

/** Messages in the order in which each first was what is looked for; those that never were are left out. */
export function inOrder<M extends { readonly edits: readonly Dated[] }>(
  messages: Iterable<M>,
  shows: (version: M['edits'][number]) => boolean,
): M[] {
  return [...messages]
    .flatMap((message) => {
      const first = message.edits.find(shows);
      return first ? [{ message, at: first.at }] : [];
    })
    .toSorted((one, other) => one.at - other.at)
    .map(({ message }) => message);
}
