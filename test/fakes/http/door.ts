/** How a request gets through a fake's door: written down, delayed, met by what a test has planned, and answered or not. */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { changed } from '../wait.ts';

/** What every fake keeps of a request, besides its own. */
export interface Logged {
  /** In ms since 1970. */
  readonly at: number;
  /** 0: it is not answered yet; 499: nobody got an answer. */
  status: number;
  /** A test had planned what came of it. */
  fault: boolean;
}

export type Trouble =
  /** No answer at all: the request stays open until the client gives up. */
  | { readonly kind: 'hang' }
  /** Ends the connection under a request, before or after it was acted upon; with a reset (ECONNRESET), or with an end. */
  | { readonly kind: 'cut'; readonly after: boolean; readonly reset: boolean }
  /** An answer that takes until the test lets it go. */
  | { readonly kind: 'hold'; readonly released: Promise<void> };

interface Arrival<A extends { readonly status: number }> {
  readonly entry: Logged;
  /** The connection; nothing has been written into it. */
  readonly wire: { readonly incoming: IncomingMessage; readonly outgoing: ServerResponse };
  /** Asked after the delay; an answer is given as it is. */
  readonly fault: () => Trouble | { readonly kind: 'answer'; readonly answer: () => A } | undefined;
  readonly act: () => Promise<A>;
}

interface House {
  readonly faults: { readonly latencyMs: number };
  readonly changes: Parameters<typeof changed>[0]['changes'];
}

/** Resolves to the answer that is to be written, or to undefined: nobody is there to get one. Rejects as `act` does. */
export async function letIn<A extends { readonly status: number }>(
  house: House,
  { entry, wire, fault: planned, act }: Arrival<A>,
): Promise<A | undefined> {
  changed(house);
  const { latencyMs } = house.faults;
  if (latencyMs > 0) await sleep(latencyMs, undefined, { ref: false });
  const fault = planned();
  entry.fault = fault !== undefined;
  const answer = await met(fault, wire, act);
  entry.status = answer?.status ?? 499;
  changed(house);
  return answer;
}

async function met<A extends { readonly status: number }>(
  fault: ReturnType<Arrival<A>['fault']>,
  { incoming, outgoing }: Arrival<A>['wire'],
  act: () => Promise<A>,
): Promise<A | undefined> {
  switch (fault?.kind) {
    case 'answer':
      return fault.answer();
    case 'hang':
      if (!outgoing.destroyed) await once(outgoing, 'close');
      return undefined;
    case 'cut':
      if (fault.after) await act();
      if (fault.reset) incoming.socket.resetAndDestroy();
      else incoming.socket.destroy();
      return undefined;
    case 'hold':
      await fault.released;
      return act();
    case undefined:
      return act();
  }
}

/** What a violation says of an error that is no refusal. */
export function storyOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
