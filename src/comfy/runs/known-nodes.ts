/**
 * Knows the backend's node classes. `/api/object_info` is megabytes, so it is read in the background, kept, and
 * renewed when it is old or the server may have been restarted; whoever asks at the same time shares one request.
 */
import type { NodeClasses } from '../../core/nodes.ts';
import { orAborted, within } from '../../core/time.ts';
import type { Workflow } from '../../core/workflow.ts';
import type { NodeReading } from '../wire/node-classes.ts';
import { getNodeClasses } from '../wire/object-info.ts';
import type { Connection } from './connection.ts';

/** After a failed reading; until then none is begun in the background. */
const RETRY_MS = 60_000;
/** Of what was not understood, this much is logged. */
const ODD_LOGGED = 20;

export interface KnownNodes {
  /** Starts reading in the background unless something was read already. */
  refresh(): void;
  /** What was read last, at once. Starts reading in the background when that is old. Never throws. */
  latest(): NodeClasses | undefined;
  /** At most `maxAgeMs` old. Throws EaselError, also when an older reading is known; or the signal's reason. */
  nodes(signal: AbortSignal, maxAgeMs: number): Promise<NodeClasses>;
  /** Waits for the first reading, if it is not there, as long as for a small request. Undefined: not known. */
  hasPartnerNodes(workflow: Workflow, signal: AbortSignal): Promise<boolean | undefined>;
  /** The server is away; when it comes back it may be another one. */
  serverAway(): void;
  /** The server is there: reads in the background if nothing is known of it. */
  serverBack(): void;
}

interface Known extends Pick<NodeReading, 'classes' | 'partners'> {
  /** When it was asked for. */
  at: number;
}

export function createKnownNodes(connection: Connection, stopped: AbortSignal): KnownNodes {
  const { http, clock, log, server, timing } = connection;
  const limits = { timeoutMs: timing.nodesMs, maxBytes: timing.maxNodesBytes };
  let known: Known | undefined;
  let reading: Promise<Known> | undefined;
  let failedAt = -Infinity;
  let failures = 0;
  let lostAt = -Infinity;

  async function readOnce(): Promise<Known> {
    const at = clock.monotonic();
    try {
      const { classes, partners, odd } = await getNodeClasses(http, limits, stopped);
      known = { at, classes, partners };
      failures = 0;
      const facts = {
        backend: server.address,
        classes: classes.size,
        ms: Math.round(clock.monotonic() - at),
      };
      log.debug({ ...facts, ...(odd.length > 0 && { odd: odd.slice(0, ODD_LOGGED) }) }, 'node classes read');
      return known;
    } catch (error) {
      failures += 1;
      failedAt = clock.monotonic();
      // after stop there is nobody to tell
      const level = failures > 1 ? 'debug' : 'warn';
      if (!stopped.aborted) log[level]({ backend: server.address, err: error }, 'node classes not read');
      throw error;
    } finally {
      reading = undefined;
    }
  }

  function read(): Promise<Known> {
    if (reading === undefined) {
      reading = readOnce();
      // logged there; whoever waits hears of it too
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
    latest() {
      refresh(timing.nodesAgeMs);
      return known?.classes;
    },
    async nodes(signal, maxAgeMs) {
      signal.throwIfAborted();
      const asked = clock.monotonic();
      if (known && asked - known.at < maxAgeMs) return known.classes;
      const joined = await orAborted(read(), signal);
      // it may have been under way for too long
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
    serverAway() {
      lostAt = clock.monotonic();
    },
    serverBack() {
      failedAt = -Infinity;
      refresh(Infinity);
    },
  };
}
