/** What the operator's page has besides what goes on: rules, notices, and guilds that have left. */
import type { ConnectVerbs } from './connect/connect.ts';
import type { Departures } from './departures.ts';
import type { Notices } from './notices.ts';
import type { RuleVerbs } from './operator-rules.ts';

export interface ConnectDesk extends ConnectVerbs {
  /**
   * The app's manifest for Slack, in the language of `locale`; `http`: for its posts, where it is known to where they would go. Rejects with `store-failed`.
   */
  manifests(locale: string): Promise<{ socket: string; http?: string }>;
  /** Where Comfy Cloud is. */
  cloud: string;
}

export interface OperatorDesk {
  rules: RuleVerbs;
  notices: Notices;
  departures: Departures;
  /** What Easel is connected with; not there where that cannot be changed. */
  connect?: ConnectDesk | undefined;
  /** Lets a guild have what it had set before there was a maximum; `key`: of a notice `above-maximum`. */
  raise?: ((key: string) => Promise<void>) | undefined;
}
