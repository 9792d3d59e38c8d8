/** What everything stands on: the stores, the files and their budget, the backend, the templates, and the jobs. */
import { join } from 'node:path';
import { searchPath, secretsOf, type Config } from '../config.ts';
import type { Chat } from '../core/chat.ts';
import type { Problem } from '../core/errors.ts';
import type { Links } from '../core/links.ts';
import type { Log } from '../core/log.ts';
import type { SecretBook } from '../core/secrets.ts';
import type { Surroundings } from '../core/surroundings.ts';
import type { Clock } from '../core/time.ts';
import { createBudget, type BudgetScale } from '../files/budget.ts';
import type { Mount } from '../http.ts';
import type { ConnectionsStore } from '../guilds/connections.ts';
import { createGuildFiles } from '../jobs/runner/guild-files.ts';
import type { JobManager } from '../jobs/manager.ts';
import { JOB_TIMING, type JobTiming } from '../jobs/timing.ts';
import { createPictures } from '../pictures/index.ts';
import type { Fitter } from '../platforms/kit/fit-files.ts';
import { TERMINAL } from '../platforms/terminal/context.ts';
import { WEB } from '../platforms/web/context.ts';
import { createLibrary, type Library } from '../templates/library/index.ts';
import { openBackend, openTemplates, type ComfyTiming } from './backend.ts';
import { createBackendSeat, firstBackend, type BackendSeat } from './backend-seat.ts';
import { budgetOf, openDataSecret } from './data.ts';
import { limitsOf, openJobs } from './jobs.ts';
import type { Opened } from './lifecycle.ts';
import { openKnownDialects } from './known-dialects.ts';
import { createLimitBook, type LimitBook } from './limits.ts';
import { createPresentBackend, type PresentBackend } from './present-backend.ts';
import { openFitter, openLinks } from './serving.ts';
import { createSetup, type Setup } from './setup.ts';
import { openConnections, openStores, type Stores } from './stores.ts';

export interface GroundDeps {
  /** More are added as they are known. */
  secrets: SecretBook;
  /** Where Easel runs. */
  at: Surroundings;
  clock: Clock;
  log: Log;
  /** May grow after this call. */
  chats: ReadonlyMap<string, Chat>;
  disk?: Partial<BudgetScale> | undefined;
  timing?: { jobs?: Partial<JobTiming> | undefined; comfy?: Partial<ComfyTiming> | undefined } | undefined;
}

export interface Ground {
  stores: Stores;
  disk: ReturnType<typeof createBudget>;
  files: ReturnType<typeof createBudget>['files'];
  links: Links;
  /** Where the links are served. */
  linkMounts: Mount[];
  pictures: ReturnType<typeof createPictures>;
  fitter: Fitter;
  backend: PresentBackend;
  /** What Easel is connected with, and what was set of it on the page. */
  setup: Setup;
  connected: ConnectionsStore;
  seat: BackendSeat;
  library: Library;
  /** Templates of the folder that could not be loaded. */
  broken: readonly Problem[];
  limits: LimitBook;
  jobs: JobManager;
}

export async function openGround(
  config: Config,
  { secrets, at, clock, log, chats, disk: scale, timing = {} }: GroundDeps,
  opened: Opened,
): Promise<Ground> {
  const stores = await openStores(config, log, opened);
  const secret = await openDataSecret(config, at);
  const connected = await openConnections(config, secret, log, opened);
  const setup = createSetup(config, connected);
  secrets.add(secretsOf(setup.config()));
  const guildFiles = createGuildFiles(secret);
  const { DATA_DIR: directory } = config;
  const disk = createBudget({ directory, budget: budgetOf(config), marks: stores.marks, clock, log, scale });
  opened.add('disk', () => disk.stop());
  const { files } = disk;
  const { links, mounts: linkMounts } = await openLinks(config, { secret, files, clock, log });
  const pictures = createPictures({ folder: join(directory, 'scratch'), searchPath: searchPath(), log });
  opened.add('pictures', () => pictures.close());
  const workshop = { files, folder: join(directory, 'made'), maker: pictures, log };
  const fitter = await openFitter({ ...workshop, links });
  const first = firstBackend(setup, connected);
  secrets.add(secretsOf(first));
  const dialects = openKnownDialects(stores.marks, log);
  const open = (wanted: Config) => openBackend(wanted, { at, timing: timing.comfy, dialects, clock, log });
  const backend = createPresentBackend(await open(first), log);
  opened.add('backend', () => backend.stop());
  const { templates, broken } = await openTemplates(config, log);
  const library = createLibrary(templates, { store: stores.templates, clock, log });
  const limits = createLimitBook(config, stores, new Set([WEB, TERMINAL]), () => disk.state().budget);
  const times = { ...JOB_TIMING, ...limitsOf(config), ...timing.jobs };
  const deps = { stores, limits, backend, chats, library, clock, log };
  const jobs = openJobs(config, { ...deps, files, disk, guildFiles, workshop, timing: times });
  const seated = { setup, store: connected, present: backend, first, open, jobs, clock, log };
  const seat = createBackendSeat(seated);
  const served = { files, links, linkMounts, pictures, fitter };
  return { stores, disk, ...served, backend, setup, connected, seat, library, broken, limits, jobs };
}
