/** A job: one request to run a template with values. Its record alone is enough for any process to finish it. */
import type { Cost } from './cost.ts';
import type { Problem } from './errors.ts';
import type { Json } from './json.ts';
import type { Rank } from './rank.ts';
import type { Output, Unmade } from './run.ts';
import type { SlotType, SlotValues } from './template.ts';
import type { NodeId } from './workflow.ts';

export type JobState =
  | 'queued'
  /** The graph may be on its way to the backend. */
  | 'submitting'
  | 'running'
  /** The end is known; the final reply is being made. */
  | 'delivering'
  | 'succeeded'
  | 'failed'
  | 'cancelled';

const NEXT: Record<JobState, readonly JobState[]> = {
  queued: ['submitting', 'delivering'],
  // back to queued: refused in a way that others may not be, and certainly not sent
  submitting: ['running', 'delivering', 'queued'],
  // back to submitting: the backend forgot the run (it was restarted)
  running: ['delivering', 'submitting'],
  // back to queued: what it made is gone from the backend, and is made again
  delivering: ['succeeded', 'failed', 'cancelled', 'queued'],
  succeeded: [],
  failed: [],
  cancelled: [],
};

export type JobEnd =
  /** `cached`: nodes whose files are of an earlier run, as far as the backend tells, and so may be gone. */
  | { kind: 'succeeded'; outputs: Output[]; cached?: NodeId[] | undefined }
  /** `outputs`: what was saved before it failed. */
  | { kind: 'failed'; problem: Problem; outputs?: Output[] | undefined }
  /** `away`: told while the backend was; the run is stopped once it is back. */
  | { kind: 'cancelled'; away?: true | undefined };

/** A picture that was attached and is too large: with how many pixels it went up. */
export interface Shrunk {
  slot: string;
  width: number;
  height: number;
}

/** What one node of a run has sent over the socket. */
export interface Received {
  node: NodeId;
  /** Each in the job's outbox, in the order of coming. */
  files: Output[];
  bytes: number;
  /** Which of them comes next: the first again where it is made anew. */
  next: number;
  /** How many it says that there are. */
  expected?: number | undefined;
  /** All of them have come: what it sends when it is made anew is the same. */
  all?: true | undefined;
  /** Why more of them were not taken: they are too many or too large, or the disk had no room. */
  lack?: 'limit' | 'disk' | undefined;
}

/** Pictures that a node has sent over the socket, of which some did not come, or were not taken. */
export interface Missed {
  node: NodeId;
  title: string;
  got: number;
  /** Absent: how many there were is not known. */
  of?: number | undefined;
  why: 'lost' | 'limit' | 'disk';
}

