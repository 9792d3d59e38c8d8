/** What the operator's page is told of what goes on, in JSON; as `api.ts`. */
import type { NamedGuild } from './api.ts';

/**
 * GET /api/operator?guild=&find=&from= : a page of the guilds where something goes on; `guild`: of the jobs of this one;
 * `find`: of the guilds that have this in their name, or the job with this id. `from`: how many come before, the page
 * that the next one is on.
 *
 * GET /api/operator/events, server-sent: `changed` at first, and at most once a second when the answer may be another one.
 *
 * POST /api/operator/jobs/:id/cancel
 */
export interface Overview {
  backends: BackendHealth[];
  /** `notes`: sentences. `leftOut`: templates that its menu has no room for. */
  platforms: { name: string; ready: boolean; notes: string[]; leftOut: string[] }[];
  /** Over all guilds. */
  running: number;
  waiting: number;
  guilds: GuildLoad[];
  /** Of guilds, and how many of them come before these. */
  total: number;
  from: number;
  /** The newest first. */
  failures: Failure[];
  disk?: DiskShown;
}

/** The data folder. All numbers in bytes. */
export interface DiskShown {
  /** By kind; as `DiskState` in core/disk.ts. */
  used: Record<string, number>;
  total: number;
  fixed: number;
  aside: number;
  budget?: number | undefined;
  unset: boolean;
  standard: number;
  free?: number | undefined;
  full?: 'budget' | 'disk' | undefined;
  nearly?: 'budget' | 'disk' | undefined;
  next?: string | undefined;
}

export interface BackendHealth {
  name: string;
  ok: boolean;
  /** Why not, as a sentence. */
  problem?: string;
  /** What the person who runs Easel can do about it. */
  advice?: string;
  /** How long it took to answer, in ms. */
  ms: number;
  /** Node classes that it has, as far as known. */
  nodes?: number;
  running: number;
  limit: number;
  /** It is given nothing since then (ms since 1970), and why; `words`: its own. */
  held?: { since: number; problem: string; words?: string };
  account?: BackendAccount;
}

/** For whom a backend runs jobs, as it said then (`at`, ms since 1970), in its own words and as far as it did. */
export interface BackendAccount {
  at: number;
  status?: string;
  tier?: string;
  credits?: number;
  /** Jobs that it runs at once. */
  atOnce?: number;
  /** A sentence: it runs nothing as it is, or fewer at once than it is given. */
  advice?: string;
}

export interface GuildLoad extends NamedGuild {
  running: number;
  waiting: number;
  /** Of its jobs: how many come before these, and how many can be looked at. */
  from: number;
  reach: number;
  jobs: {
    id: string;
    template: string;
    user: string;
    state: ShownState;
    where: string;
    since: number;
    /** What it has cost, where the backend said so: `12.5 credits`. */
    cost?: string;
  }[];
}

/** `delivering`: it has ended, and its reply is on its way. */
export type ShownState = 'waiting' | 'submitting' | 'running' | 'cancelling' | 'delivering';

export interface Failure {
  job: string;
  at: number;
  platform: string;
  guild: string;
  template: string;
  /** What the person was told. */
  sentence: string;
  /** `node-failed`, `out-of-memory`, … */
  code: string;
  /** What the backend said, if it did. */
  detail?: string;
  prompt?: string;
  /** What it cost all the same: `12.5 credits`. */
  cost?: string;
}
