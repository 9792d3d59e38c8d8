/** What the operator is told in chat. */
import { createAlerts, type Alerts } from '../commands/operator/alerts.ts';
import { fullDisk, heldBackend, refusedToken, unsetBudget } from '../commands/operator/causes.ts';
import type { Config } from '../config.ts';
import type { Backend } from '../core/backend.ts';
import type { Chat } from '../core/chat.ts';
import type { Disk } from '../core/disk.ts';
import type { Log } from '../core/log.ts';
import type { Clock } from '../core/time.ts';
import type { JobManager } from '../jobs/manager.ts';
import type { Stores } from './stores.ts';

/** Started only where somebody can be told. */
export function openAlerts(
  config: Config,
  deps: {
    stores: Pick<Stores, 'alerts'>;
    jobs: JobManager;
    disk: Disk;
    backend: Backend;
    chats: ReadonlyMap<string, Chat>;
    clock: Clock;
    log: Log;
  },
  everyMs: number | undefined,
): Alerts {
  const { stores, jobs, disk, backend, chats, clock, log } = deps;
  return createAlerts({
    causes: [
      heldBackend(() => jobs.hold(), backend, clock),
      refusedToken('discord', chats),
      refusedToken('slack', chats),
      fullDisk(disk),
      unsetBudget(disk),
    ],
    operators: config.OPERATORS ?? [],
    chats,
    table: stores.alerts,
    clock,
    log,
    everyMs,
  });
}
