/**
 * What the backend takes as one upload. Where it says so itself it is asked when something goes up, and not again for a
 * while: a server may be started anew with another bound.
 */
import type { StoredFile } from '../../core/files.ts';
import { EaselError } from '../../core/errors.ts';
import { pictureSize } from '../../core/picture-size.ts';
import { limitOver, type UploadLimits } from '../../core/upload-limits.ts';
import { getFeatures } from '../wire/features.ts';
import type { RunDeps } from './deps.ts';

/** Rejects with EaselError where it is not known what the server is, or with the signal's reason. */
export type ReadLimits = (signal: AbortSignal) => Promise<UploadLimits>;

/** How long an answer is good, and one that did not come. */
const GOOD_MS = 10 * 60_000;
const RETRY_MS = 60_000;
/** Of a request, what is not the file: a few hundred bytes of form. */
const FORM_BYTES = 4096;

export function createUploadLimits({ kind, http, clock, log, server }: RunDeps): ReadLimits {
  let known: { until: number; limits: UploadLimits } | undefined;

  async function ask(signal: AbortSignal): Promise<UploadLimits> {
    const now = clock.monotonic();
    if (known && now < known.until) return known.limits;
    try {
      const { max_upload_size: most } = (await getFeatures(http, signal)) ?? {};
      const limits = most === undefined ? {} : { bytes: Math.max(0, most - FORM_BYTES) };
      known = { until: now + GOOD_MS, limits };
    } catch (error) {
      signal.throwIfAborted();
      log.debug({ backend: server.address, err: error }, 'upload limits not read');
      // what it said before is more than nothing
      known = { until: now + RETRY_MS, limits: known?.limits ?? {} };
    }
    return known.limits;
  }

  return async (signal) => {
    const { uploadLimits } = await kind.known(signal);
    return uploadLimits === 'features' ? ask(signal) : uploadLimits;
  };
}

/** Throws EaselError `too-large-for-backend`: what would be refused is not sent. Rejects as Node's `fs` does. */
export async function requireWithin(backend: string, file: StoredFile, limits: UploadLimits): Promise<void> {
  const isMeasured = limits.edge !== undefined || limits.pixels !== undefined;
  const size = isMeasured ? await pictureSize(file.path) : undefined;
  const over = limitOver(limits, { size: file.size, ...size });
  if (over) throw new EaselError({ code: 'too-large-for-backend', backend, ...over });
}
