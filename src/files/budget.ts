/**
 * The budget of the data folder: what everything there takes together, what the disk itself has left, and whether new
 * jobs may begin.
 */
import { lstat, readdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ASIDE, isDiskFull, type Disk, type DiskState, type KeptFolder } from '../core/disk.ts';
import type { Log } from '../core/log.ts';
import { createRounds } from '../core/rounds.ts';
import type { Clock } from '../core/time.ts';
import { createFolder, type CountedFolder } from './folder.ts';
import { createFiles, type FilesOnDisk } from './index.ts';
import { createLedger } from './ledger.ts';
import { sizeOf, unlessAbsent, type Step } from './measure.ts';
import { budgetIsSet, standardHolds, type Marks } from './standard.ts';
import { SHELVES } from './shelves.ts';

export interface BudgetOptions {
  /** The data folder. */
  directory: string;
  /** As the operator has set it, in bytes; absent: the standard. */
  budget?: number | undefined;
  marks: Marks;
  clock: Clock;
  log: Log;
  /** Tests have smaller disks and less time. */
  scale?: Partial<BudgetScale> | undefined;
}

export interface BudgetScale {
  /** Holds whatever the operator has set, in bytes; tests have no gigabytes. */
  budget?: number;
  /** Holds where none is set, in bytes. */
  standard: number;
  /** Of the disk itself, in bytes: below that no new jobs are begun. */
  reserve: number;
  /** Between two looks at what changes quickly, in ms. */
  everyMs: number;
  /** Between two surveys, and between two pieces of one. */
  surveyMs: number;
  pieceMs: number;
  /** What the disk itself has left, in bytes. */
  free: (directory: string) => Promise<number>;
}

export interface DataBudget extends Disk {
  readonly files: FilesOnDisk;
  readonly pages: KeptFolder;
  readonly outputs: KeptFolder;
  /** Measures once, then looks after it until `stop`. To be called when what no job needs has been dropped. */
  start(): void;
  stop(): Promise<void>;
  /** Resolves once everything was measured and the budget holds. */
  readonly measured: Promise<void>;
}

const MB = 1e6;
/** What holds where none is set, and what the disk itself is to have left, in bytes. */
export const STANDARD = 10_000 * MB;
export const RESERVE = 200 * MB;
const SCALE: BudgetScale = {
  standard: STANDARD,
  reserve: RESERVE,
  everyMs: 10_000,
  surveyMs: 10 * 60_000,
  pieceMs: 500,
  free: freeOn,
};

/** Entries looked at before others have their turn. */
const PIECE = 250;
/** Owners of each shelf, in a look. */
const SWEPT = 250;
/** What the operator is told of early, as parts of the budget; and of the disk, as multiples of the reserve. */
const NEARLY = { from: 0.9, until: 0.85 };
const LOW = { from: 2.5, until: 5 };
/** Not at once again when a few bytes have gone. */
const SPARE = 1.25;
/** For each write that the disk has refused. */
const CLEARED = 64 * MB;
/** Which the budget counts as their own. */
const FOLDERS = { pages: 'web', outputs: 'outputs', backups: 'backups' };

