/** Measures the data folder from outside, also while an Easel works in it. */
import { statfs } from 'node:fs/promises';
import type { Config } from '../../config.ts';
import type { DiskState } from '../../core/disk.ts';
import { RESERVE, STANDARD } from '../../files/budget.ts';
import { isAbsent, sizeOf } from '../../files/measure.ts';
import { budgetOf } from '../data.ts';

type Measured = Pick<DiskState, 'total' | 'budget' | 'free' | 'full'>;

/** Undefined: there is none yet. Rejects as Node's `fs` does, or with the signal's reason. */
export async function measured(config: Config, signal: AbortSignal): Promise<Measured | undefined> {
  const { DATA_DIR: folder } = config;
  try {
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    const total = await sizeOf(folder, async () => signal.throwIfAborted());
    // a larger one keeps all until a budget is set
    const budget = budgetOf(config) ?? (total <= STANDARD ? STANDARD : undefined);
    return { total, budget, free, full: free < RESERVE ? 'disk' : undefined };
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}
