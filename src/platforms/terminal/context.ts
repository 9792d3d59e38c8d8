/** Who is at the terminal, and files by the paths that they type. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Caller } from '../../core/chat.ts';
import { EaselError } from '../../core/errors.ts';
import type { Field } from '../../core/screen.ts';
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
    const isPicture = types.every((type) => type.startsWith('image/'));
    const problem = isPicture
      ? ({ code: 'image-unreachable', slot, name: path } as const)
      : ({ code: 'file-unreachable', file: path } as const);
    throw new EaselError(problem, { cause: error });
  }
}
