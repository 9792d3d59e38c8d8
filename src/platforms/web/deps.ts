/** What every route of the page works with. */
import type { Commands } from '../../commands/index.ts';
import type { OperatorDesk } from '../../commands/operator/operator-desk.ts';
import type { OperatorVerbs } from '../../commands/operator/operator.ts';
import type { Log } from '../../core/log.ts';
import type { Blot } from '../../core/secrets.ts';
import type { Warning } from '../../core/summary.ts';
import type { Clock } from '../../core/time.ts';
import type { Replies } from './reply.ts';

export interface WebDeps {
  commands: Commands;
  operator: OperatorVerbs;
  /** Rules and notices; not there, and neither are their routes, in a stage that has none. */
  desk?: OperatorDesk | undefined;
  replies: Replies;
  /** `warnings`: what is odd about how it is configured. */
  backend: { name: string; sandbox: boolean; warnings?: readonly Warning[] };
  /** Takes what is configured and secret out of what is shown. */
  blot: Blot;
  clock: Clock;
  log: Log;
  /** Aborted when the platform stops. */
  signal: AbortSignal;
}
