/** What a command and a slot may be called, in any language. */
import { z } from 'zod';
import { clip, oneLine } from '../core/text.ts';
import { because } from './reason-of.ts';
import { MAX_DESCRIPTION } from './slots/schema-parts.ts';

/**
 * Letters without an upper case (the ー of サンプラー counts as one), digits, `-` and `_`: a word that people type, and legal
 * as a command's or an option's name in every chat.
 */
const NAME = /^[-_\p{Ll}\p{Lm}\p{Lo}\p{N}]{1,32}$/u;
/** A slot begins with a letter, so that a typed `16:9` or `-x` is never taken for one. */
const SLOT_NAME = /^[\p{Ll}\p{Lo}_][-_\p{Ll}\p{Lm}\p{Lo}\p{N}]{0,31}$/u;

export const SlotName = z
  .string()
  .refine((name) => SLOT_NAME.test(name), because({ code: 'slot-name-rule' }))
  .refine((name) => name !== '__proto__', because({ code: 'proto-name' }))
  .meta({ pattern: SLOT_NAME.source, not: { const: '__proto__' } });
export const Name = z
  .string()
  .refine((name) => NAME.test(name), because({ code: 'name-rule' }))
  .meta({ pattern: NAME.source });

/** Commands that Easel itself has; a template may not take their names, in any language. */
export const RESERVED_NAMES = [
  'again',
  'cancel',
  'easel',
  'exit',
  'help',
  'queue',
  'quit',
  'settings',
  'template',
];

/** Longer names and descriptions are cut while they are typed; what is still too long is a finding. */
const MAX_TYPED = 2 * MAX_DESCRIPTION;

/** What somebody typed as a command's name, as it would have to be: `/My Fox` → `my-fox`. */
export function cleanName(typed: string): string {
  return cleanWords(typed).replace(/^\//, '').toLowerCase().replaceAll(' ', '-');
}

/** What somebody typed as a description. */
export function cleanWords(typed: string): string {
  return clip(oneLine(typed).trim(), MAX_TYPED);
}
