/** Where nothing is a slot: inside of brackets, as in `(large size:1.3)`, and of quotes amid other words. */

const CLOSING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const BRACKET = /\\?[()[\]{}]/g;
/** Inches are no quote: `a 5" pipe`. */
const QUOTE = /(?<=^|[\s(:：])["“”„＂][^"“”＂]*["“”＂](?=$|[\s,.;:!?)、。，！？])/g;

/** Only what is closed again encloses anything; `\(` is none. Answers for places in `text`, in ascending order. */
export function enclosedIn(text: string): (at: number) => boolean {
  const spans: { from: number; to: number }[] = [];
  const open: { mark: string; from: number }[] = [];
  for (const { 0: mark, index } of text.matchAll(BRACKET)) {
    if (mark.length > 1) continue;
    const opening = CLOSING[mark];
    if (opening === undefined) open.push({ mark, from: index });
    else if (open.at(-1)?.mark === opening) spans.push({ from: open.pop()?.from ?? index, to: index });
  }
  for (const { 0: quoted, index } of text.matchAll(QUOTE))
    spans.push({ from: index, to: index + quoted.length - 1 });
  const inOrder = spans.toSorted((a, b) => a.from - b.from);
  let next = 0;
  let until = -1;
  return (at) => {
    for (; next < inOrder.length && (inOrder[next]?.from ?? at) < at; next += 1)
      until = Math.max(until, inOrder[next]?.to ?? -1);
    return at <= until;
  };
}
