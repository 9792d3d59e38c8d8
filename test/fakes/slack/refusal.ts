/** Slack's way of saying no: HTTP 200 with `ok: false`, an error word and, for bad forms, messages with JSON pointers. */
import type { z } from 'zod';

export interface RefusalExtras {
  /** A test asked for this refusal, or it is an ordinary turn of events: it is not the bot's mistake. */
  readonly expected?: boolean;
  /** Without the leading `[ERROR]`. */
  readonly messages?: readonly string[];
  /** More fields of the body: `needed`, `provided`. */
  readonly fields?: Readonly<Record<string, string>>;
  /** 200 unless told; 429 comes with `retryAfter` in whole seconds. */
  readonly status?: number;
  readonly retryAfter?: number;
}

export class Refusal extends Error {
  readonly error: string;
  readonly extras: RefusalExtras;

  constructor(error: string, extras: RefusalExtras = {}) {
    super(error);
    this.name = 'Refusal';
    this.error = error;
    this.extras = extras;
  }

  /** The body as Slack writes it. */
  body(): Record<string, unknown> {
    const { messages, fields } = this.extras;
    return {
      ok: false,
      error: this.error,
      ...fields,
      ...(messages && this.error === 'invalid_blocks' ? { errors: messages } : {}),
      ...(messages
        ? { response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) } }
        : {}),
    };
  }

  describe(): string {
    const { messages = [], fields = {} } = this.extras;
    return [this.error, ...Object.entries(fields).map((pair) => pair.join('=')), ...messages].join(', ');
  }
}

/** What zod found, in Slack's words; `at` is where the checked value sits, e.g. `/blocks`. */
export function issueMessages(error: z.ZodError, at: string): string[] {
  return error.issues.map((issue) => `${wording(issue)} [json-pointer:${at}${pointer(issue)}]`);
}

function pointer(issue: z.core.$ZodIssue): string {
  const path = isMissing(issue) ? issue.path.slice(0, -1) : issue.path;
  return path.map((key) => `/${String(key)}`).join('');
}

function isMissing(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'invalid_type' && issue.message.includes('received undefined');
}

function wording(issue: z.core.$ZodIssue): string {
  if (isMissing(issue)) return `missing required field: ${String(issue.path.at(-1))}`;
  if (issue.code === 'unrecognized_keys') return `invalid additional property: ${issue.keys.join(', ')}`;
  if (issue.code === 'invalid_union') return 'unsupported type';
  if (issue.code === 'too_big') {
    if (issue.origin === 'array') return `no more than ${issue.maximum} items allowed`;
    return issue.origin === 'string'
      ? `must be less than ${Number(issue.maximum) + 1} characters`
      : issue.message;
  }
  if (issue.code === 'too_small') {
    if (issue.origin === 'array') return `no less than ${issue.minimum} items allowed`;
    return issue.origin === 'string'
      ? `must be more than ${Number(issue.minimum) - 1} characters`
      : issue.message;
  }
  return issue.message;
}
