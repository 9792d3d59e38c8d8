/**
 * What a form had when it was opened, in short enough a text for a custom id: Discord does not give it back. Short values
 * as they are, a long one as a hash.
 */
import { createHash } from 'node:crypto';
import type { Shown } from '../../../commands/index.ts';
import { EaselError } from '../../../core/errors.ts';
import { shownValue, type Field, type FieldValue } from '../../../core/screen.ts';
import { clip } from '../../../core/text.ts';
import { shownInMenu } from './options.ts';

/** `room`: characters. Empty where it is too long all the same. */
export function markOf(fields: readonly Field[], room: number): string {
  const mark = fields.map((field) => partOf(field)).join(',');
  return mark.length <= room ? mark : '';
}

/**
 * What the form had, by field; `now`: the fields as they would be shown now. Undefined where nobody knows. Throws
 * EaselError `setting-changed` where a long one is another one by now.
 */
export function readMark(mark: string, now: readonly Field[]): Shown | undefined {
  if (mark === '') return undefined;
  const parts = mark.split(',');
  const shown: Record<string, FieldValue> = {};
  for (const [index, field] of now.entries()) {
    const { [index]: part = '' } = parts;
    const value = shownValue(field);
    if (value === undefined) continue;
    if (field.kind === 'yes-no') shown[field.key] = part === '1';
    else if (typeof value === 'string' && field.kind !== 'long-text')
      shown[field.key] = decodeURIComponent(part);
    else if (partOf(field) === part) shown[field.key] = shownInMenu(field) ?? value;
    else
      throw new EaselError({ code: 'setting-changed', setting: field.key, value: clip(String(value), 100) });
  }
  return shown;
}

function partOf(field: Field): string {
  const value = shownValue(field);
  if (value === undefined) return '';
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'string' && field.kind !== 'long-text') return encodeURIComponent(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
