/** Every wait and cap of the job manager, in one place; tests scale them. */
export interface JobTiming {
  /** Tries to hand a graph to the backend, and the backoff between them, before the job fails. */
  submitTries: number;
  /** Tries to fetch one output. */
  fetchTries: number;
  /** Tries to make the final reply; each walks the platform's whole ladder. */
  deliverTries: number;
  retryBaseMs: number;
  retryCapMs: number;
  /** A run that has not ended by then is cancelled. */
  runLimitMs: number;
  /** For one call: upload, submit, find, cancel. */
  callMs: number;
  /** For fetching one output. */
  fetchMs: number;
  /** For one try at the final reply. */
  deliverMs: number;
  /** How often a run may be submitted when the backend keeps forgetting it. */
  attempts: number;
}

export const JOB_TIMING: JobTiming = {
  submitTries: 5,
  fetchTries: 4,
  deliverTries: 5,
  retryBaseMs: 500,
  retryCapMs: 15_000,
  runLimitMs: 2 * 3600 * 1000,
  callMs: 90_000,
  fetchMs: 120_000,
  deliverMs: 120_000,
  attempts: 3,
};
