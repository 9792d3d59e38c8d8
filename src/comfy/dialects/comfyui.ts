/** A ComfyUI server, of whatever age, with or without a proxy in front that wants a password. */
import type { CancelResult } from '../../core/backend.ts';
import type { Dialect } from '../runs/dialect.ts';
import { byHistory, byJob } from '../runs/lookups.ts';
import { submitPrompt } from '../runs/submit.ts';
import { uploadImage } from '../runs/upload.ts';
import type { Http } from '../wire/http.ts';
import { cancelJob } from '../wire/jobs.ts';
import { deleteQueued, interrupt } from '../wire/queue.ts';

const HISTORY = 'api/history';

export const comfyui: Dialect = {
  title: 'ComfyUI',
  check: 'api/system_stats',
  lookups: [byJob(HISTORY), byHistory(HISTORY)],
  believesUnknown: true,
  recent: [`${HISTORY}?max_items=64`],
  events: 'client-id',
  socketKey: 'header',
  restartsWithSocket: true,
  cachesFiles: true,
  refusals: { submit429: 'backend-busy', upload400: 'backend-broken' },
  submit: submitPrompt({ marksGraph: false, accountKey: false }),
  upload: uploadImage({ folders: true }),
  uploadLimits: 'features',
  deletePending: deleteQueued,
  stopRunning,
};

/** ComfyUI ≥ 0.25 has a cancel per job; before, `/interrupt` with a prompt id. A bare one would stop anybody's. */
async function stopRunning(http: Http, promptId: string, signal: AbortSignal): Promise<CancelResult> {
  const answer = await cancelJob(http, promptId, signal);
  if (answer !== 'no-route') return answer.cancelled ? 'stopping' : 'gone';
  await interrupt(http, promptId, signal);
  return 'stopping';
}
