/** A script of the pages, as far as it needs no browser. */

/** `path`: in the pages' folder. The pages' own types are another program's, so whoever asks says what it expects. */
export async function pageScript<Script>(path: string): Promise<Script> {
  const { href } = new URL(`../../../../src/platforms/web/page/${path}`, import.meta.url);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above; a test that expects the wrong thing fails
  return (await import(href)) as Script;
}
