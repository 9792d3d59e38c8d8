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

/**
 * GET /api/operator/connect
 * POST /api/operator/connect/SERVICE {values: {NAME: text, or null to take it away}} → {@link Connect}; '' leaves what is kept
 * POST /api/operator/connect/SERVICE/test {values} → {@link Tested}
 * POST /api/operator/connect/SERVICE/remove, /api/operator/connect/comfy/now → {@link Connect}
 */
export interface Connect {
  services: Record<'discord' | 'slack' | 'comfy', ConnectedService>;
  /** What Slack's page is given: for Socket Mode, and for HTTP mode where PUBLIC_URL is set. */
  manifests: { socket: string; http?: string };
  /** Where Comfy Cloud is. */
  cloud: string;
}

export interface ConnectedService {
  /** Variables of the environment that rule it. */
  fixed: string[];
  /** What was set here; a secret is shown by its end only. */
  settings: { name: string; value?: string; tail?: string }[];
  /** When it was set here. */
  at?: number;
  problem?: string;
  state: { tone: Tone; text: string; since?: number; next?: number };
  link?: { text: string; address: string };
  /** Another backend is to take this one's place, and that can be hurried. */
  waits?: boolean;
}

export type Tone = 'good' | 'odd' | 'bad' | 'off';

export interface Tested {
  lines: { tone: Tone; text: string; link?: string }[];
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
    | { kind: 'above-maximum'; facts: { setting: string; value: number; max: number } }
  );

/** `facts`, beside it: what its sentence is filled with. */
interface AboutNotice {
  key: string;
  at: number;
  platform: string;
  guild: string;
  raisable: boolean;
}

/**
 * GET and POST /api/operator/settings?platform=&guild= ; POST takes some of `values`, lists one a line, and beside them
 * `shown`: the same ones as the form had them. 409: somebody else has changed one of them since then.
 */
export interface Settings {
  /** As people type them; empty: what holds by default. */
  values: Record<string, string>;
  defaults: Record<string, string>;
  /** What holds instead, as a sentence, where more is set than the operator's maximum. */
  limited: Record<string, string>;
  templates: string[];
  languages: { tag: string; name: string }[];
  /** Of values with few possible ones besides the default, by their key. */
  choices: Record<string, { value: string; label: string }[]>;
  /** What each of `values` is called. */
  names: Record<string, string>;
  /** The newest first; `what`: what was done, as a sentence. */
  audit: { at: number; by: string; act: string; subject: string; detail?: string; what: string }[];
}
