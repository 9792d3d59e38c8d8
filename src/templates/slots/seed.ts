/** Where chance begins: 0 to 2^64−1, drawn by Easel when nobody gives one. */
import { z } from 'zod';
import { EaselError } from '../../core/errors.ts';
import type { SeedSlot } from '../../core/template.ts';
import type { SlotTypeDefinition } from './definition.ts';
import { asText, intoAll } from './parts.ts';
import { base, Into } from './schema-parts.ts';

const MAX_SEED = 2n ** 64n - 1n;
const BOUNDS = { min: '0', max: String(MAX_SEED) };

export const seed: SlotTypeDefinition<SeedSlot> = {
  schema: z
    .strictObject({ type: z.literal('seed'), into: Into, ...base })
    .describe('Drawn by Easel when nobody gives one, and shown with the result.'),
  drawn: true,
  // one that must be given is nothing that anybody wants
  neverRequired: true,
  field: (_slot, value) => ({ kind: 'number', value: value?.toString() ?? '', whole: true, ...BOUNDS }),
  read(slot, _slot, raw) {
    const text = asText(raw).trim();
    if (!/^\d+$/.test(text)) {
      const code = /^-\d+$/.test(text) ? 'out-of-bounds' : 'not-a-number';
      if (code === 'not-a-number') throw new EaselError({ code, slot, value: text, integer: true });
      throw new EaselError({ code, slot, value: text, ...BOUNDS });
    }
    const value = BigInt(text.replace(/^0+(?=\d)/, '').slice(0, 40));
    if (value > MAX_SEED) throw new EaselError({ code: 'out-of-bounds', slot, value: text, ...BOUNDS });
    return smallest(value);
  },
  absent: (_slot, drawSeed) => smallest(drawSeed()),
  trial: () => undefined,
  write: intoAll,
  lands: () => [],
  suggest: ({ path, own }) =>
    typeof own === 'number' || typeof own === 'bigint' ? { type: 'seed', into: [path] } : undefined,
  facts: () => [],
  editFields: () => [],
  edited: () => ({}),
};

/** A number where that is exact, so that a stored and re-read seed equals itself. */
function smallest(value: bigint): number | bigint {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}