export interface Job {
  /** Lowercase UUID, offered to the backend as `prompt_id` of its first run. */
  id: string;
  /** Its present run, where that is not the first. */
  rerun?: Rerun | undefined;
  guild: string;
  user: string;
  platform: string;
  locale: string;
  /** Of who asked for it, where it is more than a person's; of anybody in records from before this was written down. */
  rank?: Rank | undefined;
  /** The channel where it was asked: `Caller.channel`, by the word that stored records have for it. */
  place?: string | undefined;
  /** `variant`: which of its workflows, where it has several. */
  template: { name: string; version: string; variant?: string | undefined };
  /** As shown to people. Files are their names here; their bytes are in `inputs` (core/files.ts) until the job ends. */
  values: SlotValues;
  /** Slots whose value nobody gave: what the template has is not there, or the guild has a usual one. */
  taken?: string[] | undefined;
  /** The slot that names the job in lists, usually the prompt. */
  mainSlot?: string | undefined;
  /** The graph of its template as it was then, by its key in the store; what this job writes into it is there too. */
  graph: string;
  /** What was attached. */
  images: { slot: string; type?: SlotType | undefined }[];
  /** Of what was attached; absent: nothing, or it is from before this was written down. */
  inputBytes?: number | undefined;
  /** Files on the backend that it may name besides its guild's own. Absent in jobs from before that was judged. */
  mayName?: string[] | undefined;
  /** Only these nodes' outputs are posted. */
  outputNodes?: NodeId[] | undefined;
  /** How long it may run, in minutes, where its template says so. */
  runLimitMinutes?: number | undefined;
  /** What it made is posted whole, however much that is. */
  all?: boolean | undefined;
  /** A run from a template editor, shown only to its admin: nobody repeats it. */
  trial?: boolean | undefined;
  /** The draft that is tried. */
  draft?: string | undefined;
  /** Where the reply is; only the platform can read it. */
  reply: Json;
  /** Written down before the person was told so: where the reply is, and whether there is one, the platform knows. */
  unclaimed?: boolean | undefined;
  backend: string;
  /** Set once the backend may know the run. */
  promptId?: string | undefined;
  state: JobState;
  /** Tries that count: the first, and one more for each failure that was its own rather than the backend's. */
  attempts: number;
  /** Models that stand fixed in its graph, and which of the backend's were taken in their place. */
  standIns?: { wanted: string; taken: string }[] | undefined;
  /** What was made smaller, so that it could go up. */
  shrunk?: Shrunk[] | undefined;
  /** Nodes whose output the backend refused when it took the rest, or did not come to: ids in `workflow`, and why. */
  unmade?: (Unmade & { title: string })[] | undefined;
  /** What came over the socket, by its node, since no backend has it. */
  received?: Received[] | undefined;
  /** What of it did not come. */
  missed?: Missed[] | undefined;
  /** For how long the backend has said that it runs, in ms: neither its own line nor our absence counts. */
  ranMs?: number | undefined;
  /** What its runs cost, as far as they said so: for who runs Easel only. */
  cost?: Cost | undefined;
  /** The user who asked to cancel. */
  cancelledBy?: string | undefined;
  end?: JobEnd | undefined;
  /**
   * A step that may end the process has begun, for the n-th time since it was last known to end well. Found by the next
   * process, it has ended so many.
   */
  heavy?: number | undefined;
  /** Messages of the final reply that have been sent, so that none is sent twice after a restart. */
  delivered: number;
  /** Milliseconds since 1970; `queued` is unique within a store and gives the order after a restart. */
  times: {
    queued: number;
    started?: number | undefined;
    /** The backend has not taken it since, whatever became of others. */
    held?: number | undefined;
    /** Its end was known; what is left is to tell. */
    done?: number | undefined;
    ended?: number | undefined;
  };
}

/** Why it is not its first run, and what that one is called. */
export interface Rerun {
  /** Offered to the backend as `prompt_id`: a lowercase UUID. */
  id: string;
  /** Pictures that the run before has sent did not come; so it was only once. Its `outputs` count where this one comes to nothing. */
  unsent?: { outputs: Output[] } | undefined;
  /** The backend itself broke over a run before. */
  crashed?: true | undefined;
  /** Files of the run before were gone from the backend, which had them cached; so it was only once. */
  gone?: Gone | undefined;
}

export interface Gone {
  /** What the run before has made; nothing once that is settled. */
  outputs?: Output[] | undefined;
  /** Which of them are gone: places in `outputs`. */
  at: number[];
  /** The nodes that made them and run anew. */
  nodes: NodeId[];
  /** Made again. */
  remade?: true | undefined;
}

/** What is kept of a job that has ended: as much as its buttons need. */
export interface EndedJob extends Pick<
  Job,
  | 'id'
  | 'guild'
  | 'user'
  | 'platform'
  | 'place'
  | 'template'
  | 'values'
  | 'taken'
  | 'images'
  | 'trial'
  | 'all'
  | 'state'
  | 'times'
> {
  /** `outputs`: of one that was not posted whole. */
  end?:
    | { kind: 'succeeded'; outputs?: Output[] | undefined }
    | Exclude<JobEnd, { kind: 'succeeded' }>
    | undefined;
}

export function isEnded(state: JobState): boolean {
  return NEXT[state].length === 0;
}

/** For its turn. */
export function isWaiting({ state, cancelledBy }: Job): boolean {
  return state === 'queued' && cancelledBy === undefined;
}

/** Moves the job on; throws on a transition that may not happen, which is a bug. */
export function transition(job: Job, to: JobState): void {
  if (!NEXT[job.state].includes(to)) throw new Error(`job ${job.id} cannot go from ${job.state} to ${to}`);
  job.state = to;
}

/** It has ended two processes: no file of its is made smaller or anything else. */
export function goesPlain({ heavy = 0 }: Job): boolean {
  return heavy > 2;
}

/** What a person recognises the job by. */
export function jobTitle(job: Job): string {
  const text = job.mainSlot === undefined ? undefined : job.values[job.mainSlot];
  return text === undefined || text === '' ? `/${job.template.name}` : String(text);
}
