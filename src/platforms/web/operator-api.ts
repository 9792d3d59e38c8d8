/** What the operator's page and the server say to each other on rules and notices, in JSON; as `api.ts`. */

/**
 * GET and POST /api/operator/rules ; POST takes some of `values` and `switches`, lists one a line, and beside them
 * `shown`: the same ones as the form had them. What was changed elsewhere meanwhile is kept.
 * POST /api/operator/rules/cancel {user} or {guild} → {@link CancelledAll}
 * POST /api/operator/rules/forget {platform, guild} → {@link Rules}
 */
export interface Rules {
  /** As people type them. */
  values: Record<string, string>;
  /** `directMessages`, `userInstalls`, `closed`. */
  switches: Record<string, boolean>;
  /** What the environment adds; a switch stands here when it is off there. */
  fixed: Record<string, string>;
  /** What each of them is called. */
  names: Record<string, string>;
  /** Guilds that have removed Easel and are not deleted yet. */
  gone: { platform: string; guild: string; since: number }[];
  /** The newest first. */
  audit: { at: number; by: string; what: string }[];
}

export interface CancelledAll {
  cancelled: number;
}

/** GET /api/operator/notices ; POST {key, act: `dismiss` or `raise`} answers the same. */
export interface NoticeList {
  /** The newest first. */
  notices: ShownNotice[];
}

export type ShownNotice = AboutNotice &
  (
    | { kind: 'foreign-files'; facts: { template: string; files: string } }
    | { kind: 'partner-nodes'; facts: { template: string; nodes: string } }
    | { kind: 'above-maximum'; facts: { setting: string; value: string; max: string } }
  );

/** `facts`, beside it: what its sentence is filled with. */
interface AboutNotice {
  key: string;
  at: number;
  platform: string;
  guild: string;
  raisable: boolean;
}
