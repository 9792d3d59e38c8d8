/**
 * One family of errors. A `Problem` is plain JSON: its code is for machines and is the key of the sentence in
 * the catalogue (`i18n/`), its other fields fill that sentence, and it can be stored with a job. What the log
 * needs besides travels as the error's `cause`.
 */
import type { BackendProblem } from './backend-problem.ts';
import type { ConnectionFault } from './connection-fault.ts';
import type { OutputProblem } from './output-problem.ts';
import type { Reason } from './reason.ts';
import type { SlotType } from './template.ts';

export type Problem =
  // what a person typed
  /** `near`: what may have been meant. */
  | { code: 'unknown-template'; name: string; known: string[]; near?: string[] }
  // `detail`: what was typed
  | { code: 'bad-command'; detail: string }
  | { code: 'unknown-slot'; slot: string; known: string[]; typed?: boolean }
  | { code: 'missing-value'; slot: string }
  | { code: 'not-a-number'; slot: string; value: string; integer: boolean }
  | { code: 'out-of-bounds'; slot: string; value: string; min?: string; max?: string }
  | { code: 'too-long'; slot: string; length: number; maxLength: number }
  | { code: 'not-a-choice'; slot: string; value: string; choices: string[] }
  // what was typed, or what the template has, means several that are installed; or none, and nothing takes its place
  | { code: 'choice-unclear'; slot: string; value: string; choices: string[] }
  | { code: 'choice-missing'; slot: string; value: string; choices: string[] }
  // it is known by its name that no workflow of the template draws with it; families by their names
  | { code: 'model-unlike'; slot: string; value: string; family: string; families: string[] }
  | { code: 'not-a-boolean'; slot: string; value: string }
  | { code: 'not-text'; slot: string }
  // `found`: what it is instead, `BMP`
  | { code: 'not-an-image'; slot: string; name: string; found?: string }
  | { code: 'image-too-large'; slot: string; size: number; maxSize: number }
  // `maxEdge`: what is too long is a side
  | {
      code: 'image-too-many-pixels';
      slot: string;
      width: number;
      height: number;
      maxPixels: number;
      maxEdge?: number;
    }
  | { code: 'image-unreachable'; slot: string; name: string }
  // of files that are no pictures; `type`: the slot's
  | { code: 'not-such-a-file'; slot: string; type: SlotType; name: string; formats: string[] }
  | { code: 'attached-too-large'; slot: string; type: SlotType; size: number; maxSize: number }
  | { code: 'attached-unreachable'; slot: string; type: SlotType; name: string }
  // what an admin wrote
  | { code: 'template-broken'; file: string; path: string; reason: Reason }
  // a file that an admin sent, or wrote on disk
  | { code: 'ui-format-workflow'; file: string; picture?: boolean }
  | { code: 'empty-file'; file: string }
  | { code: 'file-too-large'; file: string; maxSize: number }
  | { code: 'file-unreachable'; file: string }
  | { code: 'not-a-workflow-file'; file: string; found?: string }
  | { code: 'not-a-template-file'; file: string }
  | { code: 'picture-without-workflow'; file: string }
  | { code: 'picture-damaged'; file: string }
  | { code: 'template-as-workflow'; file: string }
  | { code: 'not-a-workflow'; file: string; found: 'list' | 'value' | 'nothing' }
  | { code: 'invalid-json'; file: string; line: number; column: number; cutOff: boolean }
  | { code: 'json-too-complex'; file: string; limit: 'depth' | 'values'; max: number }
  // a stored graph that is none; `node`: by its id
  | { code: 'not-api-format'; node: string }
  | { code: 'too-many-nodes'; file: string; count: number; max: number }
  | { code: 'workflow-circle'; file: string; nodes: string[] }
  // templates from chat
  | { code: 'no-such-template'; name: string }
  | { code: 'no-such-draft' }
  | { code: 'no-such-version'; name: string; version: string; known: number[] }
  | { code: 'bad-name'; name: string }
  | { code: 'reserved-name'; name: string }
  | { code: 'name-taken'; name: string }
  | { code: 'overrides-builtin'; name: string }
  | { code: 'builtin-template'; name: string }
  | { code: 'bad-description'; length: number; max: number }
  | { code: 'slot-exists'; slot: string }
  | { code: 'slot-broken'; slot: string; field: string; reason: Reason }
  | { code: 'not-an-input'; node: string; input: string }
  // `known`: the nodes that can be chosen, by id
  | { code: 'no-such-output'; node: string; known: string[] }
  // a template's words in other languages; `language`: a BCP 47 tag, or what was typed as one
  | { code: 'bad-language'; language: string }
  | { code: 'too-many-languages'; max: number }
  // `parts`: the command or slots that have a description, and none in that language
  | { code: 'words-missing'; language: string; parts: string[] }
  | { code: 'name-taken-in-language'; language: string; name: string }
  // `part`: as one of `words-missing`
  | { code: 'words-cut'; language: string; part: string; length: number; max: number }
  | { code: 'too-many-slots'; count: number; max: number }
  | { code: 'too-many-templates'; max: number }
  | { code: 'too-many-drafts'; max: number }
  | { code: 'drafts-too-large'; maxSize: number }
  | { code: 'many-choices'; slot: string; count: number; max: number }
  | { code: 'description-cut'; length: number; max: number }
  // of a template's slots, those that a chat's command has no option for
  | { code: 'slots-typed-only'; name: string; slots: string[]; max: number }
  | { code: 'two-images'; slot: string; first: string }
  | { code: 'no-trial-file'; slot: string; type: SlotType }
  | OutputProblem
  | { code: 'value-unavailable'; slot?: string; node: string; input: string; value: string }
  // the backend's list is empty, so that whoever runs it has nothing to pick
  | { code: 'nothing-to-pick'; slot: string; input: string }
  // `value` absent: whatever somebody types would be taken as a file's name
  | { code: 'foreign-file'; slot?: string; node: string; value?: string }
  | { code: 'backend-unasked'; backend: string }
  | { code: 'not-publishable'; findings: Problem[] }
  | { code: 'template-unfit'; name: string; findings: Problem[] }
  | { code: 'template-disabled'; name: string }
  | { code: 'commands-refused' }
  // they are run by a typed line; `refused`: the platform's words of one that it does not take, else there is no room
  | { code: 'not-in-menu'; platform: string; names: string[]; refused?: string }
  // what a menu's entry has and the template of that name here has not
  | { code: 'options-left-out'; name: string; slots: string[] }
  // who may
  | { code: 'not-an-admin' }
  | { code: 'banned' }
  | { code: 'outsider' }
  | { code: 'not-your-role' }
  | { code: 'not-this-channel'; channels: string[] }
  | { code: 'not-for-you'; name: string }
  | { code: 'not-here'; name: string }
  | { code: 'age-restricted'; name: string }
  | { code: 'blocked-word'; slot: string }
  // who may, as the operator rules
  | { code: 'not-served-here' }
  | { code: 'blocked-by-operator' }
  | { code: 'direct-messages-off' }
  | { code: 'user-installs-off' }
  | { code: 'not-taking-jobs' }
  // `allowed`: worth knowing, since each run costs
  | { code: 'partner-nodes'; nodes: string[]; allowed: boolean }
  // settings
  | { code: 'settings-damaged' }
  | { code: 'setting-not-a-number'; setting: string; value: string; min: number; max: number }
  | { code: 'setting-above-maximum'; setting: string; value: string; max: number }
  | { code: 'setting-too-long'; setting: string; max: number }
  // somebody else has saved it since it was shown; `value`: what it is now, empty: the default
  | { code: 'setting-changed'; setting: string; value: string }
  | { code: 'setting-unknown'; setting: string; value: string; known: string[] }
  // limits
  | { code: 'user-waiting-cap'; cap: number }
  | { code: 'guild-waiting-cap'; cap: number }
  | { code: 'person-waiting-cap'; cap: number }
  | { code: 'everybody-waiting-cap' }
  | { code: 'shutting-down' }
  // chat platforms
  | { code: 'token-refused'; platform: string }
  // for whoever waits for an answer; `chat-away`: what is to be said there is held
  | { code: 'chat-unreachable'; platform: string }
  | { code: 'chat-away'; platform: string }
  // `until`: ms since 1970; `failed`: so many starts in a row, else the day's logins are spent
  | { code: 'chat-login-later'; platform: string; until: number; failed?: number }
  | { code: 'scope-missing'; platform: string; scope: string }
  /** It cannot hear what people write to it directly. */
  | { code: 'direct-messages-unheard'; platform: string; scope: string }
  // connecting on the operator's page; `setting`: as its variable in the environment
  | { code: 'set-in-environment'; setting: string }
  | { code: 'connection-value'; setting: string }
  | { code: 'connection-needs'; setting: string }
  | { code: 'key-again'; setting: string }
  | { code: 'admin-token-needed' }
  | { code: 'secrets-unreadable' }
  | { code: 'form-expired' }
  | { code: 'words-blocked' }
  // the page in the browser
  | { code: 'bad-request' }
  | { code: 'request-too-large'; maxSize: number }
  | { code: 'too-many-pages'; max: number }
  | { code: 'file-gone' }
  | { code: 'stars-full' }
  // jobs
  | { code: 'no-such-job' }
  | { code: 'not-your-job' }
  | { code: 'already-ended' }
  | { code: 'nothing-to-cancel' }
  | { code: 'again-needs-picture'; slot: string }
  | { code: 'again-needs-file'; slot: string; type: SlotType }
  | { code: 'which-job'; titles: string[] }
  | { code: 'store-failed' }
  | { code: 'record-unreadable' }
  | { code: 'delivery-failed' }
  /** Without `file`: for a new job. */
  | { code: 'data-full'; file?: string }
  // `ref`: its job, as the log has it; those of before have none
  | { code: 'too-heavy'; ref?: string }
  | { code: 'disk-nearly-full'; free: number }
  | BackendProblem
  | { code: 'internal'; ref: string };

