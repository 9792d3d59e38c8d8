/** The client of one ComfyUI server or of Comfy Cloud: puts the parts together into the `Backend` port. */
import { LRUCache } from 'lru-cache';
import type { Backend } from '../core/backend.ts';
import { EaselError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { blotter, credentialsIn } from '../core/secrets.ts';
import { systemClock, within, type Clock } from '../core/time.ts';
import { cancelRun } from './runs/cancel.ts';
import { createCatalogue } from './runs/known-nodes.ts';
import { addressOf, detectDialect, dialects, titleOf, type DialectName } from './dialects/index.ts';
import { errorOfAnswer, errorOfSilence } from './wire/refusals.ts';
import { findRun } from './runs/find.ts';
import { followRun } from './runs/follow.ts';
import { parseFrame } from './wire/frames.ts';
import { createFileHosts } from './wire/file-hosts.ts';
import { createHttp, jsonOf } from './wire/transport.ts';
import { createLooker } from './runs/lookups.ts';
import { createRouter } from './runs/router.ts';
import type { Server } from './runs/deps.ts';
import { createSocket } from './wire/socket.ts';
import { submitRun } from './runs/submit.ts';
import { defaultTiming, type Timing } from './timing.ts';
import { uploadImage } from './runs/upload.ts';
import { fetchOutput } from './runs/fetch.ts';

export type { Timing } from './timing.ts';

export interface BackendOptions {
  /** `https://cloud.comfy.org`, `http://127.0.0.1:8188`, or with a path before ComfyUI's own. */
  url: string;
  apiKey?: string | undefined;
  /** What else must not be seen in what it says, besides its key and what the URL holds. */
  secrets?: readonly string[] | undefined;
  /** For people and logs; default: what it is, and for logs where. */
  name?: string | undefined;
  /** Default: `cloud` for comfy.org and its subdomains or when there is a key; else `comfyui`. */
  dialect?: DialectName | undefined;
  /** `host` or `host:port` in our own network where its files may be, besides with it. */
  fileHosts?: readonly string[] | undefined;
  log: Log;
  timing?: Partial<Timing> | undefined;
  clock?: Clock | undefined;
}

/** Runs whose client id or cancellation is remembered; what falls out costs polls only. */
const MAX_REMEMBERED = 1_000;

/** Throws TypeError for a URL that is none, or neither http nor https. */
export function createBackend(options: BackendOptions): Backend {
  const server = describe(options);
  const { http, dialect } = server;
  const stopped = new AbortController();
  const router = createRouter();
  const looker = createLooker(server);
  const catalogue = createCatalogue(server, stopped.signal);
  const submittedUnder = new LRUCache<string, string>({ max: MAX_REMEMBERED });
  const cancelled = new LRUCache<string, true>({ max: MAX_REMEMBERED });
  const socket = createSocket(server, {
    onMessage(data, isBinary) {
      const frame = parseFrame(data, isBinary);
      if (frame) router.deliver(frame);
    },
    onOpen() {
      looker.forget();
      catalogue.found();
      // it was away, and is there again
      router.nudge();
    },
    onLost() {
      // Comfy Cloud is not restarted because a socket to it was lost.
      if (dialect.name !== 'cloud') catalogue.lost();
      router.nudge();
    },
  });
  let stopping: Promise<void> | undefined;

  /** Ends with the caller's signal, or with this backend. */
  const until = <T>(signal: AbortSignal, work: (either: AbortSignal) => Promise<T>): Promise<T> =>
    within(Infinity, work, signal, stopped.signal);

  return {
    name: server.name,
    address: server.address,
    async start() {
      socket.start();
      catalogue.refresh();
    },
    async stop() {
      stopping ??= (async () => {
        stopped.abort(new EaselError({ code: 'shutting-down' }));
        await socket.stop();
        await http.close();
      })();
      await stopping;
    },
    async check(signal) {
      await until(signal, (either) => checkServer(server, either));
    },
    knownNodes: () => catalogue.known(),
    nodes: (signal, maxAgeMs = Infinity) => until(signal, (either) => catalogue.nodes(either, maxAgeMs)),
    upload: (file, signal, folder) => until(signal, (either) => uploadImage(server, file, folder, either)),
    async submit({ promptId, workflow }, signal) {
      const clientId = socket.clientId();
      const release = router.hold();
      router.expect(promptId);
      try {
        const submission = { promptId, workflow, clientId };
        const taken = await until(signal, (either) => submitRun(server, catalogue, submission, either));
        router.expect(taken.promptId);
        submittedUnder.set(taken.promptId, clientId);
        return taken;
      } finally {
        release();
      }
    },
    async find(promptId, signal) {
      const id = await until(signal, (either) => findRun(server, looker, promptId, either));
      return id === undefined ? undefined : { promptId: id };
    },
    async follow(promptId, onEvent, signal) {
      const following = {
        server,
        looker,
        router,
        hears: (id: string) =>
          socket.isOpen() && (dialect.hears === 'account' || submittedUnder.get(id) === socket.clientId()),
        isCancelled: (id: string) => cancelled.has(id),
      };
      const end = await until(signal, (either) => followRun(following, promptId, onEvent, either));
      submittedUnder.delete(promptId);
      cancelled.delete(promptId);
      return end;
    },
    fetch: (output, save, signal) => until(signal, (either) => fetchOutput(server, output, save, either)),
    async cancel(promptId, signal) {
      // Remembered first: a deleted run may be missed by its follower before the answer is here. An error leaves it
      // remembered, since the request may have taken effect.
      cancelled.set(promptId, true);
      const result = await until(signal, (either) => cancelRun(server, looker, promptId, either));
      if (result === 'stopping') router.nudge(promptId);
      else cancelled.delete(promptId);
      return result;
    },
  };
}

function describe(options: BackendOptions): Server {
  const { url, apiKey, secrets = [], name, dialect, fileHosts = [], log, timing, clock } = options;
  const base = new URL(url);
  if (base.protocol !== 'http:' && base.protocol !== 'https:')
    throw new TypeError('a backend is http or https');
  base.search = '';
  base.hash = '';
  // Relative paths are resolved below the base's last slash.
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  const key = apiKey === '' ? undefined : apiKey;
  const credentials = credentialsOf(base, key);
  const blot = blotter([key, ...credentialsIn(base), ...secrets], '…');
  base.username = '';
  base.password = '';
  const kind = dialect ?? detectDialect(base, key);
  const times = { ...defaultTiming, ...timing };
  const hosts = createFileHosts(base, fileHosts);
  return {
    name: name ?? titleOf(kind),
    address: name ?? addressOf(base, kind),
    base,
    apiKey: key,
    blot,
    credentials,
    dialect: dialects[kind],
    http: createHttp({ base, credentials, hosts, timing: times }),
    hosts,
    log,
    clock: clock ?? systemClock,
    timing: times,
  };
}

/** The key, and the user and password that a URL may hold for a proxy in front of a self-hosted server. */
function credentialsOf(base: URL, apiKey: string | undefined): Record<string, string> {
  const credentials: Record<string, string> = {};
  if (apiKey !== undefined) credentials['x-api-key'] = apiKey;
  if (base.username !== '') {
    const pair = `${decodeURIComponent(base.username)}:${decodeURIComponent(base.password)}`;
    credentials['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
  }
  return credentials;
}

async function checkServer(server: Server, signal: AbortSignal): Promise<void> {
  const answer = await server.http.ask(server.dialect.check, { signal }).catch((error: unknown) => {
    throw errorOfSilence(server, error);
  });
  if (answer.status !== 200 || typeof jsonOf(answer) !== 'object') {
    throw errorOfAnswer(server, answer);
  }
}
