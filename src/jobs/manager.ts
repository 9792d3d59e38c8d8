/**
 * The job manager: takes requests, keeps limits and fairness, and sees every job to its final reply. Backend slots
 * are given back when a run ends, so that a slow chat platform never keeps the backend idle.
 */
import type { Caller } from '../core/caller.ts';
import { EaselError } from '../core/errors.ts';
import { isWaiting, transition, type EndedJob, type Job, type JobEnd } from '../core/job.ts';
import type { Queue } from '../core/queue.ts';
import type { Hold } from '../core/standing.ts';
import { requestAnew, type Anew } from '../core/rerun.ts';
import { createTasks } from '../core/tasks.ts';
import { createAnnouncer } from './queue/announcer.ts';
import { endsOtherwise, markCancelled, requireMayCancel, whyAbsent } from './intake/cancel.ts';
import { deliverJob, lostEnd } from './delivery/delivery.ts';
import { createDiskTurns } from './delivery/disk-turns.ts';
import { createDispatcher } from './queue/dispatcher.ts';
import { calm, createHeavy } from './delivery/heavy.ts';
import { createChanging, type Changing } from './outages/changing.ts';
import { createHolds } from './outages/holds.ts';
import type { GuildFiles } from './runner/guild-files.ts';
import { forgetFiles, inputKey, loadInput, settleFiles } from './job-files.ts';
import { createLiveJob, type JobDeps, type LiveJob } from './live-job.ts';
import { createIntake, type JobRequest, type NotedJob } from './intake/intake.ts';
import { jobsIn } from './jobs-in.ts';
import { createRoster, type RosterView } from './queue/roster.ts';
import { whyAllWait } from './queue/why-all-wait.ts';
import { runJob } from './runner/runner.ts';
import { createSharedTexts } from './intake/shared-texts.ts';
import { attachedBytes, createWaitingRoom, type Asker, type WaitingCaps } from './intake/waiting-room.ts';

export interface ManagerOptions {
  deps: Omit<JobDeps, 'halt' | 'kill' | 'breaker' | 'gate' | 'desk' | 'heavy' | 'diskTurns'>;
  /** Where jobs wait for their turn; the backend goes by its name there. */
  queue: Queue;
  caps: (guild: string) => WaitingCaps;
}

export interface JobManager {
  /** Takes up every unfinished job in the store, then begins to run. */
  start(): Promise<void>;
  /** Throws EaselError when a waiting cap is reached, with so many bytes attached, the disk is full, or it is stopping. */
  admit(asker: Asker, bytes?: number): void;
  /** Resolves once the job is durable. Throws as `admit` does, or `store-failed`. */
  submit(request: JobRequest): Promise<Job>;
  /**
   * As `submit`, in two steps around an acknowledgement: a process that dies between them leaves a record, and the next
   * one asks the platform what the person was told. `reply` is as much of the address as is known before.
   */
  note(request: JobRequest): Promise<NotedJob>;
  /** Resolves once the wish is durable and on its way. Throws EaselError `no-such-job`, `not-your-job`, `already-ended`. */
  cancel(id: string, caller: Caller): Promise<Job>;
  /** A platform is there that was off at the start: its jobs, which were left in the store, go on. Rejects with `store-failed`. */
  takeUp(platform: string): Promise<void>;
  /** A guild's limits are others now, or everybody's: what may run, runs. */
  limitsChanged(guild?: string): void;
  /**
   * What runs and waits in a guild, waiting ones in the order of their turn: at most `count` (100) after the first `from`.
   * Throws EaselError `store-failed`.
   */
  list(guild: string, count?: number, from?: number): Promise<LiveJob[]>;
  readonly guildFiles: GuildFiles;
  /** Who is here. */
  readonly roster: RosterView;
  /** Those of which it is not settled yet whether they begin; `cancel` takes them, too. */
  coming(): Iterable<Job>;
  /** Slots of the backend that are in use. Throws EaselError `store-failed`. */
  inUse(): Promise<number>;
  /** A job that is known still: unfinished, or ended in the last 30 days. Throws EaselError `store-failed`. */
  find(id: string): Promise<EndedJob | undefined>;
  /** A picture that a job was given; undefined once it is forgotten. */
  input(id: string, slot: string): Promise<Uint8Array | undefined>;
  /** Another backend takes the present one's place, and how many jobs that waits for. */
  readonly changing: Pick<Changing, 'change' | 'count'>;
  /** What holds the backend, and since when. */
  hold(): Hold | undefined;
  /** Takes no more, lets replies finish for `graceMs`, leaves the rest in the store. Idempotent. */
  stop(graceMs: number): Promise<void>;
}

