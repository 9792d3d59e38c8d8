/** Checks what a person gave against a template's slots. The sentence they get names slot, value and what is allowed. */
import { EaselError } from '../core/errors.ts';
import { choiceNames, MAX_SEED } from '../core/template.ts';
import type {
  ChoiceSlot,
  NumberSlot,
  Slot,
  SlotValue,
  SlotValues,
  Template,
  TextSlot,
} from '../core/template.ts';

/** An image that a person attached and that is not downloaded yet. */
export interface Attachment {
  name: string;
  /** Bytes, as the platform states it; undefined when it does not say. */
  size?: number | undefined;
  /** Rejects beyond the size limit, on timeout and when aborted. */
  load(signal: AbortSignal): Promise<Uint8Array>;
}

/** Values as they come from chat: already typed, or as text. */
export type RawValue = string | number | bigint | boolean | Attachment;
export type RawValues = Record<string, RawValue>;

const NO_MAX_LENGTH = 6000;

/**
 * Defaults filled in, seeds drawn, images as their file names. A slot that was not given and has no default is
 * left out: the workflow's own value stays. Throws EaselError for the first thing that is wrong.
 */
export function readValues(template: Template, raw: RawValues, drawSeed: () => bigint): SlotValues {
  const known = Object.keys(template.slots);
  for (const slot of Object.keys(raw))
    if (!known.includes(slot)) throw new EaselError({ code: 'unknown-slot', slot, known });

  const values: SlotValues = {};
  for (const [name, slot] of Object.entries(template.slots)) {
    const given = Object.hasOwn(raw, name) ? raw[name] : undefined;
    const value = given === undefined ? whenAbsent(name, slot, drawSeed) : readValue(name, slot, given);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

/** A seed of at most 15 digits, so that it can be read aloud, typed again and kept by any JSON parser. */
export function randomSeed(): bigint {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return (BigInt(high & 0xffff) << 32n) | BigInt(low);
}

function whenAbsent(name: string, slot: Slot, drawSeed: () => bigint): SlotValue | undefined {
  if (slot.type === 'seed') return smallest(drawSeed());
  if (slot.type !== 'image' && slot.default !== undefined) return slot.default;
  if (slot.required) throw new EaselError({ code: 'missing-value', slot: name });
  return undefined;
}

function readValue(name: string, slot: Slot, raw: RawValue): SlotValue {
  switch (slot.type) {
    case 'text':
      return readText(name, slot, raw);
    case 'integer':
    case 'number':
      return readNumber(name, slot, raw);
    case 'boolean':
      return readBoolean(name, raw);
    case 'choice':
      return readChoice(name, slot, raw);
    case 'seed':
      return readSeed(name, raw);
    case 'image':
      if (typeof raw !== 'object')
        throw new EaselError({ code: 'not-an-image', slot: name, name: shown(raw) });
      return raw.name;
  }
}

function readText(slot: string, { required, maxLength = NO_MAX_LENGTH }: TextSlot, raw: RawValue): string {
  if (typeof raw === 'object') throw new EaselError({ code: 'not-text', slot });
  const text = String(raw);
  if (required && text.trim() === '') throw new EaselError({ code: 'missing-value', slot });
  if (text.length > maxLength)
    throw new EaselError({ code: 'too-long', slot, length: text.length, maxLength });
  return text;
}

/** One way to match each digit: thousands of them must not take seconds. */
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;

function readNumber(slot: string, { type, min, max }: NumberSlot, raw: RawValue): number {
  const text = shown(raw).trim();
  const value = typeof raw === 'number' ? raw : NUMBER.test(text) ? Number(text) : Number.NaN;
  const integer = type === 'integer';
  if (Number.isNaN(value) || (integer && Number.isFinite(value) && !Number.isInteger(value)))
    throw new EaselError({ code: 'not-a-number', slot, value: text, integer });
  const limit = integer ? Number.MAX_SAFE_INTEGER : Number.MAX_VALUE;
  if (value < (min ?? -limit) || value > (max ?? limit))
    throw new EaselError({ code: 'out-of-bounds', slot, value: text, ...bounds(value, limit, min, max) });
  return value;
}

/** In the languages that Easel speaks. */
const TRUE = ['true', 'yes', 'on', '1', 'はい', 'オン', '是', '开', '예', '네', '켬'];
const FALSE = ['false', 'no', 'off', '0', 'いいえ', 'オフ', '否', '关', '아니요', '아니오', '끔'];

/** Undefined: neither yes nor no. */
export function readSwitch(typed: string): boolean | undefined {
  const word = typed.trim().toLowerCase();
  if (TRUE.includes(word)) return true;
  return FALSE.includes(word) ? false : undefined;
}

function readBoolean(slot: string, raw: RawValue): boolean {
  const value = readSwitch(shown(raw));
  if (value === undefined) throw new EaselError({ code: 'not-a-boolean', slot, value: shown(raw) });
  return value;
}

/** What is typed of a choice that the backend decides and has not told: it judges that itself. */
const MAX_UNTOLD = 300;

function readChoice(name: string, slot: ChoiceSlot, raw: RawValue): string {
  const value = shown(raw).trim();
  const choices = choiceNames(slot);
  if (slot.choices === undefined) {
    if (value === '') throw new EaselError({ code: 'missing-value', slot: name });
    if (value.length <= MAX_UNTOLD) return value;
    throw new EaselError({ code: 'too-long', slot: name, length: value.length, maxLength: MAX_UNTOLD });
  }
  const wanted = value.toLowerCase();
  const found =
    choices.find((choice) => choice === value) ??
    choices.find((choice) => choice.toLowerCase() === wanted) ??
    onlyOne(choices.filter((choice) => wanted !== '' && choice.toLowerCase().startsWith(wanted)));
  if (found === undefined) throw new EaselError({ code: 'not-a-choice', slot: name, value, choices });
  return found;
}

/** A beginning is enough where it is clear: a chat may cut a long choice, and people type less. */
function onlyOne(choices: string[]): string | undefined {
  return choices.length === 1 ? choices[0] : undefined;
}

function readSeed(slot: string, raw: RawValue): SlotValue {
  const text = shown(raw).trim();
  if (!/^\d+$/.test(text)) {
    const code = /^-\d+$/.test(text) ? 'out-of-bounds' : 'not-a-number';
    if (code === 'not-a-number') throw new EaselError({ code, slot, value: text, integer: true });
    throw new EaselError({ code, slot, value: text, min: '0', max: String(MAX_SEED) });
  }
  const seed = BigInt(text.replace(/^0+(?=\d)/, '').slice(0, 40));
  if (seed > MAX_SEED)
    throw new EaselError({ code: 'out-of-bounds', slot, value: text, min: '0', max: String(MAX_SEED) });
  return smallest(seed);
}

/** A number where that is exact, so that a stored and re-read seed equals itself. */
function smallest(seed: bigint): number | bigint {
  return seed <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(seed) : seed;
}

/** The template's own bounds, and the one of the number format where `value` is beyond that. */
function bounds(value: number, limit: number, min?: number, max?: number): { min?: string; max?: string } {
  const low = min ?? (value < -limit ? -limit : undefined);
  const high = max ?? (value > limit ? limit : undefined);
  return { ...(low !== undefined && { min: String(low) }), ...(high !== undefined && { max: String(high) }) };
}

function shown(raw: RawValue): string {
  return typeof raw === 'object' ? raw.name : String(raw);
}
