/** What a server says of itself to somebody who thinks of using it. */
import { z } from 'zod';
import { randomUUID } from 'node:crypto';
import type { Account } from '../core/account.ts';
import { EaselError, type Problem } from '../core/errors.ts';
import type { NodeClasses } from '../core/nodes.ts';
import { oneLine } from '../core/text.ts';
import { within } from '../core/time.ts';
import { getNodeClasses } from './wire/object-info.ts';
import { askJson } from './wire/http.ts';
import { withDiagnosis } from './diagnose.ts';
import { depsOf, type BackendOptions } from './options.ts';
import { socketUrl } from './runs/event-socket.ts';
import { connectSocket } from './wire/socket.ts';

export interface BackendFindings {
  address: string;
  version?: string | undefined;
  /** It has accounts, and takes this one: what it says of it. */
  account?: Account | undefined;
  /** Of memory in bytes. */
  devices: { name: string; free: number; total: number }[];
  classes: number;
  /** Names of checkpoints, as its loader lists them. */
  checkpoints: string[];
}

/** https://docs.comfy.org/development/comfyui-server/comms_routes; Comfy Cloud's `user` has none of these. */
const Stats = z.looseObject({
  system: z
    .looseObject({ comfyui_version: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
  devices: z
    .array(
      z.looseObject({
        name: z.string().catch('?'),
        vram_free: z.number().catch(0),
        vram_total: z.number().catch(0),
      }),
    )
    .catch([]),
});
const MAX_NAME = 100;
const MAX_DEVICES = 8;

/** Leaves nothing open. Rejects with EaselError, or the signal's reason. */
export async function probeBackend(options: BackendOptions, signal: AbortSignal): Promise<BackendFindings> {
  const deps = depsOf(options);
  const { http, kind, server, timing } = deps;
  try {
    const dialect = await withDiagnosis(deps, () => kind.known(signal), signal);
    const ask = () => askJson(http, Stats, dialect.check, { signal });
    const stats = await withDiagnosis(deps, ask, signal);
    const account = await dialect.account?.(http, signal);
    const limits = { timeoutMs: timing.nodesMs, maxBytes: timing.maxNodesBytes };
    const { classes } = await getNodeClasses(http, limits, signal);
    const offered = offeredBy(classes);
    const version = stats.system?.comfyui_version;
    return {
      address: server.address,
      version: version === undefined ? undefined : shown(version),
      ...(account && { account }),
      devices: stats.devices.slice(0, MAX_DEVICES).map(({ name, vram_free: free, vram_total: total }) => ({
        name: shown(name),
        free,
        total,
      })),
      classes: classes.size,
      checkpoints: offered.checkpoints.map(shown),
    };
  } catch (error) {
    throw error instanceof EaselError ? withAddress(error, server.address) : error;
  } finally {
    await http.close();
  }
}

/** Who asks runs Easel, and may know where it is. */
function withAddress(error: EaselError, address: string): EaselError {
  const { problem, retryAfterMs } = error;
  return 'backend' in problem
    ? new EaselError({ ...problem, backend: address }, { cause: error, retryAfterMs })
    : error;
}

/** Names of files in its `models` folder, as ComfyUI's own loaders list them. */
export function offeredBy(classes: NodeClasses): { checkpoints: string[]; diffusionModels: string[] } {
  const listed = (node: string, input: string): string[] =>
    (classes.get(node)?.inputs.get(input)?.options ?? []).map(String);
  return {
    checkpoints: listed('CheckpointLoaderSimple', 'ckpt_name'),
    diffusionModels: listed('UNETLoader', 'unet_name'),
  };
}

/**
 * For a backend that answers requests: what is wrong with its WebSocket, which is opened and closed again; undefined: nothing.
 * Leaves nothing open. Rejects with EaselError where it does not answer any more, or the signal's reason.
 */
export async function probeSocket(
  options: BackendOptions,
  signal: AbortSignal,
): Promise<Problem | undefined> {
  const deps = depsOf(options);
  const { kind, credentials: headers, clock, timing, server, log } = deps;
  const opened = new AbortController();
  const hooks = { onOpen: () => opened.abort(), onMessage: () => undefined };
  try {
    const url = socketUrl(deps, await kind.known(signal), randomUUID());
    const dial = (until: AbortSignal) =>
      connectSocket({ url, headers, signal: until, clock, timing, secrets: server }, hooks);
    const end = await within(Infinity, dial, signal, opened.signal);
    signal.throwIfAborted();
    if (end.openFor !== undefined) return undefined;
    const { address: backend } = server;
    log.warn({ backend, code: end.code, reason: end.reason }, 'the WebSocket is not opened');
    return { code: 'backend-broken', backend, fault: 'no-socket' };
  } finally {
    await deps.http.close();
  }
}

function shown(text: string): string {
  return oneLine(text).trim().slice(0, MAX_NAME);
}
