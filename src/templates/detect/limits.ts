/** Bounds that make sense in a chat, inside those of the node: nobody wants to wait for 10,000 steps. */
import type { InputInfo } from '../../core/nodes.ts';
import type { InputPath } from '../../core/workflow.ts';
import type { NumberSlot } from '../../core/template.ts';

interface Sane {
  min: number;
  /** May grow with the graph's own value. */
  max: (own: number) => number;
}

const SANE: ReadonlyMap<string, Sane> = new Map([
  ['steps', { min: 1, max: (own: number) => Math.max(60, 2 * own) }],
  ['cfg', { min: 0, max: () => 30 }],
  ['guidance', { min: 0, max: () => 30 }],
  ['denoise', { min: 0, max: () => 1 }],
  ['length', { min: 1, max: (own: number) => Math.max(121, 2 * own) }],
  ['seconds', { min: 1, max: (own: number) => Math.max(120, 2 * own) }],
]);
/** Beyond this a bound is only the end of the number format. */
const NO_BOUND = 1e9;

/**
 * A number's slot, its bounds wide enough for the graph's own value. `name` chooses the sane bounds, `info` is the
 * node's word. Undefined when the value does not suit the type.
 */
export function numberSlot(
  type: NumberSlot['type'],
  name: string,
  own: unknown,
  info: InputInfo | undefined,
  into: InputPath[],
): NumberSlot | undefined {
  if (typeof own !== 'number' || !Number.isFinite(own)) return undefined;
  if (type === 'integer' && !Number.isSafeInteger(own)) return undefined;
  const sane = SANE.get(name);
  const low = [sane?.min, bound(info?.min)].filter((value) => value !== undefined);
  const high = [sane?.max(own), bound(info?.max)].filter((value) => value !== undefined);
  const min = low.length > 0 && Math.min(own, inward(type, Math.max(...low), Math.ceil));
  const max = high.length > 0 && Math.max(own, inward(type, Math.min(...high), Math.floor));
  return {
    type,
    into,
    default: own,
    ...(min !== false && { min }),
    ...(max !== false && { max }),
  };
}

function bound(value: number | bigint | undefined): number | undefined {
  if (value === undefined || Number.isNaN(Number(value))) return undefined;
  return Math.abs(Number(value)) < NO_BOUND ? Number(value) : undefined;
}

function inward(type: NumberSlot['type'], value: number, round: (value: number) => number): number {
  return type === 'integer' ? round(value) : value;
}
