/** How a test makes Discord misbehave. Refusals that come from here are never the bot's violations. */
import type { Trouble } from '../http/door.ts';
import { createPlan } from '../http/plan.ts';
import { autoModRule, type ContentRule } from './moderation.ts';
import { Refusal } from './refusal.ts';

interface Route {
  readonly method?: string;
  /** Against the decoded path without `/api/v10`; absent means every path. */
  readonly path?: RegExp;
  /** How many requests; 1 unless told. */
  readonly times?: number;
}

type Fault = Refusal | Trouble;

/** Discord is away for a while: every request meets it until the outage is ended. */
export interface Outage {
  /** 500 with Discord's own JSON, 502 with its edge's page, connections that are reset, or no answer at all. */
  readonly answer: 500 | 502 | 'reset' | 'hang';
  /** Against the decoded path without `/api/v10`; absent means all of REST. The gateway's socket stays. */
  readonly routes?: RegExp;
  /** The CDN is away too. */
  readonly cdn?: boolean;
}

interface UploadCeiling {
  /** The real limit per file, below the one that interactions advertise. */
  readonly bytes: number;
  /** `json`: 413 with code 40005. `bad-request`: 400 with code 40005. `html`: 413 with a proxy's page, no code. */
  readonly answer: 'json' | 'bad-request' | 'html';
}

export interface Faults {
  /** Added before every REST answer, in ms. */
  latencyMs: number;
  uploadCeiling: UploadCeiling | undefined;
  /** The gateway stays open but says nothing any more, not even heartbeat acks. */
  gatewaySilent: boolean;
  /** The next connection to the gateway is refused with this status, before it is one. */
  gatewayDoor(status: number): void;
  /** That status, once. */
  takeGatewayDoor(): number | undefined;
  /** Channel id → the code it is refused with. */
  readonly forbiddenChannels: Map<string, 50001 | 50013>;
  /** Users who take no direct messages; `*` for everybody. */
  readonly closedDirectMessages: Set<string>;
  /** The CDN has forgotten these file ids; `*` for every one. */
  readonly expiredFiles: Set<string>;
  /** What is refused for what it says, in messages and in edits. */
  readonly contentRules: ContentRule[];
  /** AutoMod of every server blocks these words. */
  blockWords(...words: string[]): void;
  /** 429 for the next requests on a route; `retryAfter` in seconds. */
  rateLimit(route: Route & { retryAfter?: number; global?: boolean }): void;
  /** 5xx for the next requests on a route. */
  serverError(route: Route & { status?: number }): void;
  /** Any other refusal for the next requests on a route. */
  refuse(route: Route & { status: number; code: number; message: string }): void;
  /**
   * No answer at all for the next requests on a route. `after`: Discord has acted on it; `reset`: with a reset, which
   * discord.js retries (ECONNRESET), otherwise with an end, which it does not.
   */
  cutConnection(route: Route & { after?: boolean; reset?: boolean }): void;
  /** Until the function that this gives is called: first answers, replies, channels, who am I, the way to the gateway. */
  outage(outage: Outage): () => void;
  /** What this request runs into: an outage, or a rule, which is used up once. */
  take(method: string, path: string): Fault | undefined;
  /** Back to good behaviour. */
  clear(): void;
}

const EDGE_PAGE =
  '<html><head><title>502 Bad Gateway</title></head><body><center>cloudflare</center></body></html>';

function answerOf({ answer }: Outage): Fault {
  if (answer === 'hang') return { kind: 'hang' };
  if (answer === 'reset') return { kind: 'cut', after: false, reset: true };
  const page = answer === 502 ? { html: EDGE_PAGE } : {};
  return new Refusal(answer, 0, `${answer}: Internal Server Error`, { expected: true, ...page });
}

export function createFaults(): Faults {
  const plan = createPlan<Route, Fault, Outage>();
  const { add } = plan;
  let doorStatus: number | undefined;
  return {
    latencyMs: 0,
    uploadCeiling: undefined,
    gatewaySilent: false,
    gatewayDoor(status) {
      doorStatus = status;
    },
    takeGatewayDoor() {
      const status = doorStatus;
      doorStatus = undefined;
      return status;
    },
    forbiddenChannels: new Map(),
    closedDirectMessages: new Set(),
    expiredFiles: new Set(),
    contentRules: [],
    blockWords(...words) {
      this.contentRules.push(autoModRule(words));
    },
    rateLimit(route) {
      const { retryAfter = 0.05, global = false } = route;
      const headers = {
        'Retry-After': String(retryAfter),
        'X-RateLimit-Scope': global ? 'global' : 'user',
        ...(global
          ? { 'X-RateLimit-Global': 'true' }
          : { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset-After': String(retryAfter) }),
      };
      const extras = { expected: true, headers, retryAfter, global };
      add(route, new Refusal(429, 0, 'You are being rate limited.', extras));
    },
    serverError(route) {
      const status = route.status ?? 500;
      add(route, new Refusal(status, 0, `${status}: Internal Server Error`, { expected: true }));
    },
    refuse(route) {
      add(route, new Refusal(route.status, route.code, route.message, { expected: true }));
    },
    cutConnection(route) {
      add(route, { kind: 'cut', after: route.after ?? false, reset: route.reset ?? false });
    },
    outage: plan.outage,
    take: (method, path) =>
      plan.take({
        outage: (outage) =>
          (path.startsWith('/cdn/') ? outage.cdn : (outage.routes?.test(path) ?? true))
            ? answerOf(outage)
            : undefined,
        target: (route) => (route.method ?? method) === method && (route.path?.test(path) ?? true),
      }),
    clear() {
      plan.clear();
      this.latencyMs = 0;
      this.uploadCeiling = undefined;
      this.gatewaySilent = false;
      doorStatus = undefined;
      this.forbiddenChannels.clear();
      this.closedDirectMessages.clear();
      this.expiredFiles.clear();
      this.contentRules.length = 0;
    },
  };
}
