/** Addresses inside a note that can be followed: those that Easel itself serves, known by their whole text. */

/** @typedef {{ text: string, href?: string }} Part */

/**
 * @param {string} note
 * @param {readonly string[]} [links]
 * @returns {Part[]} in their order; empty parts are left away
 */
export function partsOf(note, links = []) {
  const known = links.filter((link) => /^https?:\/\//.test(link));
  /** @type {Part[]} */
  const parts = [];
  let from = 0;
  while (from < note.length) {
    const [next] = known
      .map((href) => ({ href, at: note.indexOf(href, from) }))
      .filter(({ at }) => at >= 0)
      .toSorted((one, other) => one.at - other.at);
    const end = next?.at ?? note.length;
    if (end > from) parts.push({ text: note.slice(from, end) });
    if (next) parts.push({ text: next.href, href: next.href });
    from = next ? end + next.href.length : end;
  }
  return parts;
}
