/**
 * What was sent with a form until it is taken: Discord gives a refused form back to nobody, so that whoever opens it again
 * finds it as they sent it, whatever kept it from being taken. In memory; after a restart a template's panel still shows it.
 */
import type { Interaction } from 'discord.js';
import { LRUCache } from 'lru-cache';
import type { Entered } from '../../../commands/index.ts';
import type { Field, FieldValue, Screen } from '../../../core/screen.ts';
import { expiring, type Clock } from '../../../core/time.ts';
import type { Catalogue } from '../../../i18n/index.ts';

/** Forms, each of five texts of 4000 characters at most, and for how long, in ms: files that come along are there as long. */
const MAX_HELD = 500;
const HOLD_MS = 60 * 60_000;

export interface HeldForms {
  hold(form: FormOf, entered: Entered): void;
  /** Empty where nothing is held. */
  of(form: FormOf): Entered;
  drop(form: FormOf): void;
}

/** Whose form it is, where, and of which screen. */
export interface FormOf {
  user: string;
  guild: string;
  at: string;
}

export function createHeldForms(clock: Clock): HeldForms {
  const held = new LRUCache<string, Entered>({ max: MAX_HELD, ...expiring(clock, HOLD_MS) });
  const keyOf = ({ user, guild, at }: FormOf) => `${user} ${guild} ${at}`;
  return {
    // a screen may have several forms
    hold: (form, entered) => void held.set(keyOf(form), { ...held.get(keyOf(form)), ...entered }),
    of: (form) => held.get(keyOf(form)) ?? {},
    drop: (form) => void held.delete(keyOf(form)),
  };
}

export function formKey({ user, guildId }: Pick<Interaction, 'user' | 'guildId'>, at: string): FormOf {
  return { user: user.id, guild: guildId ?? '', at };
}

/** Files that are held for some of `fields`: a form cannot be given them again. */
export function filesHeld(held: Entered, fields: readonly Field[]): Entered {
  const keys = new Set(fields.map(({ key }) => key));
  return Object.fromEntries(Object.entries(held).filter(([key, value]) => keys.has(key) && isFile(value)));
}

/** A screen's fields with what was sent for them. */
export function withHeld(screen: Screen, held: Entered, { form }: Catalogue): Screen {
  return { ...screen, fields: screen.fields.map((field) => fieldWith(field, held[field.key], form)) };
}

function fieldWith(field: Field, value: Entered[string] | undefined, { keptFile }: Catalogue['form']): Field {
  if (value === undefined) return field;
  if (field.kind === 'file')
    return isFile(value) ? { ...field, required: false, hint: keptFile(value.name) } : field;
  if (isFile(value)) return field;
  switch (field.kind) {
    case 'yes-no':
      return typeof value === 'boolean' ? { ...field, value } : field;
    case 'text':
    case 'long-text':
    case 'number':
    case 'one-of':
      return typeof value === 'string' ? { ...field, value } : field;
    case 'some-of':
    case 'people':
    case 'roles':
    case 'channels':
      return isList(value) ? { ...field, value } : field;
  }
}

function isFile(value: Entered[string] | undefined): value is Exclude<Entered[string], FieldValue> {
  return typeof value === 'object' && !isList(value);
}

function isList(value: Entered[string]): value is readonly string[] {
  return Array.isArray(value);
}
