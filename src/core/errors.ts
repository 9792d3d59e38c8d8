/**
 * One family of errors. A `Problem` is plain JSON: its code is for machines and is the key of the sentence in
 * the catalogue (`i18n/`), its other fields fill that sentence, and it can be stored with a job. What the log
 * needs besides travels as the error's `cause`.
 */
export type Problem =
  // What a person typed
  | { code: 'unknown-template'; name: string; known: string[] }
  | { code: 'bad-command'; detail: string }
  | { code: 'unknown-slot'; slot: string; known: string[]; typed?: boolean }
  | { code: 'missing-value'; slot: string }
  | { code: 'not-a-number'; slot: string; value: string; integer: boolean }
  | { code: 'out-of-bounds'; slot: string; value: string; min?: string; max?: string }
  | { code: 'too-long'; slot: string; length: number; maxLength: number }
  | { code: 'not-a-choice'; slot: string; value: string; choices: string[] }
  | { code: 'not-a-boolean'; slot: string; value: string }
  | { code: 'not-text'; slot: string }
  | { code: 'not-an-image'; slot: string; name: string }
  | { code: 'image-too-large'; slot: string; size: number; maxSize: number }
  | { code: 'image-too-many-pixels'; slot: string; width: number; height: number; maxPixels: number }
  | { code: 'image-unreachable'; slot: string; name: string }
  // What an admin wrote
  | { code: 'template-broken'; file: string; path: string; detail: string }
  | { code: 'ui-format-workflow'; file: string }
  // Limits
  | { code: 'user-waiting-cap'; cap: number }
  | { code: 'guild-waiting-cap'; cap: number }
  | { code: 'shutting-down' }
  // Chat platforms
  | { code: 'discord-token' }
  | { code: 'discord-unreachable' }
  | { code: 'slack-token' }
  | { code: 'slack-unreachable' }
  | { code: 'slack-scope'; scope: string }
  | { code: 'form-expired' }
  // Jobs
  | { code: 'no-such-job' }
  | { code: 'not-your-job' }
  | { code: 'already-ended' }
  | { code: 'nothing-to-cancel' }
  | { code: 'which-job'; titles: string[] }
  | { code: 'store-failed' }
  | { code: 'delivery-failed' }
  // The backend
  | { code: 'backend-unreachable'; backend: string }
  | { code: 'backend-timeout'; backend: string }
  | { code: 'backend-broken'; backend: string; status?: number }
  | { code: 'wrong-api-key'; backend: string }
  | { code: 'no-credits'; backend: string }
  | { code: 'subscription-inactive'; backend: string }
  | { code: 'backend-busy'; backend: string }
  | { code: 'too-large-for-backend'; backend: string }
  | { code: 'missing-node'; node: string }
  | { code: 'model-missing'; input: string; value: string }
  | { code: 'workflow-refused'; detail: string }
  | { code: 'run-failed'; node: string; detail: string }
  | { code: 'out-of-memory'; node: string }
  | { code: 'model-download-failed'; detail: string }
  | { code: 'image-download-failed'; detail: string }
  | { code: 'interrupted' }
  | { code: 'run-lost'; backend: string }
  | { code: 'run-too-long'; minutes: number }
  | { code: 'no-outputs' }
  | { code: 'output-gone'; name: string }
  | { code: 'output-too-large'; name: string; maxSize: number }
  | { code: 'internal'; ref: string };

export type ProblemCode = Problem['code'];

/** The only error class that carries a sentence for a person. `message` is for the log and never has secrets. */
export class EaselError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: { cause?: unknown; detail?: string }) {
    const facts = JSON.stringify(problem);
    super(options?.detail ? `${facts} ${options.detail}` : facts, { cause: options?.cause });
    this.name = 'EaselError';
    this.problem = problem;
  }

  get code(): ProblemCode {
    return this.problem.code;
  }
}

/** A submit whose answer was lost (reset, timeout, 5xx): the backend may hold the run all the same. */
export class UncertainSubmit extends EaselError {}

/** The problem behind anything thrown; what is not ours is `internal`, with `ref` to find it in the log. */
export function problemOf(error: unknown, ref: string): Problem {
  return error instanceof EaselError ? error.problem : { code: 'internal', ref };
}
