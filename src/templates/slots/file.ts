/** What all types have in common whose values are files that people attach. */
import { z } from 'zod';
import { EaselError } from '../../core/errors.ts';
import type { FileSlot, SlotType } from '../../core/template.ts';
import type { FileFormat, FileRule, SlotTypeDefinition } from './definition.ts';
import { asText, intoAll } from './parts.ts';
import { base, Into } from './schema-parts.ts';

/**
 * Bytes of one, of whatever type. What is attached passes through memory, and Comfy Cloud takes 50 MB; most that people
 * send in a chat is far below this.
 */
export const MAX_FILE_BYTES = 25 * 1024 * 1024;

type FileDefinition<T extends SlotType> = SlotTypeDefinition<FileSlot<T>> & { file: FileRule };

/** `about`: what one is, for who writes a template. */
export function fileType<T extends SlotType>(
  type: T,
  about: string,
  rule: Pick<FileRule, 'formats' | 'picture' | 'problems'>,
): FileDefinition<T> {
  const { formats, problems } = rule;
  const types = [...new Set(formats.map((format) => format.type))];
  const endings = [...new Set(formats.flatMap((format) => format.endings))];
  return {
    schema: z.strictObject({ type: z.literal(type), into: Into, ...base }).describe(about),
    file: { ...rule, maxBytes: MAX_FILE_BYTES },
    source: true,
    field: () => ({ kind: 'file', types, endings, maxBytes: MAX_FILE_BYTES }),
    read(slot, _slot, raw) {
      if (typeof raw !== 'object') throw new EaselError(problems.unlike(slot, asText(raw)));
      return raw.name;
    },
    trial: () => undefined,
    write: intoAll,
    lands: (_slot, _path, _own, unasked) => unasked,
    // the author's own files are on the author's server only, so every one of them must be given
    suggest: ({ path, own }) =>
      typeof own === 'string' ? { type, into: [path], required: true } : undefined,
    facts: () => [],
    editFields: () => [],
    edited: () => ({}),
  };
}

/** Of a file that goes to the backend as it is, once it begins as one of these formats does. */
export function mediaType<T extends SlotType>(
  type: T,
  about: string,
  formats: readonly FileFormat[],
): FileDefinition<T> {
  const names = formats.map(({ name }) => name);
  return fileType(type, about, {
    formats,
    problems: {
      unlike: (slot, name) => ({ code: 'not-such-a-file', slot, type, name, formats: names }),
      tooLarge: (slot, size) => ({ code: 'attached-too-large', slot, type, size, maxSize: MAX_FILE_BYTES }),
      unreachable: (slot, name) => ({ code: 'attached-unreachable', slot, type, name }),
      notKept: (slot) => ({ code: 'again-needs-file', slot, type }),
    },
  });
}
