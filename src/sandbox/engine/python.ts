/**
 * Python's conversions and spellings. ComfyUI's refusals quote Python (`None`, `invalid literal for int()`), and
 * clients read those sentences, so the sandbox says them the same way.
 */
import { randomUUID } from 'node:crypto';
import { isJsonObject, writeJson, type Json } from '../../core/json.ts';

/** What Python's `int()`, `float()` … raise; the message is Python's. */
export class ConversionError extends Error {
  override readonly name = 'ConversionError';
}

/** `repr()` of a JSON value. */
export function repr(value: Json): string {
  if (typeof value === 'string') {
    const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
    const escaped = value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
    return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
  }
  return str(value);
}

/** `str()` of a JSON value. */
export function str(value: Json): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`;
  if (isJsonObject(value))
    return `{${Object.entries(value)
      .map(([key, item]) => `${repr(key)}: ${repr(item)}`)
      .join(', ')}}`;

  return value.toString();
}

/** `str()` of a Python float: always with a point or an exponent. */
export function floatStr(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e16 ? value.toFixed(1) : value.toString();
}

function typeName(value: Json): string {
  if (value === null) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  return 'dict';
}

/** `int(value)`; a float loses its fraction, a huge one keeps all its digits. */
export function toInt(value: Json): number | bigint {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') {
    const whole = Math.trunc(value);
    return Number.isSafeInteger(whole) ? whole : BigInt(whole);
  }
  if (typeof value === 'string') {
    const digits = value.trim().replaceAll('_', '');
    if (!/^[+-]?\d+$/.test(digits))
      throw new ConversionError(`invalid literal for int() with base 10: ${repr(value)}`);

    const whole = BigInt(digits.replace(/^\+/, ''));
    return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole;
  }
  throw new ConversionError(
    `int() argument must be a string, a bytes-like object or a real number, not '${typeName(value)}'`,
  );
}

/** `float(value)`. */
export function toFloat(value: Json): number {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint' || typeof value === 'number') return Number(value);
  if (typeof value === 'string') {
    const parsed = Number(value.trim());
    if (value.trim() === '' || Number.isNaN(parsed))
      throw new ConversionError(`could not convert string to float: ${repr(value)}`);

    return parsed;
  }
  throw new ConversionError(`float() argument must be a string or a real number, not '${typeName(value)}'`);
}

/** `bool(value)`: empty is false. */
export function toBool(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isJsonObject(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

/** `json.dumps()`: NaN and ±Infinity stand bare in it, which is no JSON. */
export function dumps(value: unknown): string {
  // by something that no client can have sent, they are found again
  const key = randomUUID();
  let found = false;
  const text = writeJson(value, undefined, (item) => {
    if (typeof item !== 'number' || Number.isFinite(item)) return item;
    found = true;
    return key + item.toString();
  });
  return found ? text.replaceAll(new RegExp(`"${key}(NaN|-?Infinity)"`, 'g'), '$1') : text;
}
