/** Comfy Cloud's first API. Its documents disagree in places, so more than one shape is taken. */
import type { CancelResult } from '../../core/backend.ts';
import type { Dialect } from '../runs/dialect.ts';
import { byHistory, byJob, byJobStatus } from '../runs/lookups.ts';
import { submitPrompt } from '../runs/submit.ts';
import { uploadImage } from '../runs/upload.ts';
import { getAccount } from '../wire/account.ts';
import type { Http } from '../wire/http.ts';
import { deleteQueued, getQueue, interrupt } from '../wire/queue.ts';

const HISTORY = 'api/history_v2';

export const cloud: Dialect = {
  title: 'Comfy Cloud',
  check: 'api/user',
  // the last is asked where these do not know it, or answer with a word that we do not know
  lookups: [byJob(HISTORY, byJobStatus(HISTORY)), byJobStatus(HISTORY), byHistory(HISTORY)],
  // its jobs are backed by the status of each
  believesUnknown: false,
  recent: [`${HISTORY}?max_items=64`, 'api/jobs?limit=20&sort_order=desc'],
  events: 'account',
  socketKey: 'query',
  restartsWithSocket: false,
  refusals: {
    submit429: 'subscription-inactive',
    // what it may say of a file that is over its limits after all
    upload400: 'too-large-for-backend',
  },
  account: getAccount,
  submit: submitPrompt({ marksGraph: true, accountKey: true }),
  upload: uploadImage({ folders: false }),
  // as its documents have them: https://docs.comfy.org/openapi-cloud.yaml, `uploadImage`
  uploadLimits: { bytes: 50 * 1024 * 1024, edge: 16_384, pixels: 67_108_864 },
  deletePending: deleteQueued,
  stopRunning,
};

/** Its interrupt stops all running jobs of the account, so ours must be the only one. */
async function stopRunning(http: Http, promptId: string, signal: AbortSignal): Promise<CancelResult> {
  const { running } = await getQueue(http, signal);
  const alone = running.length === 1 && running[0]?.id === promptId;
  if (!alone) return 'unstoppable';
  await interrupt(http, undefined, signal);
  return 'stopping';
}
