/** Discord's way of saying no: a status, a JSON code and, for bad forms, a tree of errors by field. */
import type { z } from 'zod';

export interface RefusalExtras {
  /** A test asked for this refusal, or it is an ordinary turn of events: it is not the bot's mistake. */
  readonly expected?: boolean;
  readonly errors?: ErrorTree;
  readonly headers?: Readonly<Record<string, string>>;
  /** Replaces the JSON body altogether, e.g. with the page of a proxy. */
  readonly html?: string;
  readonly retryAfter?: number;
  readonly global?: boolean;
}

interface ErrorTree {
  [key: string]: ErrorTree | readonly FieldError[];
}

interface FieldError {
  readonly code: string;
  readonly message: string;
}

export interface FormIssue extends FieldError {
  readonly path: readonly PropertyKey[];
}

export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly extras: RefusalExtras;

  constructor(status: number, code: number, message: string, extras: RefusalExtras = {}) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.extras = extras;
  }

  /** The body as Discord writes it. */
  body(): Record<string, unknown> {
    const { errors, retryAfter, global } = this.extras;
    if (retryAfter !== undefined)
      return { message: this.message, retry_after: retryAfter, global: global ?? false };

    return { message: this.message, code: this.code, ...(errors ? { errors } : {}) };
  }

  /** For people: the same refusal in one line. */
  describe(): string {
    const fields = this.extras.errors ? ` ${JSON.stringify(this.extras.errors)}` : '';
    return `${this.status} ${this.code} ${this.message}${fields}`;
  }
}

/** 50035: the form was understood, and some of its fields are wrong. */
export function invalidForm(issues: readonly FormIssue[]): Refusal {
  const errors: ErrorTree = {};
  for (const issue of issues) {
    let node = errors;
    for (const key of issue.path) {
      const name = String(key);
      const next = node[name];
      if (next === undefined || Array.isArray(next)) {
        const fresh: ErrorTree = {};
        node[name] = fresh;
        node = fresh;
      } else node = next as ErrorTree;
    }
    const known = node['_errors'];
    const list = Array.isArray(known) ? known : [];
    node['_errors'] = [...list, { code: issue.code, message: issue.message }];
  }
  return new Refusal(400, 50035, 'Invalid Form Body', { errors });
}

export function badField(path: string, code: string, message: string): Refusal {
  return invalidForm([{ path: path.split('.'), code, message }]);
}

/** Parses with a schema and refuses, as Discord would, what does not fit. */
export function parseForm<T>(schema: z.ZodType<T>, value: unknown, prefix: readonly PropertyKey[] = []): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalidForm(
    result.error.issues.map((issue) => ({
      path: [...prefix, ...issue.path],
      code: fieldCode(issue),
      message: issue.message,
    })),
  );
}

function fieldCode(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom') {
    const code: unknown = issue.params?.['code'];
    return typeof code === 'string' ? code : 'INVALID';
  }
  if (issue.code === 'too_big') return issue.origin === 'number' ? 'NUMBER_TYPE_MAX' : 'BASE_TYPE_MAX_LENGTH';
  if (issue.code === 'too_small')
    return issue.origin === 'number' ? 'NUMBER_TYPE_MIN' : 'BASE_TYPE_BAD_LENGTH';
  if (issue.code === 'unrecognized_keys') return 'UNKNOWN_FIELD';
  if (issue.code === 'invalid_union') return 'UNION_TYPE_CHOICES';
  if (issue.code === 'invalid_format') return 'STRING_TYPE_REGEX';
  return issue.message.includes('undefined') ? 'BASE_TYPE_REQUIRED' : 'BASE_TYPE_BAD_TYPE';
}
