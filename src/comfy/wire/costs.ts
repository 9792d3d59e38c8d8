/**
 * What an answer says that a run cost. No document of ComfyUI or Comfy Cloud names such a field yet, so a few likely ones are
 * read, in whatever shape; what is none of these costs nothing.
 */
import { z } from 'zod';
import type { Cost } from '../../core/cost.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';

const anything = z.custom<Json>().optional();

/** Where an answer may say it. */
export const Priced = z.object({
  credits_used: anything,
  credits: anything,
  cost: anything,
  price: anything,
  usage: anything,
  billing: anything,
  execution_meta: anything,
});
export type Priced = z.infer<typeof Priced>;

/** The first of these that says an amount counts: others say the same in other words. */
const AMOUNTS = ['credits_used', 'credits', 'cost', 'price', 'amount', 'total'] as const;
const WITHIN = ['cost', 'price', 'usage', 'billing', 'execution_meta'] as const;
const UNITS = ['currency', 'unit'] as const;
/** Of what names a unit. */
const MAX_UNIT = 12;
/** Nobody's run costs as much; what is no amount looks so. */
const MAX_AMOUNT = 1e9;

/** Undefined: it does not say. */
export function costOf(answer: Priced): Cost | undefined {
  return within({ ...answer }, 2);
}

function within(facts: JsonObject | Record<string, Json | undefined>, depth: number): Cost | undefined {
  for (const name of AMOUNTS) {
    const cost = amountOf(name, facts[name], facts);
    if (cost) return cost;
  }
  if (depth === 0) return undefined;
  for (const name of WITHIN) {
    const inner = facts[name];
    const cost = isJsonObject(inner) ? within(inner, depth - 1) : undefined;
    if (cost) return cost;
  }
  return undefined;
}

function amountOf(
  name: string,
  value: Json | undefined,
  facts: Record<string, Json | undefined>,
): Cost | undefined {
  if (typeof value === 'string')
    return pricedAs(value) ?? costAs(Number(value.trim() || Number.NaN), name, facts);
  return typeof value === 'number' ? costAs(value, name, facts) : undefined;
}

function costAs(amount: number, name: string, facts: Record<string, Json | undefined>): Cost | undefined {
  if (!(amount > 0 && amount <= MAX_AMOUNT)) return undefined;
  const unit = UNITS.map((each) => facts[each]).find((each) => typeof each === 'string');
  if (typeof unit === 'string' && /^[a-z]+$/i.test(unit) && unit.length <= MAX_UNIT)
    return { [unit]: amount };
  return { [name.startsWith('credits') ? 'credits' : '']: amount };
}

const AMOUNT = /\$\s?(\d[\d,]*(?:\.\d+)?)|(\d[\d,]*(?:\.\d+)?)\s*(credits?|usd)\b/i;

/** `12.5 credits`, `$0.05`; undefined where there is no amount with its unit. */
function pricedAs(text: string): Cost | undefined {
  const [, dollars, digits, unit] = AMOUNT.exec(text) ?? [];
  const amount = Number((dollars ?? digits ?? '').replaceAll(',', ''));
  if (!(amount > 0 && amount <= MAX_AMOUNT)) return undefined;
  return { [dollars !== undefined || unit?.toLowerCase() === 'usd' ? 'USD' : 'credits']: amount };
}
