/** What the operator's page has besides what goes on: rules, notices, and guilds that have left. */
import type { Departures } from './departures.ts';
import type { Notices } from './notices.ts';
import type { RuleVerbs } from './operator-rules.ts';

export interface OperatorDesk {
  rules: RuleVerbs;
  notices: Notices;
  departures: Departures;
  /** Lets a guild have what it had set before there was a maximum; `key`: of a notice `above-maximum`. */
  raise?: ((key: string) => Promise<void>) | undefined;
}
