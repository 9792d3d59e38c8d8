/** The operator's rules on their page: set at once, written down, and by nobody else's website. */
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Notice, StoredNotice } from '../../src/commands/operator/notices.ts';
import type { OperatorDesk } from '../../src/commands/operator/operator-desk.ts';
import { NO_SETTINGS } from '../../src/guilds/schema.ts';
import { openGuildStore } from '../../src/guilds/store.ts';
import { rulesRoutes } from '../../src/platforms/web/operator/rules.ts';
import type { NoticeList, Rules } from '../../src/platforms/web/operator-api.ts';
import type { WebDeps } from '../../src/platforms/web/deps.ts';
import { startEasel, temporaryFolder } from '../world/easel.ts';
import { pageCookie } from '../world/web-page.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { commandStage } from '../unit/commands/stage.ts';
import { askPort, webHouse } from './web-house.ts';

const RULES = '/api/operator/rules';

describe('the rules on the page', () => {
  const house = webHouse({ BLOCKED_USERS: 'U9', DIRECT_MESSAGES: 'off' });
  const rules = async () =>
    JSON.parse((await house.ask(RULES, { headers: { 'x-easel': '1' } })).text) as Rules;

  it('are set at once, written down, and shown with what the environment adds', async () => {
    const set = await house.post(RULES, { blockedUsers: 'U1\nU2, U1', blockedWords: 'gore', closed: true });
    expect(set.status).toBe(200);
    const { values, switches, fixed, audit } = await rules();
    expect(values).toMatchObject({ blockedUsers: 'U1\nU2', blockedWords: 'gore' });
    expect(switches).toEqual({ closed: true, directMessages: true, userInstalls: true });
    expect(fixed).toEqual({ blockedUsers: 'U9', directMessages: 'off' });
    expect(audit[0]).toMatchObject({ by: 'operator' });
    expect(audit[0]?.what).toContain('People who are blocked everywhere: +U1 +U2');

    const refused = await house.post('/api/say', { text: '/sketch a fox' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('not taking jobs');
    await house.post(RULES, { closed: false });
    expect((await house.post('/api/say', { text: '/sketch a fox' })).status).toBe(200);
  });

  it('are set by no other website, and not by what the page never says', async () => {
    const before = JSON.stringify((await rules()).values);
    const evil = { origin: 'https://evil.example' };
    for (const path of [RULES, `${RULES}/cancel`, `${RULES}/forget`, '/api/operator/notices']) {
      expect((await house.post(path, { closed: true, user: 'U1' }, evil)).status).toBe(403);
      expect((await house.post(path, { closed: true, user: 'U1' }, { 'x-easel': '' })).status).toBe(403);
    }
    const odd = [
      { closed: 'yes' },
      { partnerGuilds: ['T1'] },
      { maxima: {} },
      { blockedUsers: 'x'.repeat(101) },
    ];
    for (const body of odd) expect((await house.post(RULES, body)).status, JSON.stringify(body)).toBe(422);
    expect((await house.post(`${RULES}/cancel`, { user: ' ' })).status).toBe(422);
    expect((await house.post(`${RULES}/cancel`, { user: 'U1', guild: 'T1' })).status).toBe(422);
    expect((await house.post(`${RULES}/forget`, { platform: 'web', guild: 'web' })).status).toBe(422);
    expect(JSON.stringify((await rules()).values)).toBe(before);
  });

  it('that two operators change at once are merged', async () => {
    await house.post(RULES, { blockedGuilds: '1\n2' });
    const shown = { blockedGuilds: '1\n2', userInstalls: true };
    await house.post(RULES, { blockedGuilds: '1\n2\n3', shown });
    await house.post(RULES, { blockedGuilds: '2\n4', shown });
    await house.post(RULES, { userInstalls: false, shown });
    const { values, switches } = await rules();
    expect([values['blockedGuilds'], switches['userInstalls']]).toEqual(['2\n3\n4', false]);
  });

  it('cancel everything of somebody', async () => {
    const answer = await house.post(`${RULES}/cancel`, { user: 'nobody' });
    expect(JSON.parse(answer.text)).toEqual({ cancelled: 0 });
    expect((await rules()).audit[0]?.what).toBe('cancelled all jobs of nobody');
  });
});

describe('a notice', () => {
  const place = { platform: 'discord', guild: '1' };
  const above: Notice = { kind: 'above-maximum', ...place, setting: 'userJobs', value: 50, max: 2 };
  const costs: Notice = { kind: 'partner-nodes', ...place, template: 'film', nodes: ['Kling', 'Veo'] };

  async function desk(raise?: OperatorDesk['raise']) {
    const { commands, log } = await commandStage();
    const kept = new Map<string, Notice>([
      ['a', above],
      ['b', costs],
    ]);
    const notices = {
      list: (): StoredNotice[] => [...kept].map(([key, notice]) => ({ key, notice, at: 1 })),
      get: (key: string) => kept.get(key),
      dismiss: async (key: string) => void kept.delete(key),
    };
    const room: Pick<WebDeps, 'commands' | 'log'> = { commands, log };
    const all: Pick<OperatorDesk, 'raise'> & { notices: typeof notices } = { notices, raise };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only these are used
    const routes = rulesRoutes(room as WebDeps, all as unknown as OperatorDesk);
    const ask = async (json?: object) => {
      const headers = { 'content-type': 'application/json' };
      const init = json ? { method: 'POST', headers, body: JSON.stringify(json) } : {};
      return (await (await routes.request('/api/operator/notices', init)).json()) as NoticeList;
    };
    return { ask };
  }

  it('is shown until it is dismissed', async () => {
    const { ask } = await desk();
    expect((await ask()).notices).toEqual([
      {
        key: 'a',
        at: 1,
        kind: 'above-maximum',
        ...place,
        facts: { setting: 'Jobs at once, per person', value: 50, max: 2 },
        raisable: false,
      },
      {
        key: 'b',
        at: 1,
        kind: 'partner-nodes',
        ...place,
        facts: { template: 'film', nodes: 'Kling and Veo' },
        raisable: false,
      },
    ]);
    expect((await ask({ key: 'b', act: 'dismiss' })).notices.map(({ key }) => key)).toEqual(['a']);
  });

  it('on a maximum raises it for that guild, and no other kind raises anything', async () => {
    const raised: string[] = [];
    const { ask } = await desk(async (key) => void raised.push(key));
    expect((await ask()).notices.map(({ raisable }) => raisable)).toEqual([true, false]);
    await ask({ key: 'b', act: 'raise' });
    expect(raised).toEqual([]);
    await ask({ key: 'a', act: 'raise' });
    expect(raised).toEqual(['a']);
  });
});

it('a server that had set more than it may is listed once, and let at one press, in the running Easel', async () => {
  const folder = await temporaryFolder();
  const guilds = await openGuildStore(`sqlite://${folder.path}/easel.sqlite`, createRecordingLog());
  const entry = { at: 1, by: 'ada', act: 'settings.change', subject: 'guildJobs' } as const;
  await guilds.change('1', () => ({ settings: { ...NO_SETTINGS, guildJobs: 9 }, entry }));
  await guilds.close();
  const easel = await startEasel({ DATA_DIR: folder.path }, { output: new PassThrough() });
  onTestFinished(async () => {
    await easel.stop();
    await folder.remove();
  });
  const port = easel.app.port ?? 0;
  const cookie = await pageCookie(easel.app.link);
  const headers = {
    cookie,
    origin: `http://127.0.0.1:${port}`,
    'content-type': 'application/json',
    'x-easel': '1',
  };
  const path = '/api/operator/notices';
  const listed = (answer: { text: string }) => (JSON.parse(answer.text) as NoticeList).notices;
  const [notice] = listed(await askPort(port, path, { headers }));
  expect(notice).toMatchObject({ key: 'above-maximum/1/guildJobs', raisable: true, facts: { value: 9 } });
  const body = JSON.stringify({ key: notice?.key, act: 'raise' });
  expect(listed(await askPort(port, path, { method: 'POST', headers, body }))).toEqual([]);
  // said twice, or by a page that is stale
  expect(listed(await askPort(port, path, { method: 'POST', headers, body }))).toEqual([]);
  expect(easel.logs.filter((line) => line.includes('a maximum was raised'))).toHaveLength(1);
});