export function createJobManager(options: ManagerOptions): JobManager {
  const { deps: base, queue, caps } = options;
  const halting = new AbortController();
  const killing = new AbortController();
  const roster = createRoster();
  const audience = roster.overhear(base.audience);
  const signals = { halt: halting.signal, kill: killing.signal };
  const held = { live: () => roster.all(), giveUp, claims: () => intake };
  const holds = createHolds({ ...base, ...signals }, held);
  const { breaker, desk } = holds;
  const diskTurns = createDiskTurns(base);
  const at = { breaker, roster, log: base.log, signal: halting.signal };
  const changing = createChanging(at, () => dispatcher.goOn());
  const { gate } = changing;
  const heavy = createHeavy({ ...base, ...signals });
  const deps: JobDeps = { ...base, ...signals, audience, breaker, gate, desk, heavy, diskTurns };
  const { backend, store, files, disk, clock, log, timing } = base;
  const share = createSharedTexts();
  const { track, settled } = createTasks();
  /** From its beginning to its end. */
  const work = (task: Promise<void>): void => track(diskTurns.work(task, () => dispatcher.pump()));
  const line = createWaitingRoom();
  const intake = createIntake(deps, line, begin, track);
  /** Those whose platform is off. */
  const left = new Set<string>();
  let started = false;
  let stopped: Promise<void> | undefined;

  const find = (id: string) => roster.find(id);
  const reason = () => whyAllWait(breaker, gate, diskTurns);
  const announcer = createAnnouncer({ queue, find, reason, clock, log, signal: halting.signal });
  const dispatcher = createDispatcher({
    queue,
    roster,
    announcer,
    backend: backend.name,
    freeSlots: () => (diskTurns.full || gate.shut ? 0 : breaker.limit()),
    begin(live) {
      line.remove(live.job.id);
      work(conduct(live));
    },
    clock,
    log,
    timing,
    halt: halting.signal,
    track,
  });

  function release(live: LiveJob): void {
    line.remove(live.job.id);
    dispatcher.leave(live);
  }

  /** From the backend to the final reply. Never rejects. */
  async function conduct(job: LiveJob): Promise<void> {
    const end = await runJob(job, deps, () => dispatcher.sent(job)).catch((error: unknown) => {
      if (!halting.signal.aborted) log.error({ ...job.facts(), err: error }, 'job left unfinished');
    });
    if (end === 'back' && job.job.cancelledBy === undefined) return goBack(job);
    release(job);
    if (end) await close(job, end === 'back' ? { kind: 'cancelled' } : end);
  }

  /** Behind those of the same person, who may be luckier. */
  async function goBack(live: LiveJob): Promise<void> {
    gate.leave(live.job.id);
    transition(live.job, 'queued');
    await dispatcher.goBack(live);
    await live.trySave();
  }

  /** One that the backend has held for too long. */
  function giveUp(job: LiveJob, error: EaselError): void {
    if (job.job.state !== 'queued') return job.expired.abort(error);
    roster.begin(job.job.id);
    release(job);
    work(close(job, { kind: 'failed', problem: error.problem }));
  }

  /** To the end of its reply, or back in line where that needs one more run. Never rejects. */
  async function close(job: LiveJob, end: JobEnd): Promise<void> {
    let anew: Anew | undefined;
    try {
      anew = await deliverJob(job, end, deps);
      if (!anew) roster.remove(job.job.id);
      if (!anew) await forgetFiles(job.job, deps);
    } catch (error) {
      await calm(job);
      if (!halting.signal.aborted) log.error({ ...job.facts(), err: error }, 'job left unfinished');
    } finally {
      gate.leave(job.job.id);
    }
    if (!anew) return;
    // at once with its place: who cancels finds it either here or in line
    requestAnew(job.job, anew);
    await goBack(job);
  }

  function enter(job: Job): LiveJob {
    const entered = createLiveJob(share(job), { kind: 'submitting', retrying: false }, deps);
    roster.add(entered, isWaiting(job));
    if (isWaiting(job)) line.add(job.id, job, job.inputBytes ?? 0);
    else line.remove(job.id);
    intake.after(job);
    return entered;
  }

  async function resume(job: Job): Promise<void> {
    if (intake.isEarly(job.id)) return;
    if (!audience.knows(job.platform)) {
      log.warn({ job: job.id, platform: job.platform }, 'left in the store, since its platform is off');
      return void left.add(job.id);
    }
    if (!audience.reaches(job)) return track(store.setAside(job.id));
    if (job.unclaimed) return track(intake.claim(job));
    const resumed = enter(job);
    log.info(resumed.facts(), 'taking up an unfinished job');
    if (job.state !== 'queued') gate.enter(job.id);
    if (!closed(resumed)) await dispatcher.takeUp(resumed);
  }

  /** Closes one of which nothing but its end is left. False: it waits, or runs. */
  function closed(live: LiveJob): boolean {
    const { job } = live;
    if (job.state === 'delivering') {
      if (!job.end) log.error(live.facts(), 'its record does not say how it ended');
      work(close(live, job.end ?? lostEnd(job)));
    } else if (job.state === 'queued' && !isWaiting(job)) work(close(live, { kind: 'cancelled' }));
    else return false;
    return true;
  }

  function begin(job: Job): void {
    const live = enter(job);
    log.info(live.facts(), 'job accepted');
    if (!closed(live)) dispatcher.enter(live);
  }

  async function shutDown(graceMs: number): Promise<void> {
    halting.abort(new EaselError({ code: 'shutting-down' }));
    const grace = setTimeout(() => killing.abort(new EaselError({ code: 'shutting-down' })), graceMs);
    await settled();
    clearTimeout(grace);
    await holds.settled();
    log.info({ left: roster.size }, 'job manager stopped');
  }

  const manager: JobManager = {
    async start() {
      await holds.start();
      const unfinished = await store.unfinished();
      await settleFiles(unfinished, intake.isEarly, deps);
      for (const job of unfinished) await resume(job);
      started = true;
      changing.begin();
      intake.opened();
      for (const one of [breaker, disk]) one?.listen(() => dispatcher.goOn());
      await dispatcher.start();
    },
    admit(asker, bytes = 0) {
      if (halting.signal.aborted) throw new EaselError({ code: 'shutting-down' });
      if (disk?.full) throw new EaselError({ code: 'data-full' });
      line.requireRoom(asker, bytes, caps(asker.guild));
    },
    async submit(request) {
      manager.admit(request.caller, attachedBytes(request.files));
      const job = await intake.write(request);
      begin(job);
      return job;
    },
    async note(request) {
      manager.admit(request.caller, attachedBytes(request.files));
      return intake.note(request);
    },
    async cancel(id, caller) {
      const found = roster.find(id);
      const coming = found ? undefined : await intake.cancel(id, caller);
      if (coming) return coming;
      if (!found) throw new EaselError({ code: whyAbsent(await store.load(id), caller, started) });
      const { job } = found;
      requireMayCancel(job, caller);
      if (job.end) throw new EaselError({ code: 'already-ended' });
      if (job.cancelledBy !== undefined) return job;
      markCancelled(job, caller);
      await found.trySave();
      if (endsOtherwise(job)) throw new EaselError({ code: 'already-ended' });
      log.info({ ...found.facts(), by: caller.user }, 'cancel asked');
      if (job.state === 'queued') {
        roster.begin(id);
        release(found);
        work(close(found, { kind: 'cancelled' }));
      } else {
        found.show({ kind: 'cancelling', unstoppable: false });
        found.cancelled.abort();
      }
      return job;
    },
    async takeUp(platform) {
      if (!started || halting.signal.aborted || left.size === 0) return;
      for (const job of await store.unfinished())
        if (job.platform === platform && left.delete(job.id)) await resume(job);
    },
    limitsChanged: (guild) => dispatcher.reconsider(guild),
    list: (guild, count = 100, from = 0) => jobsIn(guild, roster, queue, count, from),
    guildFiles: deps.guildFiles,
    roster,
    coming: intake.coming,
    inUse: async () => (await queue.count()).running,
    input: (id, slot) => loadInput(files, inputKey(id, slot)),
    changing,
    hold: () => breaker.hold,
    find: async (id) => roster.find(id)?.job ?? store.load(id),
    stop(graceMs) {
      stopped ??= shutDown(graceMs);
      return stopped;
    },
  };
  return manager;
}
