/**
 * Knows which node classes call a paid partner and so need the Comfy account's key in the run itself. Comes from
 * `/api/object_info` (megabytes), so it is read in the background, kept, and renewed when it is old.
 */
import { EaselError } from '../core/errors.ts';
import type { Workflow } from '../core/workflow.ts';
import { errorOfSilence, problemOfAnswer } from './errors.ts';
import { jsonOf } from './http.ts';
import { CatalogueAnswer } from './schema.ts';
import type { Server } from './server.ts';

/** After a failed reading; until then submits don't wait for one. */
const RETRY_MS = 60_000;

const KEY_INPUTS = ['api_key_comfy_org', 'auth_token_comfy_org'] as const;

export interface Catalogue {
  /** Starts reading in the background unless what is known is fresh. */
  refresh(): void;
  /** Waits for the first reading, if it is not there. Undefined: the backend does not tell. */
  hasPartnerNodes(workflow: Workflow, signal: AbortSignal): Promise<boolean | undefined>;
}

export function createCatalogue(server: Server, stopped: AbortSignal): Catalogue {
  let partners: ReadonlySet<string> | undefined;
  let readAt = -Infinity;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    try {
      partners = await readPartners(server, stopped);
      readAt = server.clock.now();
    } catch (error) {
      readAt = server.clock.now() - server.timing.catalogueMs + RETRY_MS;
      // After stop there is nobody to tell.
      if (!stopped.aborted) server.log.warn({ backend: server.name, err: error }, 'node classes not read');
    } finally {
      reading = undefined;
    }
  }

  function refresh(): Promise<void> | undefined {
    if (reading === undefined && server.clock.now() - readAt > server.timing.catalogueMs) reading = read();
    return reading;
  }

  return {
    refresh: () => void refresh(),
    async hasPartnerNodes(workflow, signal) {
      const pending = refresh();
      if (partners === undefined && pending) await orAborted(pending, signal);
      const known = partners;
      return known && Object.values(workflow).some((node) => known.has(node.class_type));
    },
  };
}

async function readPartners(server: Server, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const answer = await server.http.ask('api/object_info', { signal }).catch((error: unknown) => {
    throw errorOfSilence(server, error);
  });
  const parsed = CatalogueAnswer.safeParse(answer.status === 200 ? jsonOf(answer) : undefined);
  if (!parsed.success) throw new EaselError(problemOfAnswer(server, answer));
  const partners = Object.entries(parsed.data).filter(
    ([, node]) =>
      node.api_node === true || KEY_INPUTS.some((input) => node.input?.hidden?.[input] !== undefined),
  );
  return new Set(partners.map(([name]) => name));
}

async function orAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => {
    reject(signal.reason);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