export function createBudget(options: BudgetOptions): DataBudget {
  const { directory, marks, clock, log } = options;
  const scale: BudgetScale = { ...SCALE, ...options.scale };
  const budget = scale.budget ?? options.budget;
  const listeners = new Set<() => void>();
  const stopping = new AbortController();
  const measuring = Promise.withResolvers<void>();
  const ledger = createLedger(log, reconsider);
  const records = ledger.open({ name: 'records', kind: 'records' });
  const others = ledger.open({ name: 'what is nobody’s', kind: 'records' });
  let free: number | undefined;
  let aside = 0;
  let isMeasured = false;
  let unset = false;
  let diskFull = false;
  let full: DiskState['full'];
  let nearly: DiskState['nearly'];

  /** Looks at once, and makes room for the next try: what is in flight comes first. */
  async function afterFailure(cause: unknown, inFlight: boolean): Promise<void> {
    if (!isDiskFull(cause)) return;
    try {
      await look();
    } catch (failed) {
      log.warn({ err: failed }, 'the disk could not be looked at');
    }
    if (inFlight) await ledger.clear(CLEARED);
  }

  const shared = { ledger, log };
  const files = createFiles({
    ...shared,
    directory,
    clock,
    onFailure: (error, shelf) => afterFailure(error, shelf !== 'links'),
  });
  const folder = (name: string, more: { spare?: number } = {}): CountedFolder =>
    createFolder({
      ...shared,
      ...more,
      directory: join(directory, name),
      kind: name === FOLDERS.backups ? 'backups' : 'pictures',
      onFailure: (error) => afterFailure(error, false),
    });
  const folders = {
    pages: folder(FOLDERS.pages),
    outputs: folder(FOLDERS.outputs),
    backups: folder(FOLDERS.backups, { spare: 1 }),
  };
  const own: readonly string[] = [...SHELVES, ...Object.values(FOLDERS)];

  /** After each change of what may not go, and each look at the disk. */
  function reconsider(): void {
    const fixed = ledger.fixed();
    const nearlyFrom = nearly === 'budget' ? NEARLY.until : NEARLY.from;
    const lowFrom = (nearly === 'disk' ? LOW.until : LOW.from) * scale.reserve;
    nearly =
      fixed >= nearlyFrom * ledger.limit
        ? 'budget'
        : free !== undefined && free < lowFrom
          ? 'disk'
          : undefined;
    diskFull = free !== undefined && free < scale.reserve * (diskFull ? SPARE : 1);
    const before = full;
    full = diskFull ? 'disk' : fixed >= ledger.limit ? 'budget' : undefined;
    if (full === before) return;
    const facts = { fixed, budget: ledger.limit, free };
    if (full === undefined) log.info(facts, 'the data folder has room again');
    else log.warn({ ...facts, full }, 'the data folder is full: no new jobs are begun');
    for (const listener of listeners) listener();
  }

  /** What changes quickly: the disk itself, and the records. Rejects as `fs` does. */
  async function look(): Promise<void> {
    free = await scale.free(directory);
    let bytes = 0;
    for (const entry of await readdir(directory, { withFileTypes: true }))
      if (!entry.isDirectory()) bytes += (await unlessAbsent(lstat(join(directory, entry.name))))?.size ?? 0;
    records.count(bytes - records.bytes);
    reconsider();
  }

  async function surveyOthers(step: Step): Promise<void> {
    let found = 0;
    await ledger.survey([others], async (add) => {
      for (const entry of await readdir(directory, { withFileTypes: true }))
        if (entry.isDirectory() && !own.includes(entry.name)) {
          const bytes = await sizeOf(join(directory, entry.name), step);
          // it would push out what was restored
          if (entry.name.startsWith(ASIDE)) found += bytes;
          else add(others, bytes);
        }
    });
    aside = found;
  }

  /** Everything once; what cannot be measured is logged and keeps its count. */
  async function survey(step: Step): Promise<void> {
    const parts = { files, ...folders, others: { survey: surveyOthers } };
    for (const [name, one] of Object.entries(parts))
      try {
        await one.survey(step);
      } catch (error) {
        stopping.signal.throwIfAborted();
        log.warn({ part: name, err: error }, 'a part of the data folder could not be measured');
      }
  }

  /** On the next turn of the event loop. */
  const soon = (): Step =>
    inPieces(async () => {
      await nextTurn();
      stopping.signal.throwIfAborted();
    });

  async function begin(): Promise<void> {
    await look();
    await survey(soon());
    const total = ledger.total();
    if (budget !== undefined) await budgetIsSet(marks);
    unset = budget === undefined && !(await standardHolds(marks, total <= scale.standard));
    isMeasured = true;
    if (!unset) ledger.limit = budget ?? scale.standard;
    log.info(
      { ...ledger.used(), total, budget: unset ? null : ledger.limit },
      'the data folder was measured',
    );
    reconsider();
    measuring.resolve();
  }

  const rounds = createRounds({
    clock,
    everyMs: scale.everyMs,
    stopping,
    async round() {
      if (!isMeasured) await begin();
      await look();
      // other programs write there, and it has few entries
      await folders.backups.survey(soon());
      await files.sweep(SWEPT);
      await ledger.trim();
    },
    failed: (error) => log.warn({ err: error }, 'the data folder could not be looked at'),
  });
  const surveys = createRounds({
    clock,
    everyMs: scale.surveyMs,
    stopping,
    async round() {
      // the first one is `begin`'s
      if (isMeasured) await survey(inPieces(() => clock.sleep(scale.pieceMs, stopping.signal)));
    },
    failed: (error) => log.warn({ err: error }, 'the data folder could not be measured'),
  });

  return {
    files,
    pages: folders.pages,
    outputs: folders.outputs,
    measured: measuring.promise,
    get full() {
      return full;
    },
    state: () => ({
      used: ledger.used(),
      total: ledger.total(),
      fixed: ledger.fixed(),
      aside,
      budget: ledger.limit === Infinity ? undefined : ledger.limit,
      unset,
      standard: scale.standard,
      free,
      full,
      nearly,
      next: ledger.next(),
    }),
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    start() {
      rounds.start();
      surveys.start();
    },
    async stop() {
      stopping.abort();
      await Promise.all([rounds.stop(), surveys.stop()]);
    },
  };
}

/** Pauses after each piece. */
function inPieces(pause: () => Promise<void>): Step {
  let left = PIECE;
  return () => {
    left -= 1;
    if (left > 0) return undefined;
    left = PIECE;
    return pause();
  };
}

async function freeOn(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}