export type ProblemCode = Problem['code'];

const PASSING: readonly ProblemCode[] = [
  'held-too-long',
  'run-lost',
  'run-untold',
  'backend-crashed',
  'interrupted',
  'backend-unreachable',
  'backend-timeout',
  'backend-broken',
  'backend-busy',
  'data-full',
  'pictures-missed',
];

/** Nothing was wrong with what was asked: the same may go well another time. */
export function mayPass({ code }: Problem): boolean {
  return PASSING.includes(code);
}

/** The only error class that carries a sentence for a person. `message` is for the log and never has secrets. */
export class EaselError extends Error {
  readonly problem: Problem;
  /** Who refused says when to come again, in ms from the answer. */
  readonly retryAfterMs: number | undefined;
  /** The screen in which its person can put it right, by its address. */
  readonly ask: string | undefined;

  constructor(
    problem: Problem,
    options?: {
      cause?: unknown;
      detail?: string | undefined;
      retryAfterMs?: number | undefined;
      ask?: string | undefined;
    },
  ) {
    const facts = JSON.stringify(problem);
    super(options?.detail ? `${facts} ${options.detail}` : facts, { cause: options?.cause });
    this.name = 'EaselError';
    this.problem = problem;
    this.retryAfterMs = options?.retryAfterMs;
    this.ask = options?.ask;
  }

