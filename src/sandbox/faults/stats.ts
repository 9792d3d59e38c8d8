/** What the sandbox counted, so that a test can say "the socket was never opened" without a mock. */
import type { JsonObject } from '../../core/json.ts';
import type { Route } from './faults.ts';

export interface SandboxStats {
  /** Requests by route, refused ones too. */
  readonly requests: Readonly<Record<Route, number>>;
  readonly sockets: { readonly opened: number; readonly open: number };
  /** Prompts that were queued. */
  readonly submitted: number;
  /** Bodies of the last prompts, refused ones too, newest last. */
  readonly bodies: readonly JsonObject[];
  /** The last runs that were started, by prompt id: 2 means that somebody paid twice. */
  readonly runs: Readonly<Record<string, number>>;
  readonly executed: number;
  readonly interrupts: number;
  /** Files handed out by `/view` or the files origin. */
  readonly views: number;
  readonly redirects: number;
  /** Requests at the files origin that carried the API key, anywhere. */
  readonly keysSeenOnFilesOrigin: number;
  /** The most runs that were running at the same time. */
  readonly mostAtOnce: number;
}

const BODIES_KEPT = 20;
const RUNS_KEPT = 10_000;

export class Counters implements SandboxStats {
  readonly requests: Record<Route, number> = {};
  readonly sockets = { opened: 0, open: 0 };
  readonly bodies: JsonObject[] = [];
  readonly runs: Record<string, number> = {};
  submitted = 0;
  executed = 0;
  interrupts = 0;
  views = 0;
  redirects = 0;
  keysSeenOnFilesOrigin = 0;
  mostAtOnce = 0;
  readonly #order: string[] = [];

  request(route: Route): void {
    this.requests[route] = (this.requests[route] ?? 0) + 1;
  }

  body(body: JsonObject): void {
    this.bodies.push(body);
    if (this.bodies.length > BODIES_KEPT) this.bodies.shift();
  }

  started(promptId: string, running: number): void {
    this.executed += 1;
    const before = this.runs[promptId];
    this.runs[promptId] = (before ?? 0) + 1;
    if (before === undefined) this.#order.push(promptId);
    if (this.#order.length > RUNS_KEPT) delete this.runs[this.#order.shift() ?? ''];
    this.mostAtOnce = Math.max(this.mostAtOnce, running);
  }
}
