/**
 * The job manager: takes requests, keeps limits and fairness, and sees every job to its final reply. Backend slots
 * are given back when a run ends, so that a slow chat platform never keeps the backend idle.
 */
import type { Caller } from '../core/chat.ts';
import { EaselError } from '../core/errors.ts';
import { isEnded, type Job, type JobEnd } from '../core/job.ts';
import type { MediaFile } from '../core/run.ts';
import type { Hold } from '../core/standing.ts';
import { deliverJob, forgetFiles } from './delivery.ts';
import { createLiveJob, type JobRoom, type LiveJob } from './live-job.ts';
import { createHolds } from './holds.ts';
import { createIntake, type JobRequest, type NotedJob } from './intake.ts';
import { createQueue, type Limits } from './queue.ts';
import { runJob } from './runner.ts';

export interface WaitingCaps {
  guild: number;
  user: number;
}

export interface ManagerOptions {
  room: Omit<JobRoom, 'halt' | 'kill' | 'breaker' | 'desk'>;
  /** Jobs at once on the backend. */
  concurrency: number;
  limits: (guild: string) => Limits;
  caps: (guild: string) => WaitingCaps;
}

export interface JobManager {
  /** Takes up every unfinished job in the store, then begins to run. */
  start(): Promise<void>;
  /** Throws EaselError when a waiting cap is reached or the process is stopping. */
  admit(guild: string, user: string): void;
  /** Resolves once the job is durable. Throws as `admit` does, or `store-failed`. */
  submit(request: JobRequest): Promise<Job>;
  /**
   * As `submit`, in two steps around an acknowledgement: a process that dies between them leaves a record, and the next
   * one asks the platform what the person was told. `reply` is as much of the address as is known before.
   */
  note(request: JobRequest): Promise<NotedJob>;
  /** Resolves once the wish is durable and on its way. Throws EaselError `no-such-job`, `not-your-job`, `already-ended`. */
  cancel(id: string, caller: Caller): Promise<Job>;
  /** A guild's limits are others now: what may run, runs. */
  limitsChanged(guild: string): void;
  /** What runs and waits in a guild, waiting ones in the order of their turn. */
  list(guild: string): LiveJob[];
  /** The same for all guilds, each on its own. */
  everywhere(): LiveJob[];
  /** A job that is known still: unfinished, or ended in the last 30 days. Throws EaselError `store-failed`. */
  find(id: string): Promise<Job | undefined>;
  /** A picture that a job was given; undefined once it is forgotten. Throws EaselError `store-failed`. */
  input(id: string, slot: string): Promise<MediaFile | undefined>;
  /** What holds the backend, and since when. */
  hold(): Hold | undefined;
  /** Takes no more, lets replies finish for `graceMs`, leaves the rest in the store. Idempotent. */
  stop(graceMs: number): Promise<void>;
}

