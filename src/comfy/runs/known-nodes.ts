/**
 * Knows the backend's node classes. `/api/object_info` is megabytes, so it is read in the background, kept, and
 * renewed when it is old or the server may have been restarted; whoever asks at the same time shares one request.
 */
import { EaselError, type Problem } from '../../core/errors.ts';
import type { NodeClasses } from '../../core/nodes.ts';
import { orAborted, within } from '../../core/time.ts';
import type { Workflow } from '../../core/workflow.ts';
import { errorOfAnswer, errorOfSilence, problemOfAnswer } from '../wire/refusals.ts';
import { readNodeClasses, type NodeReading } from '../wire/node-classes.ts';
import type { Server } from './deps.ts';

/** After a failed reading; until then none is begun in the background. */
const RETRY_MS = 60_000;
/** Of what was not understood, this much is logged. */
const ODD_LOGGED = 20;

export interface Catalogue {
  /** Starts reading in the background unless something was read already. */
  refresh(): void;
  /** What was read last, at once. Starts reading in the background when that is old. Never throws. */
  known(): NodeClasses | undefined;
  /** At most `maxAgeMs` old. Throws EaselError, also when an older reading is known; or the signal's reason. */
  nodes(signal: AbortSignal, maxAgeMs: number): Promise<NodeClasses>;
  /** Waits for the first reading, if it is not there, as long as for a small request. Undefined: not known. */
  hasPartnerNodes(workflow: Workflow, signal: AbortSignal): Promise<boolean | undefined>;
  /** The server is away; when it comes back it may be another one. */
  lost(): void;
  /** The server is there: reads in the background if nothing is known of it. */
  found(): void;
}

interface Known extends Pick<NodeReading, 'classes' | 'partners'> {
  /** When it was asked for. */
  at: number;
}

export function createCatalogue(server: Server, stopped: AbortSignal): Catalogue {
  const { clock, log, address: backend, timing } = server;
  let known: Known | undefined;
  let reading: Promise<Known> | undefined;
  let failedAt = -Infinity;
  let failures = 0;
  let lostAt = -Infinity;

  async function readOnce(): Promise<Known> {
    const at = clock.monotonic();
    try {
      const { classes, partners, odd } = await readServer(server, stopped);
      known = { at, classes, partners };
      failures = 0;
      const facts = { backend, classes: classes.size, ms: Math.round(clock.monotonic() - at) };
      log.debug({ ...facts, ...(odd.length > 0 && { odd: odd.slice(0, ODD_LOGGED) }) }, 'node classes read');
      return known;
    } catch (error) {
      failures += 1;
      failedAt = clock.monotonic();
      // After stop there is nobody to tell.
      const level = failures > 1 ? 'debug' : 'warn';
      if (!stopped.aborted) log[level]({ backend, err: error }, 'node classes not read');
      throw error;
    } finally {
      reading = undefined;
    }
  }

  function read(): Promise<Known> {
    if (reading === undefined) {
      reading = readOnce();
      // Logged there; whoever waits hears of it too.
      reading.catch(() => undefined);
    }
    return reading;
  }

  function refresh(maxAgeMs: number): void {
    const now = clock.monotonic();
    const good = known !== undefined && now - known.at <= maxAgeMs && known.at > lostAt;
    if (!good && now - failedAt > RETRY_MS && !stopped.aborted) void read();
  }

  return {
    refresh: () => refresh(Infinity),
    known() {
      refresh(timing.nodesAgeMs);
      return known?.classes;
    },
    async nodes(signal, maxAgeMs) {
      signal.throwIfAborted();
      const asked = clock.monotonic();
      if (known && asked - known.at < maxAgeMs) return known.classes;
      const joined = await orAborted(read(), signal);
      // It may have been under way for too long.
      return (asked - joined.at <= maxAgeMs ? joined : await orAborted(read(), signal)).classes;
    },
    async hasPartnerNodes(workflow, signal) {
      refresh(timing.catalogueMs);
      if (known === undefined && reading) {
        const first = reading;
        await within(timing.requestMs, (patience) => orAborted(first, patience), signal).catch(() =>
          signal.throwIfAborted(),
        );
      }
      const partners = known?.partners;
      return partners && Object.values(workflow).some((node) => partners.has(node.class_type));
    },
    lost() {
      lostAt = clock.monotonic();
    },
    found() {
      failedAt = -Infinity;
      refresh(Infinity);
    },
  };
}

async function readServer(server: Server, signal: AbortSignal): Promise<NodeReading> {
  const { maxNodesBytes: maxBytes, nodesMs: timeoutMs } = server.timing;
  const ask = { signal, timeoutMs, maxBytes };
  const answer = await server.http.ask('api/object_info', ask).catch((error: unknown) => {
    throw errorOfSilence(server, error);
  });
  if (answer.status !== 200) throw errorOfAnswer(server, answer);
  const problem = problemOfAnswer(server, answer);
  const reading = readText(new TextDecoder().decode(answer.bytes), problem);
  // Another server's JSON; ComfyUI is never without classes.
  if (reading.classes.size === 0) throw new EaselError(problem, { detail: 'no node classes in the answer' });
  return reading;
}

function readText(text: string, problem: Problem): NodeReading {
  try {
    return readNodeClasses(text);
  } catch (error) {
    throw error instanceof SyntaxError ? new EaselError(problem, { cause: error }) : error;
  }
}
