/** How a test makes Slack misbehave. Refusals that come from here are never the bot's violations. */
import type { Trouble } from '../http/door.ts';
import { createPlan } from '../http/plan.ts';
import { Refusal } from './refusal.ts';

interface Target {
  /**
   * A Web API method (`chat.update`), or `upload`, `download`, `response_url` for what has no method name; absent means
   * everything.
   */
  readonly method?: string;
  /** How many requests; 1 unless told, `Infinity` until `clear()`. */
  readonly times?: number;
  /** Only requests with such arguments. */
  readonly when?: (args: Readonly<Record<string, unknown>>) => boolean;
}

/** Any HTTP answer that is not Slack's JSON. */
interface Page {
  readonly kind: 'page';
  readonly status: number;
}

type Fault = Refusal | Page | Trouble;

/** Slack is away for a while: every request meets it until the outage is ended. */
export interface Outage {
  /** A page with this status, a reset connection, no answer at all, or Slack's own words for it, with status 200. */
  readonly answer: 500 | 503 | 'reset' | 'hang' | 'internal_error' | 'service_unavailable' | 'fatal_error';
  /**
   * Against names as in `Target`; absent means everything but `apps.connections.open`, so that people can go on asking.
   * Deliveries, over Socket Mode or HTTP, are not the bot's requests: they stay.
   */
  readonly methods?: RegExp;
  /** Nor are new Socket Mode connections given out. */
  readonly connections?: boolean;
}

export type RevokedError = 'invalid_auth' | 'account_inactive' | 'token_revoked' | 'not_authed';

export interface Faults {
  /** Added before every answer, in ms. */
  latencyMs: number;
  /** Uploads stay unprocessed until `releaseFiles()`. */
  holdFiles: boolean;
  /** No block may name a file, although `files.info` says that it is processed: "invalid slack file". */
  distrustFiles: boolean;
  /** HTTP deliveries carry a wrong signature, or a timestamp of ten minutes ago. */
  badSignature: 'wrong' | 'stale' | undefined;
  /** Every call with the bot's token is answered with this. */
  revoked: RevokedError | undefined;
  /** The same for the app-level token, that is, for `apps.connections.open`. */
  appRevoked: RevokedError | undefined;
  /** 429; `retryAfter` in whole seconds (0 is allowed here for speed), 1 unless told. */
  rateLimit(target: Target & { retryAfter?: number }): void;
  /** `ok: false` with this error: not_in_channel, is_archived, message_not_found, expired_trigger_id, … */
  refuse(
    target: Target & { error: string; fields?: Record<string, string>; messages?: readonly string[] },
  ): void;
  /** A page of a proxy: 5xx, or 404 and 403 for downloads. */
  httpError(target: Target & { status?: number }): void;
  /** A reset connection, before or after Slack has acted. */
  cutConnection(target: Target & { after?: boolean }): void;
  hang(target: Target): void;
  /** Answers only when the function that this gives is called. */
  hold(target: Target): () => void;
  /** Until the function that this gives is called: methods, the upload address, response_urls and downloads. */
  outage(outage: Outage): () => void;
  /** What this request runs into: an outage, or a rule, which is used up once. */
  take(method: string, args: Readonly<Record<string, unknown>>): Fault | undefined;
  /** Back to good behaviour. */
  clear(): void;
}

function answerOf({ answer }: Outage, method: string): Fault {
  if (typeof answer === 'number') return { kind: 'page', status: answer };
  if (answer === 'hang') return { kind: 'hang' };
  if (answer === 'reset') return { kind: 'cut', after: false, reset: true };
  // what is no Web API method has no such words
  if (!method.includes('.')) return { kind: 'page', status: 500 };
  return new Refusal(answer, { expected: true });
}

export function createFaults(): Faults {
  const plan = createPlan<Target, Fault, Outage>();
  const { add } = plan;
  return {
    latencyMs: 0,
    holdFiles: false,
    distrustFiles: false,
    badSignature: undefined,
    revoked: undefined,
    appRevoked: undefined,
    rateLimit(target) {
      const { retryAfter = 1 } = target;
      add(target, new Refusal('ratelimited', { expected: true, status: 429, retryAfter }));
    },
    refuse(target) {
      const { error, fields, messages } = target;
      const extras = { ...(fields ? { fields } : {}), ...(messages ? { messages } : {}) };
      add(target, new Refusal(error, { expected: true, ...extras }));
    },
    httpError(target) {
      add(target, { kind: 'page', status: target.status ?? 503 });
    },
    cutConnection(target) {
      add(target, { kind: 'cut', after: target.after ?? false, reset: true });
    },
    hang(target) {
      add(target, { kind: 'hang' });
    },
    hold(target) {
      const { promise: released, resolve } = Promise.withResolvers<void>();
      add(target, { kind: 'hold', released });
      return resolve;
    },
    outage: plan.outage,
    take: (method, args) =>
      plan.take({
        outage(outage) {
          const { methods, connections = false } = outage;
          const isMet = method === 'apps.connections.open' ? connections : (methods?.test(method) ?? true);
          return isMet ? answerOf(outage, method) : undefined;
        },
        target: (target) => (target.method ?? method) === method && (target.when?.(args) ?? true),
      }),
    clear() {
      plan.clear();
      this.latencyMs = 0;
      this.holdFiles = false;
      this.distrustFiles = false;
      this.badSignature = undefined;
      this.revoked = undefined;
      this.appRevoked = undefined;
    },
  };
}
