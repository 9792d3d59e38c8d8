/** Waits for a state, not for a time: looks again after every turn of the event loop, and a little more rarely after a while. */
import { setImmediate, setTimeout } from 'node:timers/promises';
import { openTable, type Table } from '../../src/store/index.ts';
import { createRecordingLog } from './recording-log.ts';
import { PATIENCE_MS } from './patience.ts';
import { vi } from 'vitest';

/** Turns at which it looks again at once; then others have the processor between two looks. */
const EAGER = 300;
const PAUSE_MS = 1;

/** Resolves to the first value of `look` that is neither undefined nor false; rejects with `what` when patience is over. */
export async function until<T>(look: () => T | undefined | false, what = look.toString()): Promise<T> {
  const end = performance.now() + PATIENCE_MS;
  for (let turn = 0; ; turn += 1) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`never came: ${what}`);
    await (turn < EAGER ? setImmediate() : setTimeout(PAUSE_MS));
  }
}

const TURNS = 20;

/** Lets everything that can go on without time passing go on. */
export async function settleDown(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
}

/** Answered by the thread of the stores after everything that they were asked before. */
let pulse: Promise<Table> | undefined;

/** As `settleDown`, where things are written down on the way. */
export async function settleStores(): Promise<void> {
  pulse ??= openTable('sqlite://:memory:', 'pulse', createRecordingLog());
  const table = await pulse;
  for (let turn = 0; turn < TURNS; turn += 1) {
    await table.get('beat');
    await setImmediate();
  }
}

/** As `until`, for what is looked for with `expect`: resolves once `check` neither throws nor rejects. */
export const holds = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: PATIENCE_MS, interval: 20 });
