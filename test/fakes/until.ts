/** Waits for a state, not for a time: looks again after every turn of the event loop until it is there. */
import { setImmediate } from 'node:timers/promises';
import { openTable, type Table } from '../../src/store/index.ts';
import { createRecordingLog } from './recording-log.ts';

const LIMIT_MS = 8000;

/** Resolves to the first value of `look` that is neither undefined nor false; rejects with `what` after 8 s. */
export async function until<T>(look: () => T | undefined | false, what = look.toString()): Promise<T> {
  const end = performance.now() + LIMIT_MS;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`never came: ${what}`);
    await setImmediate();
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
