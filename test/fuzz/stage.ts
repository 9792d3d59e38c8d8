/** The verbs on real stores, for a platform to be fuzzed: an admin's draft and a template are there, jobs go nowhere. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNodeClasses } from '../../src/comfy/wire/node-classes.ts';
import { createCommands, type Commands } from '../../src/commands/index.ts';
import type { Backend } from '../../src/core/backend.ts';
import type { Caller } from '../../src/core/caller.ts';
import { EaselError } from '../../src/core/errors.ts';
import type { Log } from '../../src/core/log.ts';
import { systemClock } from '../../src/core/time.ts';
import { openGuildStore } from '../../src/guilds/store.ts';
import { createGuildFiles } from '../../src/jobs/runner/guild-files.ts';
import type { LiveJob } from '../../src/jobs/live-job.ts';
import type { JobRequest } from '../../src/jobs/intake/intake.ts';
import type { JobManager } from '../../src/jobs/manager.ts';
import { createRoster } from '../../src/jobs/queue/roster.ts';
import { createLibrary } from '../../src/templates/library/index.ts';
import { loadTemplates } from '../../src/templates/library/load.ts';
import { openTemplateStore } from '../../src/templates/library/store.ts';
import { limitsBy } from '../fakes/limit-rules.ts';
import { judge } from '../fakes/judge.ts';
import { createScriptedBackend } from '../fakes/comfy/scripted-backend.ts';
import { sampleJob, sampleLive } from '../unit/jobs/sample.ts';

export interface FuzzStage {
  commands: Commands;
  jobs: JobManager;
  backend: Backend;
  /** A draft of the guild's. */
  draft: string;
  close(): Promise<void>;
}

export const SKETCH = 'test/fixtures/templates/sketch/workflow.json';

const forever = new AbortController().signal;

/** `caller`: an admin, who has published `fox` and edits `draft`. */
export async function openStage(caller: Caller, log: Log): Promise<FuzzStage> {
  const folder = await mkdtemp(join(tmpdir(), 'easel-fuzz-'));
  const uri = `sqlite://${join(folder, 'a.sqlite')}`;
  const store = await openTemplateStore(uri, log);
  const guilds = await openGuildStore(uri, log);
  const { templates } = await loadTemplates('test/fixtures/templates');
  const backend = createScriptedBackend();
  backend.classes = readNodeClasses(await readFile('test/fixtures/object-info.json', 'utf8')).classes;
  const library = createLibrary(templates, { store, clock: systemClock, log });
  const jobs = nowhere(caller);
  const commands = createCommands({
    library,
    templateStore: store,
    guilds,
    jobs,
    pictures: judge,
    backend,
    chats: new Map(),
    limits: limitsBy(guilds),
    clock: systemClock,
    log,
  });
  const file = { name: 'fox.json', load: async () => readFile(SKETCH) };
  const published = await commands.editor.add(caller, file, { name: 'fox' }, forever);
  await commands.editor.publish(caller, published.draft.id);
  const { draft } = await commands.editor.add(caller, file, { name: 'owl' }, forever);
  return {
    commands,
    jobs,
    backend,
    draft: draft.id,
    async close() {
      await store.close();
      await guilds.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function nowhere({ guild, user }: Caller): JobManager {
  const job = sampleJob({ guild, user });
  const liveJob: LiveJob = { ...sampleLive(), job };
  const roster = createRoster();
  roster.add(liveJob, false);
  const taken = ({ caller, template, values, images, reply }: JobRequest) =>
    sampleJob({
      template,
      values,
      images: images.map(({ slot }) => ({ slot })),
      reply,
      guild: caller.guild,
      user: caller.user,
      platform: caller.platform,
    });
  return {
    start: async () => undefined,
    admit: () => undefined,
    submit: async (request) => taken(request),
    note: async (request) => ({
      accept: async () => taken(request),
      drop: async () => undefined,
      claim: () => undefined,
    }),
    cancel: async (id) => {
      if (id === job.id) return job;
      throw new EaselError({ code: 'no-such-job' });
    },
    takeUp: async () => undefined,
    changing: { count: () => 0, change: async () => undefined },
    guildFiles: createGuildFiles(Buffer.alloc(32)),
    limitsChanged: () => undefined,
    list: async (wanted) => (wanted === guild ? [liveJob] : []),
    roster,
    coming: () => [],
    inUse: async () => 0,
    find: async (id) => (id === job.id ? { ...job, end: { kind: 'succeeded', outputs: [] } } : undefined),
    input: async () => undefined,
    hold: () => undefined,
    stop: async () => undefined,
  };
}
