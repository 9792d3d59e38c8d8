/**
 * JSON that keeps every digit. ComfyUI seeds reach 2^64−1, beyond what a JavaScript number holds, and the
 * server refuses one that was rounded up; so integers past 2^53 are read as bigint and written back as they were.
 */
export type Json = null | boolean | number | bigint | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

interface ReviverContext {
  source?: string;
}
/** TypeScript's lib does not know the reviver's third argument or `rawJSON` yet (both are in Node 24). */
interface ExactJson {
  parse(text: string, reviver: (key: string, value: Json, context: ReviverContext) => Json): Json;
  rawJSON(text: string): JsonObject;
}
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the declarations lag behind the runtime
const exact = JSON as unknown as ExactJson;

const INTEGER = /^-?\d+$/;
/** 2^53 has 16 digits. Without so many in a row there is nothing to revive, and plain parsing is ten times as fast. */
const MANY_DIGITS = /\d{16}/;

/** Parses JSON; an integer outside ±(2^53−1) becomes a bigint. Throws SyntaxError as `JSON.parse` does. */
export function parseJson(text: string): Json {
  if (!MANY_DIGITS.test(text)) {
    const plain: Json = JSON.parse(text);
    return plain;
  }
  return exact.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && INTEGER.test(source)
      ? BigInt(source)
      : value,
  );
}

/** Writes JSON; a bigint becomes its digits. `indent` as in `JSON.stringify`; `other` stands in for a value. */
export function writeJson(
  value: unknown,
  indent?: number,
  other: (item: unknown) => unknown = (item) => item,
): string {
  return JSON.stringify(
    value,
    (_key, item: unknown) => (typeof item === 'bigint' ? exact.rawJSON(item.toString()) : other(item)),
    indent,
  );
}

/** True for `{…}`: not null, not an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
