/**
 * Whether the standard budget holds in a folder where none is set. One that was larger before there were budgets keeps
 * all until its operator has set one: written down once, at the first start that knows of budgets.
 */
import { z } from 'zod';

/** Where it is written down. */
export interface Marks {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
}

const KEY = 'standard-budget';
const Mark = z.object({ holds: z.boolean() });

/**
 * `fits`: all that is there now fits into it, which counts where nothing is written down. A mark that cannot be read
 * stands for one that says no. Rejects as the marks do.
 */
export async function standardHolds(marks: Marks, fits: boolean): Promise<boolean> {
  const found = await marks.get(KEY);
  if (found !== undefined) return Mark.safeParse(found).data?.holds ?? false;
  await marks.set(KEY, { holds: fits } satisfies z.infer<typeof Mark>);
  return fits;
}

/** The operator has set a budget: from now on one holds. Rejects as the marks do. */
export async function budgetIsSet(marks: Marks): Promise<void> {
  await marks.set(KEY, { holds: true } satisfies z.infer<typeof Mark>);
}
