/**
 * Who changes the backend while Easel runs. What is wanted is written down before anything is done, and so is what jobs are on
 * until the change is over: a process that dies in between is gone on from by the next.
 */
import type { BackendSeatState } from '../commands/operator/connect/connect.ts';
import type { Config } from '../config.ts';
import type { Log } from '../core/log.ts';
import { backoff, type Clock } from '../core/time.ts';
import type { ConnectionsStore } from '../guilds/connections.ts';
import { SERVICES, type ServiceValues } from '../guilds/services.ts';
import type { JobManager } from '../jobs/manager.ts';
import type { OpenedBackend, PresentBackend } from './present-backend.ts';
import type { Setup } from './setup.ts';

interface SeatDeps {
  setup: Setup;
  store: ConnectionsStore;
  present: PresentBackend;
  /** What `present` was opened with. */
  first: Config;
  open: (config: Config) => Promise<OpenedBackend>;
  jobs: Pick<JobManager, 'changing' | 'hold'>;
  clock: Clock;
  log: Log;
}

export interface BackendSeat {
  /** Before another one is written down. Rejects with `store-failed`. */
  beforeChange(): Promise<void>;
  /** Brings the backend to what is wanted now. Never rejects; ends when the job manager stops. */
  apply(): Promise<void>;
  /** Waits for no run any more. */
  hurry(): void;
  state(): BackendSeatState;
  /** No change goes on any more, and nothing more is begun. */
  stop(): Promise<void>;
}

const RETRY_BASE_MS = 1000;
const RETRY_CAP_MS = 60_000;
/** In the record of what jobs are on. */
const BY = 'easel';
const IN_USE = 'backend-in-use';

export function createBackendSeat(deps: SeatDeps): BackendSeat {
  const { setup, store, present, open, jobs, clock, log } = deps;
  const stopping = new AbortController();
  let seated = valuesOf(deps.first);
  let hurried = new AbortController();
  let working: Promise<void> | undefined;

  const wanted = (): ServiceValues => valuesOf(setup.config());

  /** Never rejects. */
  async function work(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted && !isSame(seated, wanted());)
      try {
        await beforeChange();
        await jobs.changing.change(swap, hurried.signal, stopping.signal);
        failures = 0;
      } catch (error) {
        if (stopping.signal.aborted) return;
        const pauseMs = backoff(failures, RETRY_BASE_MS, RETRY_CAP_MS);
        failures += 1;
        log.error({ pauseMs, err: error }, 'the backend could not be changed, trying again');
        await clock.sleep(pauseMs, stopping.signal).catch(() => undefined); // only ever aborted by stop
      }
    if (!stopping.signal.aborted) await settle();
  }

  /** What is wanted may have changed meanwhile. */
  async function swap(left: readonly string[]): Promise<void> {
    const config = setup.config();
    const next = await open(config);
    const from = present.address;
    await present.replace(next, left);
    seated = valuesOf(config);
    log.info({ from, to: present.address, left: left.length }, 'the backend was changed');
  }

  async function settle(): Promise<void> {
    try {
      if (store.get(IN_USE)) await store.remove(IN_USE);
    } catch (error) {
      // the next start finds that nothing is left there, and changes again
      log.error({ err: error }, 'the change of the backend could not be closed');
    }
  }

  function apply(): Promise<void> {
    working ??= (async () => {
      hurried = new AbortController();
      // another one may be wanted by the end of the change
      do await work();
      while (!stopping.signal.aborted && !isSame(seated, wanted()));
      working = undefined;
    })();
    return working;
  }

  async function beforeChange(): Promise<void> {
    // the sandbox ends with the process, and so does what runs on it
    if (seated.COMFY_URL === undefined || store.get(IN_USE)) return;
    await store.set(IN_USE, seated, { at: clock.now(), by: BY });
  }

  return {
    beforeChange,
    apply,
    hurry: () => hurried.abort(),
    state: () => ({
      address: present.address,
      sandbox: present.sandbox,
      hold: jobs.hold(),
      waitsFor: isSame(seated, wanted()) ? undefined : jobs.changing.count(),
    }),
    async stop() {
      stopping.abort();
      await working;
    },
  };
}

/** With what the first backend of a process is opened: the one that jobs are on, while it is to be changed. */
export function firstBackend(setup: Setup, store: Pick<ConnectionsStore, 'get'>): Config {
  const inUse = setup.fixed('comfy').length > 0 ? undefined : store.get(IN_USE)?.values;
  return inUse ? setup.configWith('comfy', inUse) : setup.config();
}

function valuesOf(config: Config): ServiceValues {
  const given = SERVICES.comfy.flatMap((name) => (config[name] === undefined ? [] : [[name, config[name]]]));
  return Object.fromEntries(given);
}

function isSame(one: ServiceValues, other: ServiceValues): boolean {
  return SERVICES.comfy.every((name) => one[name] === other[name]);
}
