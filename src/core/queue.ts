/**
 * The port through which jobs wait for their turn, and begin: who is next, on which backend, and who is told what place.
 * The embedded one (`jobs/queue/`) is one process's memory; others may be shared by several. What is queued is told by the
 * jobs' records alone: a queue that knows less than they do is told again, and loses nothing by it.
 *
 * Every method but `watch` may reject with EaselError `store-failed` where the queue is elsewhere and does not answer: then it
 * is unknown whether it was done, and doing it again is safe. None waits for a turn to come: each settles at once, or within
 * the time that one question to that store may take.
 */
import type { Place } from './standing.ts';

/** What the queue knows of a job. A person is the same one in all guilds of a platform. */
export interface Ticket {
  /** The job's. */
  readonly id: string;
  readonly platform: string;
  readonly guild: string;
  readonly user: string;
  /**
   * Names of the backends that can run it, in any order; undefined: any. With none it waits until it is submitted with
   * others. Waiting jobs are grouped by this, so that there should be few different ones: what a claim costs grows with
   * their number, and with nothing else.
   */
  readonly needs?: readonly string[] | undefined;
}

/** All limits are jobs at once, 0 and more; asked whenever they count. Whoever changes one of them calls `reconsider`. */
export interface QueueLimits {
  /** In a guild, and of one person in it. */
  guild: (guild: string) => { guild: number; user: number };
  /** Of one person of a platform over all guilds; `Infinity`: as many as each guild lets them. */
  person: (platform: string) => number;
  /** Of each backend that there is; one that is missing takes nothing. */
  backends: () => ReadonlyMap<string, number>;
}

/** The right to run one job. It holds until it is released, or lost: then another worker may have the job. */
export interface Lease {
  readonly id: string;
  readonly guild: string;
  /** Where it is to run. */
  readonly backend: string;
  /** It had begun there before, and whoever ran it is gone: its record says how far it has come. */
  readonly begun: boolean;
  /** Never the same twice, of the same job neither. */
  readonly token: string;
}

export interface Waiting {
  readonly id: string;
  /** Counts from 1 in its guild, and says which limit it waits for. Why a backend takes nothing the queue does not know. */
  readonly place: Place;
}

export interface Change {
  /** Guilds whose line has moved, or of whose places the reasons have changed; undefined: all may have. */
  readonly guilds: readonly string[] | undefined;
  /** Somebody may be next now who could not before. */
  readonly claimable: boolean;
}

export interface Queue {
  /**
   * From now on it waits, behind what the same person has in the same guild. Of one that waits already only the *needs*
   * are taken: it keeps its place among that person's jobs, who are last in their guild among those with such needs unless they had
   * one before. To one that runs nothing happens. Resolves once others can claim it.
   *
   * `begunOn`: it had begun on that backend before its worker was lost. It takes its slot at once, whatever the limits say,
   * and the next claim gets it.
   */
  submit(ticket: Ticket, begunOn?: string): Promise<void>;
  /**
   * Gives the next job to a worker, whose it is from then on; undefined: none may run. `free`: names of the backends that take one now,
   * those that it would rather use first; of several that could run the job that one is taken which the fewest others of
   * the waiting *needs* could use. What had begun and lost its worker comes first, with its own backend, free or not.
   *
   * Guilds take turns, and inside them people, each with their jobs in the order of their coming; a person's turn counts
   * in all of their guilds. Who is at a limit, or can run on nothing that is free, is left out and keeps nobody behind
   * them. Costs the same however many wait.
   */
  claim(free: readonly string[]): Promise<Lease | undefined>;
  /**
   * The worker lives. False: the lease is lost, and the job another's: nothing may be done for it any more, neither told nor
   * written. How long one is held without this is the queue's to say; the embedded one loses them with its process only.
   */
  renew(lease: Lease): Promise<boolean>;
  /**
   * With a lease: its run is over, and its slot is free. With an id: it waits no longer. False, and nothing has changed: the
   * lease was released or lost before; nobody of that id waits.
   */
  release(what: Lease | string): Promise<boolean>;
  /** Limits are others now, in a guild or, without one, wherever. Nobody is stopped who runs beyond them. */
  reconsider(guild?: string): Promise<void>;
  /**
   * Those who wait in a guild, as they would have their turns if nothing else happened and every backend took them: people
   * take turns, those at their limit last. In slices of `size` at most, each made when it is asked for, so that a line of any
   * length costs as much as is read of it. It may move meanwhile: then some are told a place that is off, or twice, or not at all.
   */
  places(guild: string, size: number): AsyncIterable<readonly Waiting[]>;
  /** Guilds where somebody waits, in slices, as `places` are. */
  guilds(size: number): AsyncIterable<readonly string[]>;
  /** Jobs that wait, and leases with what has begun and is not claimed again: over all guilds and backends. */
  count(): Promise<{ waiting: number; running: number }>;
  /** Calls `listener` at every change, also at one's own, before that resolves. It must not throw. Returns the end of it. */
  watch(listener: (change: Change) => void): () => void;
}
