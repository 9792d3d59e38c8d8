/** What a server says of itself to somebody who thinks of using it. */
import { z } from 'zod';
import type { Account } from '../core/account.ts';
import { EaselError } from '../core/errors.ts';
import { oneLine } from '../core/text.ts';
import { getNodeClasses } from './wire/object-info.ts';
import { askJson } from './wire/http.ts';
import { depsOf, type BackendOptions } from './options.ts';

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
const LOADER = 'CheckpointLoaderSimple';
const MAX_NAME = 100;
const MAX_DEVICES = 8;

/** Leaves nothing open. Rejects with EaselError, or the signal's reason. */
export async function probeBackend(options: BackendOptions, signal: AbortSignal): Promise<BackendFindings> {
  const deps = depsOf(options);
  const { http, kind, server, timing } = deps;
  try {
    const dialect = await kind.known(signal);
    const stats = await askJson(http, Stats, dialect.check, { signal });
    const account = await dialect.account?.(http, signal);
    const limits = { timeoutMs: timing.nodesMs, maxBytes: timing.maxNodesBytes };
    const { classes } = await getNodeClasses(http, limits, signal);
    if (classes.size === 0) throw new EaselError({ code: 'backend-broken', backend: server.name });
    const listed = classes.get(LOADER)?.inputs.get('ckpt_name')?.options ?? [];
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
      checkpoints: listed.map(String).map(shown),
    };
  } finally {
    await http.close();
  }
}

function shown(text: string): string {
  return oneLine(text).trim().slice(0, MAX_NAME);
}
