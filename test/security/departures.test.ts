/** A guild that has removed Easel leaves nothing behind; one that is only not seen for a while loses nothing. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDepartures, KEEP_GONE_MS } from '../../src/commands/operator/departures.ts';
import { createForget } from '../../src/commands/operator/forget.ts';
import { openNotices } from '../../src/commands/operator/notices.ts';
import { createRuleVerbs } from '../../src/commands/operator/operator-rules.ts';
import { NO_USES } from '../../src/commands/uses.ts';
import type { Chat } from '../../src/core/chat.ts';
import type { Files } from '../../src/core/files.ts';
import { createFiles } from '../../src/files/index.ts';
import { openFailures } from '../../src/jobs/failures.ts';
import { inputKey } from '../../src/jobs/job-files.ts';
import { openTable } from '../../src/store/index.ts';
import { discordBench } from '../world/bench.ts';
import { slackBench } from '../world/slack-bench.ts';
import { adminOf } from '../world/discord-admin.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { until } from '../fakes/until.ts';
import { sampleCaller, sampleJob, sampleRequest } from '../unit/jobs/sample.ts';
import { temporaryFolder } from '../unit/temporary.ts';
import { castle, classes, commandStage, forever, publish, refused } from '../unit/commands/stage.ts';

const DAY = 24 * 3600_000;
const HERE = 'guild-a';
const OTHER = 'guild-b';

async function stage() {
  const rest = await commandStage();
  const { commands, clock, log, library, guilds, jobStore, manager: jobs, rules: store, backend } = rest;
  backend.classes = classes();
  const uri = `sqlite://${await temporaryFolder()}/more.sqlite`;
  const table = await openTable(uri, 'marks', log);
  const notices = await openNotices(await openTable(uri, 'notices', log), log);
  const failures = await openFailures(uri, log);
  onTestFinished(async () => {
    await notices.close();
    await failures.close();
    await table.close();
  });
  const rules = createRuleVerbs({ store, basics: {}, jobs, clock });
  const dropped: string[] = [];
  const onDisk = createFiles({ directory: await temporaryFolder(), clock, log });
  const files: Files = {
    ...onDisk,
    async drop(shelf, job) {
      if (shelf === 'outbox') dropped.push(job);
      await onDisk.drop(shelf, job);
    },
  };
  const linksEnded: string[] = [];
  const links = { forget: async (guild: string) => void linksEnded.push(guild) };
  const parts = {
    links,
    library,
    templateStore: rest.store,
    guilds,
    jobStore,
    files,
    jobs,
    rules,
    failures,
    notices,
    uses: NO_USES,
  };
  const forget = createForget(parts);
  const world = { here: new Set([HERE, OTHER]), away: false };
  const census: Chat['census'] = {
    async list() {
      if (world.away) throw new Error('away');
      return world.here;
    },
    names: (guild) => guild.startsWith('guild-'),
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only these are asked for
  const chats = new Map([['test', { platform: 'test', census } as unknown as Chat]]);
  clock.skipping = false;
  /** A process that looks once a day, for so many days. */
  const live = async (days: number) => {
    const departures = createDepartures({ chats, forget, rules: store, table, clock, log });
    departures.start();
    for (let day = 0; day < days; day += 1) {
      await until(() => clock.sleeping > 0);
      await clock.pass(DAY);
    }
    await until(() => clock.sleeping > 0);
    await departures.stop();
  };
  /** Templates, a draft, settings and an ended job with a picture. */
  const settle = async (guild: string) => {
    const admin = sampleCaller({ user: 'ada', admin: true, guild });
    await publish(commands, 'castle', admin);
    const { draft } = await commands.editor.add(admin, castle(), { name: 'draft' }, forever);
    await commands.settings.change(admin, { userJobs: '3' });
    const ended = sampleJob({ guild, state: 'failed', images: [{ slot: 'image' }] });
    await jobStore.save(ended);
    await files.put(inputKey(ended.id, 'image'), { name: 'a.png', type: 'image/png' }, [Buffer.from('x')]);
    const costs = { kind: 'partner-nodes', platform: 'test', guild, template: 'x' } as const;
    await notices.post(`partner-nodes/${guild}`, { ...costs, nodes: [] }, 0);
    return async () => ({
      templates: (await library.entries(guild)).filter(({ head }) => head).length,
      draft: (await rest.store.draft(draft.id)) !== undefined,
      settings: guilds.settings(guild).userJobs,
      audit: (await guilds.audit(guild)).length > 0,
      job: (await jobStore.load(ended.id)) !== undefined,
      input: (await files.get(inputKey(ended.id, 'image'))) !== undefined,
      notices: notices.list().filter(({ notice: one }) => one.guild === guild).length,
    });
  };
  const departures = createDepartures({ chats, forget, rules: store, table, clock, log });
  return { ...rest, world, live, settle, departures, dropped, linksEnded, notices };
}

