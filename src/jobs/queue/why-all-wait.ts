/** What everybody waits for, whatever their own limits say. */
import type { WaitReason } from '../../core/standing.ts';
import type { DiskTurns } from '../delivery/disk-turns.ts';
import type { Breaker } from '../outages/breaker.ts';
import type { Gate } from '../outages/changing.ts';

/** Undefined: nothing that everybody waits for. */
export function whyAllWait(
  { hold }: Pick<Breaker, 'hold'>,
  gate: Pick<Gate, 'shut'>,
  disk: Pick<DiskTurns, 'full'>,
): WaitReason | undefined {
  if (gate.shut) return { kind: 'backend-changing' };
  if (hold) return { kind: 'backend-held', hold };
  return disk.full ? { kind: 'data-full' } : undefined;
}
