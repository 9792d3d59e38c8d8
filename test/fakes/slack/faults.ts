/** How a test makes Slack misbehave. Refusals that come from here are never the bot's violations. */
import { Refusal } from './refusal.ts';

interface Target {
  /**
   * A Web API method (`chat.update`), or `upload`, `download`, `response_url` for what has no method name; absent means
   * everything.
   */
  readonly method?: string;
  /** How many requests; 1 unless told, `Infinity` until `clear()`. */
  readonly times?: number;
}

/** Ends the connection under a request instead of answering. */
interface Cut {
  /** Whether Slack has acted on the request before. */
  readonly after: boolean;
  readonly kind: 'cut';
}

/** No answer at all: the request stays open until the client gives up. */
interface Hang {
  readonly kind: 'hang';
}

/** Any HTTP answer that is not Slack's JSON. */
interface Page {
  readonly kind: 'page';
  readonly status: number;
}

/** An answer that takes until the test lets it go. */
interface Hold {
  readonly kind: 'hold';
  readonly released: Promise<void>;
}

type Fault = Refusal | Cut | Hang | Page | Hold;

interface Rule {
  readonly target: Target;
  left: number;
  readonly answer: Fault;
}

export type RevokedError = 'invalid_auth' | 'account_inactive' | 'token_revoked' | 'not_authed';

export interface Faults {
  /** Added before every answer, in ms. */
  latencyMs: number;
  /** Uploads stay unprocessed until `releaseFiles()`. */
  holdFiles: boolean;
  /** HTTP deliveries carry a wrong signature, or a timestamp of ten minutes ago. */
  badSignature: 'wrong' | 'stale' | undefined;
  /** Every call with the bot's token is answered with this. */
  revoked: RevokedError | undefined;
  /** The same for the app-level token, that is, for `apps.connections.open`. */
  appRevoked: RevokedError | undefined;
  /** 429; `retryAfter` in whole seconds (0 is allowed here for speed), 1 unless told. */
  rateLimit(target: Target & { retryAfter?: number }): void;
  /** `ok: false` with this error: not_in_channel, is_archived, message_not_found, expired_trigger_id, … */
  refuse(target: Target & { error: string; fields?: Record<string, string> }): void;
  /** A page of a proxy: 5xx, or 404 and 403 for downloads. */
  httpError(target: Target & { status?: number }): void;
  /** A reset connection, before or after Slack has acted. */
  cutConnection(target: Target & { after?: boolean }): void;
  hang(target: Target): void;
  /** Answers only when the function that this gives is called. */
  hold(target: Target): () => void;
  /** The rule that this request runs into, used up once. */
  take(method: string): Fault | undefined;
  /** Back to good behaviour. */
  clear(): void;
}

export function createFaults(): Faults {
  const rules: Rule[] = [];
  const add = (target: Target, answer: Fault): void => {
    rules.push({ target, left: target.times ?? 1, answer });
  };
  return {
    latencyMs: 0,
    holdFiles: false,
    badSignature: undefined,
    revoked: undefined,
    appRevoked: undefined,
    rateLimit(target) {
      const { retryAfter = 1 } = target;
      add(target, new Refusal('ratelimited', { expected: true, status: 429, retryAfter }));
    },
    refuse(target) {
      const { error, fields } = target;
      add(target, new Refusal(error, { expected: true, ...(fields ? { fields } : {}) }));
    },
    httpError(target) {
      add(target, { kind: 'page', status: target.status ?? 503 });
    },
    cutConnection(target) {
      add(target, { kind: 'cut', after: target.after ?? false });
    },
    hang(target) {
      add(target, { kind: 'hang' });
    },
    hold(target) {
      const { promise: released, resolve } = Promise.withResolvers<void>();
      add(target, { kind: 'hold', released });
      return resolve;
    },
    take(method) {
      const rule = rules.find(({ target, left }) => left > 0 && (target.method ?? method) === method);
      if (!rule) return undefined;
      rule.left -= 1;
      return rule.answer;
    },
    clear() {
      rules.length = 0;
      this.latencyMs = 0;
      this.holdFiles = false;
      this.badSignature = undefined;
      this.revoked = undefined;
      this.appRevoked = undefined;
    },
  };
}