const ALL = { templates: 1, draft: true, settings: 3, audit: true, job: true, input: true, notices: 1 };
const NOTHING = {
  templates: 0,
  draft: false,
  settings: undefined,
  audit: false,
  job: false,
  input: false,
  notices: 0,
};

describe('what is stored of a guild', () => {
  it('that has removed Easel is deleted after 30 days, and only that', async () => {
    const { world, live, settle, departures, linksEnded } = await stage();
    const left = await settle(HERE);
    const stays = await settle(OTHER);
    world.here = new Set([OTHER]);
    await live(29);
    expect(await left()).toMatchObject({ templates: 1, settings: 3, audit: true });
    expect(await departures.list()).toMatchObject([{ platform: 'test', guild: HERE }]);
    await live(2);
    expect(await left()).toEqual(NOTHING);
    expect(new Set(linksEnded)).toEqual(new Set([HERE]));
    expect(await stays()).toMatchObject({ templates: 1, settings: 3, notices: 1 });
    expect(await departures.list()).toEqual([]);
  });

  it('stays while the chat cannot be asked, and when the guild is back in time', async () => {
    const { world, live, settle, departures } = await stage();
    const left = await settle(HERE);
    world.away = true;
    await live(40);
    expect(await departures.list()).toEqual([]);
    Object.assign(world, { away: false, here: new Set([OTHER]) });
    await live(20);
    world.here = new Set([HERE, OTHER]);
    await live(1);
    world.here = new Set([OTHER]);
    await live(20);
    expect(await left()).toMatchObject({ templates: 1, settings: 3 });
    // gone for long enough, but nobody can be asked
    world.away = true;
    await live(30);
    expect(await left()).toMatchObject({ templates: 1, settings: 3 });
  });

  it('stays when only the clock of the machine says that a month has passed', async () => {
    const { world, live, settle, clock } = await stage();
    const left = await settle(HERE);
    world.here = new Set([OTHER]);
    await live(1);
    clock.jump(KEEP_GONE_MS);
    await live(1);
    expect(await left()).toMatchObject({ templates: 1, settings: 3 });
  });

  it('is deleted after 30 days also when the platform said so itself and cannot be asked any more', async () => {
    const { world, live, settle, departures } = await stage();
    const left = await settle(HERE);
    await departures.left('test', HERE);
    world.away = true;
    await live(31);
    expect(await left()).toEqual(NOTHING);
  });

  it('is deleted at once when the operator says so, what runs is cancelled, and it is written down', async () => {
    const { settle, departures, manager, rules, clock, ended } = await stage();
    clock.skipping = true;
    const left = await settle(HERE);
    const stays = await settle(OTHER);
    const running = await manager.submit(sampleRequest({ guild: HERE }));
    const waiting = await manager.submit(sampleRequest({ guild: HERE, user: 'bob' }));
    await departures.forgetNow('operator', 'test', HERE);
    expect(await left()).toEqual(NOTHING);
    expect(await stays()).toEqual(ALL);
    await ended(running.id);
    await ended(waiting.id);
    expect((await rules.audit()).map(({ act, by }) => [act, by])).toContainEqual([
      'guild.forget',
      'operator',
    ]);
    expect(await refused(departures.forgetNow('operator', 'web', 'web'))).toEqual({ code: 'bad-request' });
  });
});

describe('on Discord', () => {
  const bench = discordBench();
  const admin = adminOf(() => bench.discord);

  it('a list without any server is no news, and a server that is missing is', async () => {
    await bench.start({}, { departuresMs: 50 });
    const panel = await admin.ask('settings', 'show');
    await admin.fill(panel, 'Limits…', { userJobs: '1' });
    const lines = (words: string) => bench.easel.logs.filter((line) => line.includes(words)).length;
    Reflect.set(bench.discord.guild, 'installed', false);
    await until(() => lines('not known which guilds are left') > 0);
    expect(lines('a guild has removed Easel')).toBe(0);
    bench.discord.addGuild({ name: 'Another' });
    await until(() => lines('a guild has removed Easel') > 0);
  });
});

describe('on Slack', () => {
  const bench = slackBench('socket');

  it('a workspace that uninstalls Easel is noted as it says so, for the next process too', async () => {
    await bench.start();
    bench.slack.uninstall();
    await until(() => bench.easel.logs.some((line) => line.includes('says that it has removed Easel')));
    await bench.easel.stop();
    const uri = `sqlite://${bench.environment['DATA_DIR']}/easel.sqlite`;
    const marks = await openTable(uri, 'marks', createRecordingLog());
    expect(await marks.get(`gone/slack/${bench.slack.teamId}`)).toMatchObject({ sure: true });
    await marks.close();
  });
});
