/** The client of one ComfyUI server or of Comfy Cloud: puts the parts together into the `Backend` port. */
import type { Backend } from '../core/backend.ts';
import { EaselError } from '../core/errors.ts';
import type { StoredFile } from '../core/files.ts';
import { within } from '../core/time.ts';
import { withDiagnosis } from './diagnose.ts';
import { depsOf, type BackendOptions } from './options.ts';
import { fetchOutput } from './runs/fetch.ts';
import { createRuns } from './runs/index.ts';
import { createKnownNodes } from './runs/known-nodes.ts';
import { createUploadLimits, requireWithin } from './runs/upload-limits.ts';
import { getAlive } from './wire/alive.ts';

export { CLOUD_URL, isDialectName, type DialectName } from './dialects/index.ts';
export type { BackendOptions } from './options.ts';
export type { Timing } from './timing.ts';
export { offeredBy, probeBackend, probeSocket, type BackendFindings } from './probe.ts';
export { isComfyOrg } from './wire/clean.ts';
export { faultOfCode } from './wire/connection-faults.ts';

/** Throws TypeError for a URL that is none, or neither http nor https. */
export function createBackend(options: BackendOptions): Backend {
  const deps = depsOf(options);
  const { server, http, kind } = deps;
  const stopped = new AbortController();
  const nodes = createKnownNodes(deps, stopped.signal);
  const runs = createRuns(deps, nodes);
  const uploadLimits = createUploadLimits(deps);
  let stopping: Promise<void> | undefined;

  /** Ends with the caller's signal, or with this backend. */
  const until = <T>(signal: AbortSignal, work: (either: AbortSignal) => Promise<T>): Promise<T> =>
    within(Infinity, work, signal, stopped.signal);

  const upload = async (file: StoredFile, folder: string | undefined, signal: AbortSignal) => {
    await requireWithin(server.name, file, await uploadLimits(signal));
    return (await kind.known(signal)).upload(deps, file, folder, signal);
  };
  const alive = async (signal: AbortSignal) => getAlive(http, (await kind.known(signal)).check, signal);

  return {
    get name() {
      return server.name;
    },
    get address() {
      return server.address;
    },
    async start() {
      runs.start();
      nodes.refresh();
    },
    async stop() {
      stopping ??= (async () => {
        stopped.abort(new EaselError({ code: 'shutting-down' }));
        await runs.stop();
        await http.close();
      })();
      await stopping;
    },
    async check(signal) {
      await until(signal, alive);
    },
    async about(signal) {
      const version = await until(signal, (either) => withDiagnosis(deps, () => alive(either), either));
      return version === undefined ? {} : { version };
    },
    account: (signal) => until(signal, async (either) => (await kind.known(either)).account?.(http, either)),
    knownNodes: () => nodes.latest(),
    nodes: (signal, maxAgeMs = Infinity) => until(signal, (either) => nodes.nodes(either, maxAgeMs)),
    upload: (file, signal, folder) => until(signal, (either) => upload(file, folder, either)),
    uploadLimits: (signal) => until(signal, uploadLimits),
    submit: (run, signal) => until(signal, (either) => runs.submit(run, either)),
    find: (promptId, signal) => until(signal, (either) => runs.find(promptId, either)),
    follow: (promptId, onEvent, signal) => until(signal, (either) => runs.follow(promptId, onEvent, either)),
    fetch: (output, save, signal) => until(signal, (either) => fetchOutput(deps, output, save, either)),
    cancel: (promptId, signal) => until(signal, (either) => runs.cancel(promptId, either)),
  };
}
