/**
 * Stops exactly one run. Deleting from the queue does nothing to a run that has just begun, and an accepted interrupt
 * near a run's end may come too late (5 of 21 on ComfyUI 0.33), so the state is asked before and after, and the
 * run's end is still read by whoever follows it.
 */
import type { CancelResult } from '../../core/backend.ts';
import type { RunDeps } from './deps.ts';
import type { RunStatus } from './run-status.ts';
import type { StatusReader } from './status-reader.ts';

export async function cancelRun(
  deps: RunDeps,
  statuses: StatusReader,
  promptId: string,
  signal: AbortSignal,
): Promise<CancelResult> {
  const before = await statuses.read(promptId, signal);
  // of one that may wait or run: the first of the two does nothing to what runs
  if (before.state === 'pending' || before.state === 'odd') {
    await (await deps.kind.known(signal)).deletePending(deps.http, promptId, signal);
    const after = await statuses.read(promptId, signal);
    if (after.state === 'unknown' || after.state === 'cancelled') return 'stopping';
    if (after.state === 'pending') return deletedLate(deps, statuses, promptId, signal);
    return stopRunning(deps, after, promptId, signal);
  }
  return stopRunning(deps, before, promptId, signal);
}

/** Still listed after the delete: a backend that works it off in the background. Nothing more can be done now. */
async function deletedLate(
  deps: RunDeps,
  statuses: StatusReader,
  promptId: string,
  signal: AbortSignal,
): Promise<CancelResult> {
  await deps.clock.sleep(deps.timing.confirmMs * 4, signal);
  const later = await statuses.read(promptId, signal);
  return later.state === 'running' || later.state === 'odd'
    ? stopRunning(deps, later, promptId, signal)
    : 'stopping';
}

async function stopRunning(
  deps: RunDeps,
  { state }: RunStatus,
  promptId: string,
  signal: AbortSignal,
): Promise<CancelResult> {
  if (state === 'cancelling') return 'stopping';
  if (state !== 'running' && state !== 'odd') return 'gone';
  return (await deps.kind.known(signal)).stopRunning(deps.http, promptId, signal);
}
