/** Every wait and cap of the job manager, in one place; tests scale them. */
import type { BreakerTiming } from './outages/breaker.ts';

export interface JobTiming {
  /** How often a job may fail by itself while the backend is well: refused in passing, or lost in the middle of its run. */
  attempts: number;
  /** Tries to make a final reply that the platform refuses in every way and body; then only its words are tried. */
  deliverTries: number;
  /** Between tries that are a job's own: from the base, doubled up to the cap. */
  retryBaseMs: number;
  retryCapMs: number;
  /** The same between tries at a final reply while its platform is well. */
  deliverCapMs: number;
  /** How long the backend may say that a run runs; its own line does not count, nor does our absence. */
  runLimitMs: number;
  /** For one call: upload, submit, find, cancel, claim. */
  callMs: number;
  /** For fetching one output. */
  fetchMs: number;
  /** How long an output is tried again that cannot be fetched although the backend is well. */
  fetchForMs: number;
  /** How long one waits for a full disk on which nothing may go, or end, to make room. While something may: as long as that. */
  diskMs: number;
  /** How long a run is followed whose state cannot be read although the backend is well. */
  unreadMs: number;
  /** How long a run is followed that goes on although it was stopped: a node that hangs never notices. */
  stopMs: number;
  /** How long a job that was found in the middle of what may have ended Easel lets others go first; longer after two. */
  suspectMs: number;
  /** For one try at the final reply, but for the time that its files buy. */
  deliverMs: number;
  /** Bytes of its files that buy another millisecond. */
  deliverBytesPerMs: number;
  /** How long a final reply is tried again, or a first one that nobody was told of. */
  deliverForMs: number;
  /** How long jobs are held for a backend that takes nothing. */
  holdMs: number;
  /** Nothing is given up before it was asked in vain for so long at a stretch. */
  stretchMs: number;
  breaker: BreakerTiming;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const JOB_TIMING: JobTiming = {
  attempts: 3,
  deliverTries: 3,
  retryBaseMs: 1000,
  retryCapMs: 15_000,
  deliverCapMs: 10 * MINUTE,
  runLimitMs: 2 * HOUR,
  callMs: 90_000,
  fetchMs: 30 * MINUTE,
  fetchForMs: HOUR,
  diskMs: 5 * MINUTE,
  unreadMs: 5 * MINUTE,
  stopMs: 10 * MINUTE,
  suspectMs: 5000,
  deliverMs: 120_000,
  deliverBytesPerMs: 128,
  deliverForMs: 24 * HOUR,
  holdMs: 12 * HOUR,
  stretchMs: 5 * MINUTE,
  breaker: { probeMs: 10_000, probeBaseMs: 1000, probeCapMs: 15_000, trialMs: MINUTE },
};
