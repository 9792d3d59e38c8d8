/** Asks a server what it is. */
import { z } from 'zod';
import type { Http } from '../wire/http.ts';
import { anyStatus } from '../wire/status.ts';
import { readJson } from '../wire/json.ts';
import type { DialectName } from './index.ts';

/**
 * Both have `system_stats`, which Comfy Cloud shows to anybody; `cloud_version` is Cloud's alone
 * (SystemStatsResponse in https://docs.comfy.org/openapi-cloud.yaml).
 */
const Stats = z.looseObject({ system: z.looseObject({ cloud_version: z.unknown().optional() }) });
/** Only Comfy Cloud has `user`; a plain ComfyUI answers 404, and has `users`. */
const User = z.looseObject({ status: z.string() });
/** Cloud's own refusal, not that of something in front of a ComfyUI (ErrorResponse there). */
const Refusal = z.looseObject({ code: z.string(), message: z.string() });

/** Rejects with EaselError where it answers nothing, or nothing that either would; or with the signal's reason. */
export async function askDialect(http: Http, signal: AbortSignal): Promise<DialectName> {
  const stats = await http.ask('api/system_stats', { accepts: anyStatus, signal });
  const about = stats.status === 200 ? Stats.safeParse(readJson(stats.bytes)).data : undefined;
  if (about?.system.cloud_version !== undefined) return 'cloud';
  const user = await http.ask('api/user', { accepts: anyStatus, signal });
  const body = readJson(user.bytes);
  if (user.status === 200 && User.safeParse(body).success) return 'cloud';
  if (!about) {
    // JSON of something else says so by what it lacks
    const more = stats.status === 200 ? { fault: 'not-comfyui' as const } : {};
    throw http.unusable(isTelling(stats.status) ? stats : user, 'other', more);
  }
  if (user.status === 401 && Refusal.safeParse(body).success) return 'cloud';
  // whatever is in front of it is in trouble, and may be in front of either
  if (user.status >= 500 || user.status === 429) throw http.unusable(user, 'other');
  return 'comfyui';
}

/** Says more than that there is no such route. */
const isTelling = (status: number): boolean => status !== 404 && status !== 405;
