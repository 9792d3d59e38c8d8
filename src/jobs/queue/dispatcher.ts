/**
 * Takes jobs to the queue, and leases from it: what may begin begins, one claim after the other, and those who wait are told
 * when their line has moved. The queue may be elsewhere: what it does not answer is asked again until it does.
 */
import { isWaiting, type Job } from '../../core/job.ts';
import type { Log } from '../../core/log.ts';
import type { Change, Lease, Queue } from '../../core/queue.ts';
import type { Tasks } from '../../core/tasks.ts';
import { backoff, type Clock } from '../../core/time.ts';
import type { Announcer } from './announcer.ts';
import type { LiveJob } from '../live-job.ts';
import type { Roster } from './roster.ts';
import type { JobTiming } from '../timing.ts';

export interface Dispatcher {
  /** A new one, which waits. */
  enter(live: LiveJob): void;
  /** One that was found when the process started. Resolves once it is in line, or has the slot in which it had begun. Never rejects. */
  takeUp(live: LiveJob): Promise<void>;
  /** From now on what may begin begins, and who waits is told. Resolves once that was so for those who are here. Never rejects. */
  start(): Promise<void>;
  /** The backend has taken it: one more may be on the way there. */
  sent(live: LiveJob): void;
  /** It waits no longer, or its run is over. */
  leave(live: LiveJob): void;
  /** Its run is over before it began, and it waits again. Resolves once it is in line. Never rejects. */
  goBack(live: LiveJob): Promise<void>;
  /** More may begin now. */
  pump(): void;
  /** What may begin, and what everybody waits for, are others now. */
  goOn(): void;
  /** A guild's limits are others now, or everybody's. */
  reconsider(guild?: string): void;
}

export interface DispatcherDeps {
  queue: Queue;
  roster: Roster;
  announcer: Announcer;
  /** The backend's name in the queue. */
  backend: string;
  /** How many may be on the way to the backend at once now. */
  freeSlots: () => number;
  /** It has a slot. */
  begin: (live: LiveJob) => void;
  clock: Clock;
  log: Log;
  timing: Pick<JobTiming, 'retryBaseMs' | 'retryCapMs'>;
  halt: AbortSignal;
  track: Tasks['track'];
}

export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const { queue, roster, announcer, backend, freeSlots, clock, log, timing, halt, track } = deps;
  /** Of those that have a slot. */
  const leases = new Map<string, Lease>();
  /** In a slot, and not handed over yet. */
  const starting = new Set<string>();
  /** Guilds to be told. */
  const moved = new Set<string>();
  let allMoved = false;
  let isStarted = false;
  let isPumping = false;
  let pumping = Promise.resolve();
  let isAgain = false;

  /** Asks until there is an answer; undefined: the process stops before there is. Never rejects. */
  async function insist<T>(ask: () => Promise<T>): Promise<T | undefined> {
    for (let failures = 0; ; failures += 1)
      try {
        return await ask();
      } catch (error) {
        if (halt.aborted) return undefined;
        log.error({ failures, err: error }, 'the queue does not answer, asking again');
        const ms = backoff(failures, timing.retryBaseMs, timing.retryCapMs);
        if (!(await slept(ms))) return undefined;
      }
  }

  /** False: the process stops. */
  async function slept(ms: number): Promise<boolean> {
    return clock.sleep(ms, halt).then(
      () => true,
      () => false, // aborted only
    );
  }

  function submit(job: Job, begunOn?: string): Promise<void> {
    return insist(() => queue.submit(job, begunOn));
  }

  function changed({ guilds, claimable }: Change): void {
    for (const guild of guilds ?? []) moved.add(guild);
    allMoved ||= guilds === undefined;
    // who is told of it by oneself goes on anyway
    if (claimable || !isPumping) pump();
  }

  function pump(): void {
    isAgain = true;
    if (!isStarted || isPumping || halt.aborted) return;
    isPumping = true;
    pumping = work();
    track(pumping);
  }

  /** Never rejects. */
  async function work(): Promise<void> {
    while (isAgain && !halt.aborted) {
      isAgain = false;
      await fill();
      tell();
    }
    isPumping = false;
  }

  /** Begins what may begin. */
  async function fill(): Promise<void> {
    for (;;) {
      const lease = await insist(() => queue.claim(freeSlots() > starting.size ? [backend] : []));
      // a lease that comes when all stops is lost with the process: its job is whoever's comes next
      if (!lease || halt.aborted) return;
      begin(lease);
    }
  }

  function begin(lease: Lease): void {
    const { id, begun } = lease;
    const live = roster.find(id);
    // given up while it was claimed; whoever is not here has ended, as long as this process is the only one
    if (!live || (!roster.begin(id) && !begun)) return free(lease);
    leases.set(id, lease);
    if (live.job.state !== 'running') starting.add(id);
    deps.begin(live);
  }

  function tell(): void {
    if (allMoved) announcer.allMoved();
    else for (const guild of moved) announcer.moved(guild);
    allMoved = false;
    moved.clear();
  }

  function free(what: Lease | string): void {
    track(insist(async () => void (await queue.release(what))));
  }

  function left({ id }: Job): Lease | string {
    const lease = leases.get(id);
    leases.delete(id);
    starting.delete(id);
    return lease ?? id;
  }

  return {
    enter({ job }) {
      track(submit(job));
      if (!isStarted) announcer.moved(job.guild);
    },
    takeUp: ({ job }) => submit(job, isWaiting(job) ? undefined : backend),
    async start() {
      isStarted = true;
      const stop = queue.watch(changed);
      halt.addEventListener('abort', stop, { once: true });
      allMoved = true;
      pump();
      await pumping;
    },
    sent({ job }) {
      if (!starting.delete(job.id)) return;
      moved.add(job.guild);
      pump();
    },
    leave: ({ job }) => free(left(job)),
    async goBack({ job }) {
      const lease = left(job);
      roster.wait(job.id);
      await insist(() => queue.release(lease));
      // it may have been given up meanwhile
      if (roster.waits(job.id)) await submit(job);
    },
    pump,
    goOn() {
      allMoved = true;
      pump();
    },
    reconsider: (guild) => track(insist(() => queue.reconsider(guild))),
  };
}
