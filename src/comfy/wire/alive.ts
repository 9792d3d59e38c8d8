/** Whether a server answers, and takes us. */
import { z } from 'zod';
import { oneLine } from '../../core/text.ts';
import { askJson, type Http } from './http.ts';

/** ComfyUI ≥ 0.3.10 says its version in `system_stats`; older ones, and Comfy Cloud's `user`, do not. */
const Alive = z
  .looseObject({
    system: z
      .looseObject({ comfyui_version: z.string().catch('') })
      .optional()
      .catch(undefined),
  })
  .nullable()
  .or(z.array(z.unknown()));
const MAX_VERSION = 40;

/**
 * `path` is one that needs a key where there are keys. Resolves to the server's version where it says one. Rejects with EaselError
 * for anything but JSON.
 */
export async function getAlive(http: Http, path: string, signal: AbortSignal): Promise<string | undefined> {
  const answer = await askJson(http, Alive, path, { signal });
  const said = answer === null || Array.isArray(answer) ? '' : (answer.system?.comfyui_version ?? '');
  return oneLine(said).trim().slice(0, MAX_VERSION) || undefined;
}
