/**
 * Tells the operator once which templates were published before Easel asked whether a guild may spend their money, and
 * would not be published now: they go on running.
 */
import { z } from 'zod';
import type { Backend } from '../../core/backend.ts';
import type { Log } from '../../core/log.ts';
import { createRounds } from '../../core/rounds.ts';
import { within, type Clock } from '../../core/time.ts';
import { partnerNodes } from '../../templates/check.ts';
import { newest, type Library } from '../../templates/library/index.ts';
import type { Notices } from './notices.ts';
import type { PartnerRules } from './partners.ts';

export interface PartnerNoticesOptions {
  library: Library;
  backend: Backend;
  notices: Pick<Notices, 'post'>;
  partners: Pick<PartnerRules, 'allows'>;
  /** As `createPartnerRules` has it. */
  since: number;
  clock: Clock;
  log: Log;
}

export interface PartnerNotices {
  start(): void;
  stop(): Promise<void>;
}

const READ_MS = 60_000;
/** Between two tries to read what the backend has. */
const AGAIN_MS = 60_000;

export function createPartnerNotices(options: PartnerNoticesOptions): PartnerNotices {
  const { library, backend, notices, partners, since, clock, log } = options;
  const stopping = new AbortController();

  async function look(): Promise<'over'> {
    const nodes = await within(READ_MS, (signal) => backend.nodes(signal), stopping.signal);
    for await (const [guild, platform] of library.guilds()) {
      if (stopping.signal.aborted) return 'over';
      if (await partners.allows({ platform, guild })) continue;
      for (const { head, template, name } of await library.entries(guild)) {
        if (!head || !template || newest(head).at >= since) continue;
        const found = partnerNodes(template.workflow, nodes);
        const notice = { kind: 'partner-nodes', platform, guild, template: name, nodes: found } as const;
        if (found.length > 0) await notices.post(`partner-nodes/${guild}/${head.id}`, notice, clock.now());
      }
    }
    return 'over';
  }

  return createRounds({
    clock,
    everyMs: AGAIN_MS,
    stopping,
    round: look,
    failed: (error) => log.warn({ err: error }, 'templates not looked through for their cost'),
  });
}

const KEY = 'partners-since';

/** When Easel began to ask, which is now at the first start; what cannot be read is now too. Rejects with `store-failed`. */
export async function partnersSince(
  table: { get(key: string): Promise<unknown>; set(key: string, value: unknown): Promise<void> },
  clock: Clock,
): Promise<number> {
  const stored = z.number().safeParse(await table.get(KEY));
  if (stored.success) return stored.data;
  const now = clock.now();
  await table.set(KEY, now);
  return now;
}