  get code(): ProblemCode {
    return this.problem.code;
  }
}

/** A submit whose answer was lost (reset, timeout, 5xx): the backend may hold the run all the same. */
export class UncertainSubmit extends EaselError {}

/** A chat has said no, and would say so again: trying again is of no use. Its answer is the `cause`. */
export class Refused extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'Refused';
  }
}

/** The problem behind anything thrown; what is not ours is `internal`, with `ref` to find it in the log. */
export function problemOf(error: unknown, ref: string): Problem {
  return error instanceof EaselError ? error.problem : { code: 'internal', ref };
}

/** Why a connection does not work, where it is that and where that is known. */
export function faultIn(problem: Problem): ConnectionFault | undefined {
  return 'fault' in problem ? problem.fault : undefined;
}

/** Which field of a form a problem is about: a setting, a slot's value, a part of a slot or of a template. */
export function fieldOf(problem: Problem): string | undefined {
  if (problem.code === 'slot-broken') return problem.field;
  if (ABOUT_NAME.includes(problem.code)) return 'name';
  if (problem.code === 'bad-description') return 'description';
  if (problem.code === 'no-such-output') return 'outputs';
  if (problem.code === 'bad-language' || problem.code === 'too-many-languages') return 'language';
  if ('setting' in problem) return problem.setting;
  return 'slot' in problem ? problem.slot : undefined;
}

const ABOUT_NAME: readonly ProblemCode[] = ['slot-exists', 'name-taken', 'bad-name', 'reserved-name'];
