/** `GET /api/features`: what a server says of itself, ComfyUI since May 2025. */
import { z } from 'zod';
import type { Http } from './http.ts';
import { isFoundOrMissing } from './status.ts';

/** `max_upload_size`: of a whole request, in bytes (`--max-upload-size`, 100 MB where nobody says another). */
const Features = z.looseObject({
  max_upload_size: z.number().int().positive().optional().catch(undefined),
});
export type Features = z.infer<typeof Features>;

/** Undefined: there is no such route. Rejects with EaselError. */
export async function getFeatures(http: Http, signal: AbortSignal): Promise<Features | undefined> {
  const answer = await http.ask('api/features', { signal, accepts: isFoundOrMissing });
  return answer.status === 200 ? http.read(Features, answer) : undefined;
}
