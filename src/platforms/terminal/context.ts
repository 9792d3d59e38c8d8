/** Who is at the terminal, and files by the paths that they type. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Caller } from '../../core/caller.ts';
import { EaselError, type Problem } from '../../core/errors.ts';
import type { Field } from '../../core/screen.ts';
import { definitionOf, isSlotType } from '../../templates/slots/index.ts';
import type { Attachment } from '../../templates/values.ts';

export const TERMINAL = 'terminal';

/** The person at the terminal owns the place. */
export const TERMINAL_CALLER: Caller = {
  platform: TERMINAL,
  guild: TERMINAL,
  user: 'you',
  locale: 'en',
  admin: true,
};

/** What was typed, with the files that its paths name. Rejects with EaselError for one that is not there. */
export async function withFiles<T>(
  typed: Readonly<Record<string, T>>,
  fields: readonly Field[],
): Promise<Record<string, T | Attachment>> {
  const given: Record<string, T | Attachment> = { ...typed };
  for (const field of fields) {
    const path = Object.hasOwn(typed, field.key) ? typed[field.key] : undefined;
    if (field.kind === 'file' && typeof path === 'string') given[field.key] = await attachment(field, path);
  }
  return given;
}

async function attachment(
  { key: slot, types }: Extract<Field, { kind: 'file' }>,
  path: string,
): Promise<Attachment> {
  try {
    const { size } = await stat(path);
    return { name: basename(path), size, load: (signal) => readFile(path, { signal }) };
  } catch (error) {
    // a picture, a film or a recording says so; a workflow may be one of several kinds of file
    const [kind = '', ...others] = new Set(types.map((type) => type.split('/')[0] ?? ''));
    const rule = others.length === 0 && isSlotType(kind) ? definitionOf(kind).file : undefined;
    const other: Problem = { code: 'file-unreachable', file: path };
    throw new EaselError(rule?.problems.unreachable(slot, path) ?? other, { cause: error });
  }
}
