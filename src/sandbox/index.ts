/**
 * A small ComfyUI-compatible server: Easel's backend when none is configured, and every test's. It speaks ComfyUI's
 * protocol as recorded from a real one, draws its pictures with a procedural painter, and can be told to misbehave.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { cloudApp, comfyApp } from './routes/app.ts';
import { Engine } from './engine/engine.ts';
import { noFaults, type Faults } from './faults/faults.ts';
import { FileStore } from './files.ts';
import { httpServer, routeOf } from './routes/http.ts';
import type { NodeClass, NodeTable } from './nodes/node.ts';
import type { Models } from './nodes/models.ts';
import { nodeTable } from './nodes/index.ts';
import { isForeign } from './routes/origin-guard.ts';
import type { RouteContext } from './routes/context.ts';
import { SignedFiles } from './routes/signed-files.ts';
import { Counters, type SandboxStats } from './faults/stats.ts';

export type { NodeTable } from './nodes/node.ts';

export interface SandboxOptions {
  /** Default 127.0.0.1. */
  host?: string;
  /** Default 0: any free one. */
  port?: number;
  dialect?: 'comfyui' | 'cloud';
  /** Cloud: what `X-API-Key` and the socket's `?token=` must be. Default `sandbox-key`. */
  apiKey?: string;
  /** Time of one sampler step in milliseconds; 0 is as fast as possible. Default 60. */
  stepMs?: number;
  /** Time of a node without steps in milliseconds. Default 15. */
  nodeMs?: number;
  /** Cloud: runs at once. ComfyUI always runs one. Default 1. */
  parallel?: number;
  /** Ignore a client's `prompt_id`, as old servers and Comfy Cloud do. Default: in the cloud dialect, and of `old` ones. */
  chooseOwnIds?: boolean;
  /** Send live previews also to runs that do not ask for them in `extra_data.preview_method`. Default false. */
  previews?: boolean;
  /**
   * As ComfyUI before July 2025: no `/api/jobs`, no feature flags, previews without metadata (binary event 1) and no
   * `progress_state`; it chooses ids itself. Default false.
   */
  old?: boolean;
  /** Texts (binary event 3) say whose they are to clients that ask for it, as of 2026. Default false. */
  namedTexts?: boolean;
  /** More node classes, or others under the same names. */
  extraNodes?: NodeTable;
}

export interface Sandbox {
  /** Without a slash at the end. */
  readonly url: string;
  /** Cloud: where signed URLs point. */
  readonly filesUrl: string | undefined;
  /** May be changed at any time; see `noFaults`. */
  readonly faults: Faults;
  readonly stats: SandboxStats;
  /**
   * Its models by folder: `models.set('checkpoints', ['a.safetensors'])`. May be changed at any time; node classes,
   * validation and `/object_info` follow at once, and a restart keeps the change.
   */
  readonly models: Models;
  /** Its node classes by name, changed likewise: `nodes.delete('LoraLoader')` is an extension that was removed. */
  readonly nodes: Map<string, NodeClass>;
  /** Tears all sockets down (1006); returns how many there were. */
  dropSockets(): number;
  /**
   * Deletes every output made so far, as somebody does who tidies up the disk: the cache still names them, and `/view` answers
   * 404.
   */
  removeOutputs(): void;
  /** Loses queue, history, temp files and sockets, as a crash does; same port, same outputs and inputs. */
  restart(): Promise<void>;
  /** Idempotent. */
  stop(): Promise<void>;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { apiKey = 'sandbox-key', dialect = 'comfyui', host = '127.0.0.1', old = false } = options;
  const cloud = dialect === 'cloud';
  const faults = noFaults();
  const stats = new Counters();
  const files = new FileStore({ byName: cloud });
  const nodes = new Map(Object.entries(nodeTable(options.extraNodes)));
  const newEngine = (): Engine =>
    new Engine({
      nodes,
      files,
      faults,
      stats,
      parallel: cloud ? (options.parallel ?? 1) : 1,
      stepMs: options.stepMs ?? 60,
      nodeMs: options.nodeMs ?? 15,
      previews: options.previews ?? false,
      old,
      namedTexts: options.namedTexts ?? false,
      socketsHearAll: cloud,
    });
  let engine = newEngine();
  const context: RouteContext = {
    engine: () => engine,
    files,
    nodes,
    faults,
    stats,
    dialect,
    chooseOwnIds: options.chooseOwnIds ?? (cloud || old),
    old,
  };

  const signed = new SignedFiles(files, stats, apiKey);
  const filesServer = cloud
    ? httpServer({ faults, stats, answer: (request) => signed.answer(request) })
    : undefined;
  if (filesServer) signed.origin = originOf(host, await listen(filesServer, host, 0));

  const app = cloud ? cloudApp(context, signed, apiKey) : comfyApp(context);
  const start = async (port: number): Promise<Server> => {
    const server = httpServer({ faults, stats, answer: (request) => app.fetch(request) });
    server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
      upgrade(request, stream, head);
    });
    await listen(server, host, port);
    return server;
  };
  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    const url = new URL(request.url ?? '/', 'http://sandbox');
    const route = routeOf('GET', request.url ?? '/');
    stats.request(route);
    const { 'sec-fetch-site': site, host: to = '', origin } = request.headers;
    const siteName = Array.isArray(site) ? site[0] : site;
    if (route !== 'GET /ws') refuse(stream, '404 Not Found');
    else if (faults.socket.refuse) refuse(stream, '503 Service Unavailable');
    else if (cloud && url.searchParams.get('token') !== apiKey) refuse(stream, '401 Unauthorized');
    else if (!cloud && isForeign(to, origin, siteName)) refuse(stream, '403 Forbidden');
    else engine.hub.accept(request, stream, head, url.searchParams.get('clientId') ?? undefined);
  };

  let server = await start(options.port ?? 0);
  const { port } = addressOf(server);
  let stopping: Promise<void> | undefined;
  return {
    url: originOf(host, addressOf(server)),
    filesUrl: filesServer ? signed.origin : undefined,
    faults,
    stats,
    models: files.models,
    nodes,
    dropSockets: () => engine.hub.dropAll(),
    removeOutputs: () => files.clear('output'),
    restart: async () => {
      engine.stop();
      await close(server);
      files.clear('temp');
      engine = newEngine();
      server = await start(port);
    },
    stop: () => {
      stopping ??= (async () => {
        engine.stop();
        await Promise.all([close(server), filesServer && close(filesServer)]);
      })();
      return stopping;
    },
  };
}

async function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  const { promise, reject, resolve } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, host, resolve);
  await promise;
  server.off('error', reject);
  return addressOf(server);
}

async function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  await promise;
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the sandbox does not listen');
  return address;
}

function originOf(host: string, { port }: AddressInfo): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function refuse(stream: Duplex, status: string): void {
  // a client that hangs up meanwhile is no news
  stream.on('error', () => stream.destroy());
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
