/**
 * Where ComfyUI servers differ from Comfy Cloud v1, as tables. Whatever both do alike is not here: every route is
 * asked for under `/api`, which both have (ComfyUI since 2024; its `/api/jobs` exists only there).
 */
export type DialectName = 'comfyui' | 'cloud';

/** A way to ask what became of a run, best first. */
export type Lookup = 'jobs' | 'job-status' | 'history';

export interface Dialect {
  name: DialectName;
  lookups: readonly Lookup[];
  /** One run's history: where outputs are when `/api/jobs/{id}` is missing or has none. */
  history: string;
  /** Recently ended runs, the first route that exists: with `extra_data`, or as a list of ids. */
  recent: readonly string[];
  /** Answers 200 to a good key only, or to anybody where there are no keys. */
  check: string;
  /** Cloud sends the account's events to all its sockets; ComfyUI those of a run to its client id only. */
  hears: 'account' | 'client-id';
  /** Cloud takes the key in the socket's URL; a guarded ComfyUI (a proxy) gets it as a header. */
  socketKey: 'query' | 'header';
  /** Cloud's interrupt stops every running job of the account; ComfyUI's takes a prompt id. */
  interrupt: 'account' | 'run';
  /** Cloud puts its own id on a run, so a lost one is only found again by a mark in its graph. */
  markGraph: boolean;
}

export const dialects: Record<DialectName, Dialect> = {
  comfyui: {
    name: 'comfyui',
    lookups: ['jobs', 'history'],
    history: 'api/history',
    recent: ['api/history?max_items=64'],
    check: 'api/system_stats',
    hears: 'client-id',
    socketKey: 'header',
    interrupt: 'run',
    markGraph: false,
  },
  cloud: {
    name: 'cloud',
    lookups: ['jobs', 'job-status'],
    history: 'api/history_v2',
    recent: ['api/history_v2?max_items=64', 'api/jobs?limit=20&sort_order=desc'],
    check: 'api/user',
    hears: 'account',
    socketKey: 'query',
    interrupt: 'account',
    markGraph: true,
  },
};

/** Comfy Cloud if the host is Comfy's or a key is given (a plain ComfyUI has no keys); else a ComfyUI server. */
export function detectDialect(base: URL, apiKey: string | undefined): DialectName {
  const host = base.hostname.toLowerCase();
  return host === 'comfy.org' || host.endsWith('.comfy.org') || apiKey !== undefined ? 'cloud' : 'comfyui';
}

/** For people, who have no use for an inner address. */
export function titleOf(dialect: DialectName): string {
  return dialect === 'comfyui' ? 'ComfyUI' : 'Comfy Cloud';
}

/** For who runs Easel. */
export function addressOf(base: URL, dialect: DialectName): string {
  const title = titleOf(dialect);
  return base.hostname === 'cloud.comfy.org' ? title : `${title} at ${base.host}`;
}

export type RunState = 'pending' | 'running' | 'success' | 'failure' | 'cancelled';

const words: Readonly<Record<string, RunState>> = {
  waiting_to_dispatch: 'pending',
  pending: 'pending',
  queued: 'pending',
  submitted: 'pending',
  in_progress: 'running',
  running: 'running',
  executing: 'running',
  completed: 'success',
  success: 'success',
  succeeded: 'success',
  failed: 'failure',
  error: 'failure',
  cancelled: 'cancelled',
  canceled: 'cancelled',
  interrupted: 'cancelled',
};

/** Cloud's documents disagree on the words, so all are taken; one never seen before means "not finished". */
export function stateOf(word: string): RunState {
  return Object.hasOwn(words, word.toLowerCase()) ? (words[word.toLowerCase()] ?? 'running') : 'running';
}
