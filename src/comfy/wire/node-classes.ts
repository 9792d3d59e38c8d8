/**
 * Reads the text of `GET /object_info`: every node class of a server, one to twenty megabytes, and now and then a
 * class that a custom node describes wrongly. Such a class is skipped or read in part; it never spoils the others.
 */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { NodeClasses, NodeInfo } from '../../core/nodes.ts';
import { readClassesJson } from './json.ts';
import { readInputs, type Notes } from './node-inputs.ts';

export interface NodeReading {
  classes: NodeClasses;
  /** The classes that call a paid partner, and so need the Comfy account's key in the run itself. */
  partners: ReadonlySet<string>;
  /** What was not understood: `Class`, or `Class.input`. */
  odd: readonly string[];
}

const KEY_INPUTS = ['api_key_comfy_org', 'auth_token_comfy_org'];

/** Throws SyntaxError for what is no JSON object. */
export function readNodeClasses(text: string): NodeReading {
  const answer = readClassesJson(text);
  if (!isJsonObject(answer)) throw new SyntaxError('node classes come as a JSON object');
  const classes = new Map<string, NodeInfo>();
  const partners = new Set<string>();
  const odd: string[] = [];
  const exact = roundedIntegers(text);
  for (const [name, entry] of Object.entries(answer)) {
    // an error's `{error: {…}}` is no class
    if (!isJsonObject(entry) || (entry['input'] === undefined && entry['output'] === undefined)) {
      odd.push(name);
      continue;
    }
    classes.set(name, readClass(name, entry, { exact, odd: (input) => odd.push(`${name}.${input}`) }));
    if (isPartner(entry)) partners.add(name);
  }
  return { classes, partners, odd };
}

function readClass(name: string, entry: JsonObject, notes: Notes): NodeInfo {
  const { display_name: title, output, output_node: isOutput } = entry;
  return {
    title: typeof title === 'string' && title !== '' ? title : name,
    isOutput: isOutput === true,
    ...(entry['has_intermediate_output'] === true && { shows: true }),
    ...(isPartner(entry) && { partner: true }),
    inputs: readInputs(entry['input'], notes),
    outputs: Array.isArray(output) ? output.map(outputType) : [],
  };
}

/** A list is a drop-down's value; what follows its input's type (`COMFY_MATCHTYPE_V3`) may be anything. */
function outputType(type: Json): string {
  if (Array.isArray(type)) return 'COMBO';
  return typeof type === 'string' && type !== 'COMFY_MATCHTYPE_V3' ? type : '*';
}

function isPartner(entry: JsonObject): boolean {
  if (entry['api_node'] === true) return true;
  const input = entry['input'];
  const hidden = isJsonObject(input) ? input['hidden'] : undefined;
  return isJsonObject(hidden) && KEY_INPUTS.some((key) => hidden[key] !== undefined);
}

/** No more digits than any bound has; without a lookbehind, which would go over white space again and again. */
const LONG_INTEGER = /[:[,]\s*(-?\d{16,40})(?=\s*[,\]}])/g;

/**
 * The text's integers beyond ±(2^53−1), by the number that parsing makes of them: ten times as fast as a reviver. Where two are rounded alike, it is the one nearer to 0: as a bound it is within the other.
 */
function roundedIntegers(text: string): Map<number, bigint> {
  const exact = new Map<number, bigint>();
  for (const [, digits = ''] of text.matchAll(LONG_INTEGER)) {
    const rounded = Number(digits);
    if (Number.isSafeInteger(rounded)) continue;
    const integer = BigInt(digits);
    const before = exact.get(rounded);
    if (before === undefined || integer * integer < before * before) exact.set(rounded, integer);
  }
  return exact;
}