export function createJobManager({ room: given, concurrency, limits, caps }: ManagerOptions): JobManager {
  const halting = new AbortController();
  const killing = new AbortController();
  const signals = { halt: halting.signal, kill: killing.signal };
  const live = new Map<string, LiveJob>();
  const holds = createHolds({ ...given, ...signals }, { live: () => [...live.values()], giveUp, abandon });
  const { breaker, desk } = holds;
  const room: JobRoom = { ...given, ...signals, breaker, desk };
  const { store, outbox, audience, log } = room;
  /** In a slot, and not handed over yet. */
  const starting = new Set<string>();
  const queue = createQueue({
    backend: concurrency,
    limits,
    hold: () => breaker.hold,
    room: () => breaker.limit() - starting.size,
  });
  const intake = createIntake(room, begin, track);
  const tasks = new Set<Promise<void>>();
  let started = false;
  let stopped: Promise<void> | undefined;

  function track(task: Promise<void>): void {
    const tracked = task.finally(() => tasks.delete(tracked));
    tasks.add(tracked);
  }

  function pump(): void {
    if (!started || halting.signal.aborted) return;
    const moved = new Set<string>();
    for (let ticket = queue.take(); ticket; ticket = queue.take()) {
      const job = live.get(ticket.id);
      if (job) track(conduct(job));
      moved.add(ticket.guild);
    }
    for (const guild of moved) announce(guild);
  }

  /** Tells everyone in the guild whose place or reason has changed. */
  function announce(guild: string): void {
    for (const { id } of queue.waitingIn(guild)) {
      const job = live.get(id);
      const place = queue.place(id);
      if (!job || !place) continue;
      const known = job.standing.kind === 'waiting' ? job.standing.place : undefined;
      if (JSON.stringify(known) !== JSON.stringify(place)) job.show({ kind: 'waiting', place });
    }
  }

  function release(job: LiveJob): void {
    queue.release(job.job.id);
    pump();
    announce(job.job.guild);
  }

  /** From the backend to the final reply. Never rejects. */
  async function conduct(job: LiveJob): Promise<void> {
    const { id, state } = job.job;
    if (state !== 'running') starting.add(id);
    const sent = (): void => {
      if (starting.delete(id)) pump();
    };
    try {
      const end = await runJob(job, room, sent);
      starting.delete(id);
      release(job);
      await close(job, end);
    } catch (error) {
      if (!halting.signal.aborted) log.error({ ...job.facts(), err: error }, 'job left unfinished');
    } finally {
      starting.delete(id);
      release(job);
    }
  }

  /** One that the backend has held for too long. */
  function giveUp(job: LiveJob, error: EaselError): void {
    if (job.job.state !== 'queued') return job.expired.abort(error);
    release(job);
    track(closeQuietly(job, { kind: 'failed', problem: error.problem }));
  }

  function abandon(platform: string, before: number): void {
    for (const { job, undeliverable } of live.values())
      if (job.platform === platform && (job.times.done ?? Infinity) <= before) undeliverable.abort();
    intake.abandon(platform, before);
  }

  async function close(job: LiveJob, end: JobEnd): Promise<void> {
    await deliverJob(job, end, room);
    live.delete(job.job.id);
    await forgetFiles(job, room);
  }

  async function closeQuietly(job: LiveJob, end: JobEnd): Promise<void> {
    try {
      await close(job, end);
    } catch (error) {
      if (!halting.signal.aborted) log.error({ ...job.facts(), err: error }, 'job left unfinished');
    }
  }

  function enter(job: Job): LiveJob {
    const entered = createLiveJob(job, { kind: 'submitting', retrying: false }, room);
    live.set(job.id, entered);
    intake.after(job);
    return entered;
  }

  function resume(job: Job): void {
    if (intake.isEarly(job.id)) return;
    if (!audience.knows(job.platform)) {
      log.warn(
        { job: job.id, platform: job.platform },
        'unfinished job of a platform that is off, left in the store',
      );
      return;
    }
    if (job.unclaimed) return track(intake.claim(job));
    const resumed = enter(job);
    log.info(resumed.facts(), 'taking up an unfinished job');
    if (job.state === 'delivering') track(closeQuietly(resumed, job.end ?? lostEnd(job)));
    else if (job.state === 'queued' && job.cancelledBy !== undefined)
      track(closeQuietly(resumed, { kind: 'cancelled' }));
    else if (job.state === 'queued') queue.add(job);
    else {
      queue.occupy(job);
      track(conduct(resumed));
    }
  }

  function begin(job: Job): void {
    log.info(enter(job).facts(), 'job accepted');
    queue.add(job);
    intake.arrived(job.id);
    pump();
    announce(job.guild);
  }

  async function whyAbsent(id: string): Promise<'no-such-job' | 'already-ended' | 'shutting-down'> {
    const stored = await store.load(id);
    if (!stored) return 'no-such-job';
    // unfinished, but not taken up: the store has not been read yet
    return isEnded(stored.state) || started ? 'already-ended' : 'shutting-down';
  }

  async function shutDown(graceMs: number): Promise<void> {
    halting.abort(new EaselError({ code: 'shutting-down' }));
    const grace = setTimeout(() => killing.abort(new EaselError({ code: 'shutting-down' })), graceMs);
    // a task may have been added meanwhile
    while (tasks.size > 0) await Promise.allSettled(tasks);
    clearTimeout(grace);
    await holds.settled();
    log.info({ left: live.size }, 'job manager stopped');
  }

  const manager: JobManager = {
    async start() {
      await holds.start();
      const unfinished = await store.unfinished();
      await outbox.keepOnly(new Set(unfinished.map(({ id }) => id)));
      for (const job of unfinished) resume(job);
      started = true;
      intake.opened();
      const guilds = new Set([...live.values()].map(({ job }) => job.guild));
      pump();
      for (const guild of guilds) announce(guild);
      breaker.listen(() => {
        pump();
        for (const guild of new Set([...live.values()].map(({ job }) => job.guild))) announce(guild);
      });
    },
    admit(guild, user) {
      if (halting.signal.aborted) throw new EaselError({ code: 'shutting-down' });
      const cap = caps(guild);
      const here = intake.arriving(guild);
      const waiting = queue.count(guild, user);
      if (waiting.guild + here.length >= cap.guild)
        throw new EaselError({ code: 'guild-waiting-cap', cap: cap.guild });
      if (waiting.user + here.filter((caller) => caller.user === user).length >= cap.user)
        throw new EaselError({ code: 'user-waiting-cap', cap: cap.user });
    },
    async submit(request) {
      manager.admit(request.caller.guild, request.caller.user);
      const job = await intake.write(request);
      begin(job);
      return job;
    },
    async note(request) {
      manager.admit(request.caller.guild, request.caller.user);
      return intake.note(request);
    },
    async cancel(id, caller) {
      const found = live.get(id);
      if (!found) throw new EaselError({ code: await whyAbsent(id) });
      const { job } = found;
      const mine = job.user === caller.user && job.platform === caller.platform;
      if (!mine && !(caller.admin && job.guild === caller.guild))
        throw new EaselError({ code: 'not-your-job' });
      if (job.end) throw new EaselError({ code: 'already-ended' });
      if (job.cancelledBy !== undefined) return job;
      job.cancelledBy = caller.user;
      await found.trySave();
      if (endsOtherwise(job)) throw new EaselError({ code: 'already-ended' });
      log.info({ ...found.facts(), by: caller.user }, 'cancel asked');
      if (job.state === 'queued') {
        release(found);
        track(closeQuietly(found, { kind: 'cancelled' }));
      } else {
        found.show({ kind: 'cancelling', unstoppable: false });
        found.cancelled.abort();
      }
      return job;
    },
    limitsChanged(guild) {
      queue.reconsider(guild);
      pump();
      announce(guild);
    },
    list(guild) {
      // one whose reply is made is over for everybody; only its record is still being closed
      const all = [...live.values()].filter(({ job }) => job.guild === guild && job.delivered === 0);
      const turn = (entry: LiveJob) => queue.place(entry.job.id)?.position ?? 0;
      return all.toSorted((a, b) => turn(a) - turn(b) || a.job.times.queued - b.job.times.queued);
    },
    everywhere() {
      const guilds = new Set([...live.values()].map(({ job }) => job.guild));
      return [...guilds].flatMap((guild) => manager.list(guild));
    },
    input: (id, slot) => store.loadInput(id, slot),
    hold: () => breaker.hold,
    find: async (id) => live.get(id)?.job ?? store.load(id),
    stop(graceMs) {
      stopped ??= shutDown(graceMs);
      return stopped;
    },
  };
  return manager;
}

/** Too late to cancel. A function, since the answer may change during an await, which the type checker does not see. */
function endsOtherwise({ end }: Job): boolean {
  return end !== undefined && end.kind !== 'cancelled';
}

/** A record that says `delivering` without an end can only be a damaged one. */
function lostEnd(job: Job): JobEnd {
  return { kind: 'failed', problem: { code: 'internal', ref: job.id } };
}
