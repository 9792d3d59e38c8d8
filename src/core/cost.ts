/** What a run cost, as its backend says: for who runs Easel, and nobody else. */

/** Amounts by their unit, as `credits` or `USD`; empty where none was named. */
export type Cost = Readonly<Record<string, number>>;

/** Both together; undefined where neither says anything. */
export function plus(a: Cost | undefined, b: Cost | undefined): Cost | undefined {
  if (!a || !b) return a ?? b;
  const sum = new Map(Object.entries(a));
  for (const [unit, amount] of Object.entries(b)) sum.set(unit, (sum.get(unit) ?? 0) + amount);
  return Object.fromEntries(sum);
}

/** `12.5 credits, 0.04 USD`: at most four decimals. */
export function costText(cost: Cost): string {
  return Object.entries(cost)
    .map(([unit, amount]) => `${Number(amount.toFixed(4))} ${unit}`.trim())
    .join(', ');
}
