/**
 * Stops exactly one run. Deleting from the queue does nothing to a run that has just begun, and an accepted interrupt
 * near a run's end may come too late (5 of 21 on ComfyUI 0.33), so the state is asked before and after, and the
 * run's end is still read by whoever follows it.
 */
import type { CancelResult } from '../../core/backend.ts';
import { errorOfAnswer, errorOfSilence } from '../wire/refusals.ts';
import { jsonOf, segment, type Answer } from '../wire/transport.ts';
import type { Looker, Sight } from './lookups.ts';
import { readQueue } from '../wire/queue.ts';
import { CancelAnswer } from '../wire/schema.ts';
import type { Server } from './deps.ts';

export async function cancelRun(
  server: Server,
  looker: Looker,
  promptId: string,
  signal: AbortSignal,
): Promise<CancelResult> {
  const before = await looker.look(promptId, signal);
  if (before.state === 'pending') {
    await post(server, 'api/queue', { delete: [promptId] }, signal);
    const after = await looker.look(promptId, signal);
    if (after.state === 'unknown' || after.state === 'cancelled') return 'stopping';
    if (after.state === 'pending') return await deletedLate(server, looker, promptId, signal);
    return await stopRunning(server, after, promptId, signal);
  }
  return await stopRunning(server, before, promptId, signal);
}

/** Still listed after the delete: a backend that works it off in the background. Nothing more can be done now. */
async function deletedLate(
  server: Server,
  looker: Looker,
  promptId: string,
  signal: AbortSignal,
): Promise<CancelResult> {
  await server.clock.sleep(server.timing.confirmMs * 4, signal);
  const later = await looker.look(promptId, signal);
  return later.state === 'running' ? await stopRunning(server, later, promptId, signal) : 'stopping';
}

async function stopRunning(
  server: Server,
  { state }: Sight,
  promptId: string,
  signal: AbortSignal,
): Promise<CancelResult> {
  if (state !== 'running') return 'gone';
  return server.dialect.interrupt === 'account'
    ? await interruptAccount(server, promptId, signal)
    : await interruptRun(server, promptId, signal);
}

/** ComfyUI ≥ 0.25 has a cancel per job; before, `/interrupt` with a prompt id. A bare one would stop anybody's. */
async function interruptRun(server: Server, promptId: string, signal: AbortSignal): Promise<CancelResult> {
  const path = `api/jobs/${segment(promptId)}/cancel`;
  const answer = await ask(server, path, {}, signal);
  const cancelled = CancelAnswer.safeParse(answer.status === 200 ? jsonOf(answer) : undefined);
  if (cancelled.success) return cancelled.data.cancelled ? 'stopping' : 'gone';
  if (answer.status !== 404 && answer.status !== 405) throw errorOfAnswer(server, answer);
  await post(server, 'api/interrupt', { prompt_id: promptId }, signal);
  return 'stopping';
}

/** Comfy Cloud's interrupt stops all running jobs of the account, so ours must be the only one. */
async function interruptAccount(
  server: Server,
  promptId: string,
  signal: AbortSignal,
): Promise<CancelResult> {
  const { running } = await readQueue(server, signal);
  const alone = running.length === 1 && running[0]?.id === promptId;
  if (!alone) return 'unstoppable';
  await post(server, 'api/interrupt', {}, signal);
  return 'stopping';
}

async function post(server: Server, path: string, json: object, signal: AbortSignal): Promise<void> {
  const answer = await ask(server, path, json, signal);
  if (answer.status < 200 || answer.status > 299) throw errorOfAnswer(server, answer);
}

async function ask(server: Server, path: string, json: object, signal: AbortSignal): Promise<Answer> {
  try {
    return await server.http.ask(path, { method: 'POST', json, signal });
  } catch (error) {
    throw errorOfSilence(server, error);
  }
}
