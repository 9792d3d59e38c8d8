/**
 * A message on Discord without what it has as code: a block in three backticks at the begin of a line, a span in one. In
 * these nothing has an effect; a backtick behind a backslash begins none.
 */
export function outsideCode(content: string): string {
  return content.replaceAll(/^```\n[^`]+\n```$/gm, '').replaceAll(/(?<!\\)`[^`\n]+`/g, '');
}
