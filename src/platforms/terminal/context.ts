/** What is typed → caller and raw values. A file slot takes the path of a file. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseValues } from '../../commands/parse.ts';
import type { Caller } from '../../core/chat.ts';
import { EaselError } from '../../core/errors.ts';
import type { Template } from '../../core/template.ts';
import { fileProblems, mainTextSlot, typeOf } from '../../templates/slots/index.ts';
import type { Attachment, RawValues } from '../../templates/values.ts';

export const TERMINAL = 'terminal';

/** The person at the terminal owns the place. */
export const TERMINAL_CALLER: Caller = {
  platform: TERMINAL,
  guild: TERMINAL,
  user: 'you',
  locale: 'en',
  admin: true,
};

/** Throws EaselError for what cannot be read. */
export async function terminalValues(template: Template, rest: string): Promise<RawValues> {
  const typed = parseValues(rest, { slots: template.slots, main: mainTextSlot(template) });
  const raw: RawValues = {};
  for (const [name, value] of Object.entries(typed)) {
    const slot = template.slots[name];
    const rule = slot && typeOf(slot).file;
    raw[name] = rule ? await attachment(name, value, rule.problems) : value;
  }
  return raw;
}

/** Words as a shell would read them: what stands in double quotes is one. */
export function readWords(line: string): string[] {
  const words: string[] = [];
  for (const [word] of line.matchAll(/(?:"[^"]*"|[^\s"]+)+/g)) words.push(word.replaceAll('"', ''));
  return words;
}

/** Throws EaselError for a file that is not there. */
export async function attachment(
  slot: string,
  path: string,
  { unreachable } = fileProblems(),
): Promise<Attachment> {
  try {
    const { size } = await stat(path);
    return { name: basename(path), size, load: (signal) => readFile(path, { signal }) };
  } catch (error) {
    throw new EaselError(unreachable(slot, path), { cause: error });
  }
}
