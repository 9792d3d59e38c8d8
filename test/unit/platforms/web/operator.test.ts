import { describe, expect, it } from 'vitest';
import { createOperator } from '../../../../src/commands/operator/operator.ts';
import type { Chat } from '../../../../src/core/chat.ts';
import type { KnownAccount } from '../../../../src/core/account.ts';
import { EaselError, type Problem } from '../../../../src/core/errors.ts';
import type { Hold } from '../../../../src/core/standing.ts';
import type { FailureRecord } from '../../../../src/jobs/failures.ts';
import type { Refusal } from '../../../../src/platforms/web/api.ts';
import type { Failure, Overview } from '../../../../src/platforms/web/overview-api.ts';
import type { Settings } from '../../../../src/platforms/web/operator-api.ts';
import { operatorRoutes } from '../../../../src/platforms/web/operator/routes.ts';
import { success } from '../../../fakes/comfy/scripted-backend.ts';
import { until } from '../../../fakes/until.ts';
import { sampleRequest } from '../../jobs/sample.ts';
import { webStage } from './stage.ts';

interface Answer {
  status: number;
  /** One of them. */
  body: Overview & Settings & Refusal;
}

/** The routes over one running job at most, with failures as a test gives them. */
async function operatorStage({ concurrency = 1 } = {}) {
  const stage = await webStage({}, { concurrency });
  const { manager: jobs, backend, clock, log, deps } = stage;
  const failures: FailureRecord[] = [];
  const state: { hold: Hold | undefined } = { hold: undefined };
  const chats = new Map<string, Chat>();
  const account: { known: KnownAccount | undefined } = { known: undefined };
  const operator = createOperator({
    jobs,
    backend,
    clock,
    log,
    concurrency,
    account: { latest: () => account.known, watch: () => () => undefined },
    failures: { newest: () => failures },
    hold: () => state.hold,
    chats,
    home: { platform: 'web', guild: 'web', name: 'here' },
  });
  const routes = operatorRoutes({ ...deps, operator });
  const ask = async (path: string, language: string, init: RequestInit = {}): Promise<Answer> => {
    const headers = { 'accept-language': language };
    const answer = await routes.request(`/api/operator${path}`, { ...init, headers });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  };
  const get = (path = '', language = 'en') => ask(path, language);
  const post = (path: string, change: unknown = {}, language = 'en') => {
    const body = typeof change === 'string' ? change : JSON.stringify(change);
    return ask(path, language, { method: 'POST', body });
  };
  const failed = async (problem: Problem, language = 'en'): Promise<Failure> => {
    const facts = { job: 'j', at: 5, platform: 'test', guild: 'guild-a', user: 'ann', template: 'imagine' };
    failures.splice(0, 1, { ...facts, problem, prompt: 'p-1', cost: { credits: 2 } });
    const [shown] = (await get('', language)).body.failures;
    if (!shown) throw new Error('it is not shown');
    return shown;
  };
  return { ...stage, operator, routes, state, account, shownChats: chats, get, post, failed };
}

const SETTINGS = '/settings?platform=web&guild=web';

describe('The operator’s routes', () => {
  it('name all that a chat’s menu has no room for, and say the rest in sentences', async () => {
    const { shownChats, get } = await operatorStage();
    const names = Array.from({ length: 30 }, (_none, n) => `t${n}`);
    const notes: Problem[] = [
      { code: 'not-in-menu', platform: 'discord', names: ['odd'], refused: 'no such name' },
      { code: 'not-in-menu', platform: 'discord', names },
    ];
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only these are called
    shownChats.set('discord', { ready: () => true, notes: () => notes } as unknown as Chat);
    const [discord] = (await get()).body.platforms;
    expect(discord).toMatchObject({ name: 'discord', leftOut: names });
    expect(discord?.notes).toEqual([expect.stringContaining('doesn’t accept /odd in its menu')]);
  });

  it('show for whom the backend runs, with a sentence where that cannot work so', async () => {
    const { get, account } = await operatorStage({ concurrency: 5 });
    const shown = async (known: Partial<KnownAccount>, language = 'en') => {
      account.known = { at: 7, ...known };
      return (await get('', language)).body.backends[0]?.account;
    };
    const whole = { status: 'active', tier: 'PRO', credits: 12, atOnce: 5 };
    expect(await shown(whole)).toEqual({ ...whole, at: 7 });
    expect(await shown({ tier: 'TEAM', atOnce: 25 })).toEqual({ tier: 'TEAM', atOnce: 25, at: 7 });
    expect((await shown({ credits: -3 }))?.advice).toMatch(/no credits left/);
    expect((await shown({ status: 'waitlisted' }, 'ja'))?.advice).toContain('順番待ち');
    expect((await shown({ atOnce: 3 }))?.advice).toMatch(/COMFY_CONCURRENCY is 5.* runs 3 at once/);
  });

  it('show what runs and waits, with the reason, in the reader’s language', async () => {
    const { manager, backend, get } = await operatorStage();
    const first = await manager.submit(sampleRequest());
    await until(() => first.state === 'running');
    const second = await manager.submit(sampleRequest({ user: 'bob' }));
    const { body } = await get('', 'ja');
    expect(body.backends).toEqual([
      { name: 'the test backend（10.9.8.7:8188）', ok: true, ms: expect.any(Number), running: 1, limit: 1 },
    ]);
    const job = { template: 'imagine', where: expect.any(String), since: expect.any(Number) };
    expect(body.guilds).toEqual([
      {
        platform: 'test',
        guild: 'guild-a',
        name: 'guild-a',
        running: 1,
        waiting: 1,
        from: 0,
        reach: 2,
        jobs: [
          { ...job, id: first.id, user: 'ann', state: 'running' },
          { ...job, id: second.id, user: 'bob', state: 'waiting' },
        ],
      },
    ]);
    expect(body).toMatchObject({ running: 1, waiting: 1, total: 1, from: 0 });
    expect(body.guilds[0]?.jobs[1]?.where).toBe('順番待ち（1番目）：バックエンドは別のジョブを実行中です');
    backend.finish(first.id, success());
  });

  it('show the part that is asked for, and what no page asks for as if it had not been said', async () => {
    const { manager, get } = await operatorStage();
    await Promise.all(
      Array.from({ length: 60 }, (_, n) => manager.submit(sampleRequest({ guild: `g${n}` }))),
    );
    expect((await get('?from=50')).body).toMatchObject({ total: 60, from: 50, guilds: { length: 10 } });
    expect((await get('?guild=g7&from=0')).body.guilds).toMatchObject([{ guild: 'g7' }]);
    expect((await get('?find=%20g59%20')).body.guilds).toMatchObject([{ guild: 'g59' }]);
    for (const strange of [
      'from=-1',
      'from=1e999',
      'from=x',
      'from=',
      'find=',
      `find=${'x'.repeat(201)}`,
      'a=b',
    ]) {
      const { status, body } = await get(`?${strange}`);
      expect([strange, status, body.from, body.guilds.length]).toEqual([strange, 200, 0, 50]);
    }
  });

  it('cancel anybody’s job, and say so until it has ended', async () => {
    const { manager, backend, get, post, ended } = await operatorStage();
    backend.cancelling = 'unstoppable';
    const job = await manager.submit(sampleRequest());
    await until(() => job.state === 'running');
    expect((await post(`/jobs/${job.id}/cancel`)).status).toBe(200);
    expect((await get()).body.guilds[0]?.jobs[0]).toMatchObject({ state: 'cancelling' });
    backend.finish(job.id, success());
    expect(await ended(job.id)).toMatchObject({ cancelledBy: 'operator' });
    const again = await post(`/jobs/${job.id}/cancel`, {}, 'ja');
    expect([again.status, again.body.error]).toEqual([422, expect.stringMatching(/終了|終わ/)]);
    expect((await post(`/jobs/${crypto.randomUUID()}/cancel`)).status).toBe(404);
  });

  it('say of a backend that is down why, and what its operator can do', async () => {
    const { backend, get } = await operatorStage();
    backend.check = async () => {
      throw new EaselError({ code: 'wrong-api-key', backend: backend.name });
    };
    const { body } = await get();
    expect(body.backends[0]).toMatchObject({
      ok: false,
      problem: expect.stringContaining('refused the API key'),
      advice: expect.stringContaining('COMFY_API_KEY'),
    });
  });

  it('say of one that is held since when and why, and what it says itself, without its secrets', async () => {
    const { state, get } = await operatorStage();
    const words = 'Payment\nrequired: key sk-proj-0123456789abcdef has no credits';
    state.hold = {
      since: 7,
      kind: 'account',
      problem: { code: 'no-credits', backend: 'Comfy Cloud', words },
    };
    const [shown] = (await get()).body.backends;
    expect(shown).toMatchObject({
      ok: true,
      advice: 'Jobs continue automatically once the account is in order.',
      held: {
        since: 7,
        problem: expect.stringContaining('no credits'),
        words: 'Payment required: key … has no credits',
      },
    });
    expect(shown).not.toHaveProperty('problem');
    state.hold = { since: 8, kind: 'away', problem: { code: 'backend-timeout', backend: 'b' } };
    const { held, advice } = (await get('', 'ja')).body.backends[0] ?? {};
    expect(held).toEqual({ since: 8, problem: expect.stringMatching(/[ぁ-ん]/) });
    expect(advice).toMatch(/[ぁ-ん]/);
    state.hold = undefined;
    expect((await get()).body.backends[0]).not.toHaveProperty('held');
  });

  it.each<[Problem, string | undefined]>([
    [{ code: 'run-failed', node: 'KSampler', detail: 'no tensor' }, 'KSampler: no tensor'],
    [{ code: 'out-of-memory', node: 'VAEDecode' }, 'VAEDecode'],
    [{ code: 'model-missing', input: 'ckpt_name', value: 'a.ckpt' }, 'ckpt_name: a.ckpt'],
    [{ code: 'backend-broken', backend: 'b', status: 502 }, 'HTTP 502'],
    [{ code: 'backend-broken', backend: 'b', status: 200, words: 'asleep' }, 'HTTP 200: asleep'],
    [{ code: 'backend-forbids', backend: 'b', words: 'tier Free' }, 'tier Free'],
    [{ code: 'workflow-refused', detail: 'no', node: '3', title: 'Canvas' }, 'Canvas: no'],
    [{ code: 'internal', ref: 'r-1' }, 'r-1'],
    [{ code: 'backend-unreachable', backend: 'b' }, undefined],
  ])('say of a failure %o what the backend said', async (problem, detail) => {
    const { failed } = await operatorStage();
    const shown = await failed(problem);
    expect(shown).toMatchObject({
      code: problem.code,
      template: 'imagine',
      prompt: 'p-1',
      at: 5,
      cost: '2 credits',
    });
    expect(shown.detail).toBe(detail);
  });

  it('tell a failure in the reader’s language', async () => {
    const { failed, get } = await operatorStage();
    const { sentence } = await failed({ code: 'run-failed', node: 'KSampler', detail: 'no tensor' }, 'ja');
    expect(sentence).toBe('「KSampler」で失敗しました：no tensor');
    // the same record again
    const { failures } = (await get('', 'en')).body;
    expect(failures[0]?.sentence).toBe('It failed at "KSampler": no tensor');
  });

  it.each([
    'GET https://files.example/a.png?X-Amz-Signature=0123456789abcdef failed',
    'cannot open https://ann:hunter2-0123456789abcdef@files.example/a.png',
    'Incorrect API key provided: sk-proj-0123456789abcdef',
    'request with {"api_key": "0123456789abcdef"} was refused',
    'Authorization: Bearer 0123456789abcdef',
    'token=0123456789abcdef expired',
    'repo is gated, hf_0123456789abcdef has no access',
  ])('keep the secret out of %o', async (detail) => {
    const { failed } = await operatorStage();
    const shown = await failed({ code: 'run-failed', node: 'Loader', detail });
    expect(JSON.stringify(shown)).not.toContain('0123456789abcdef');
    expect(shown.detail).toMatch(/^Loader: \w+/);
  });
});

describe('The operator’s settings', () => {
  it('have every value as text, with defaults, names and what was changed', async () => {
    const { get, post } = await operatorStage();
    const change = { guildJobs: '4', bannedUsers: 'eve\n\n mallory ', blockedWords: 'bad\ntwo words' };
    const { status, body } = await post(SETTINGS, change);
    expect(status).toBe(200);
    expect(body.values).toMatchObject({
      guildJobs: '4',
      userJobs: '',
      bannedUsers: 'eve\nmallory',
      blockedWords: 'bad\ntwo words',
    });
    expect(body.defaults).toMatchObject({ guildJobs: '2', language: 'each person’s own' });
    expect(body.names['bannedUsers']).toBe('Banned people');
    expect(body.audit).toMatchObject([
      { by: 'you', act: 'settings.change', what: expect.stringContaining('Jobs at once, in total: 4') },
    ]);
    expect((await get(SETTINGS)).body).toEqual(body);
  });

  it('that two people change at once are merged, or the second is told what it is now', async () => {
    const { get, post } = await operatorStage();
    const shown = { guildJobs: '', userJobs: '', bannedUsers: '' };
    await post(SETTINGS, { guildJobs: '4', bannedUsers: 'eve', shown });
    const second = await post(SETTINGS, { userJobs: '3', bannedUsers: 'mallory', shown });
    expect([second.status, second.body.values]).toEqual([
      200,
      expect.objectContaining({ guildJobs: '4', userJobs: '3', bannedUsers: 'eve\nmallory' }),
    ]);
    const late = await post(SETTINGS, { guildJobs: '5', language: 'ja', shown: { ...shown, language: '' } });
    expect(late).toMatchObject({ status: 409, body: { field: 'guildJobs' } });
    expect(late.body.error).toContain('Somebody else has just changed Jobs at once, in total: it is "4" now');
    const { values } = (await get(SETTINGS)).body;
    expect(values).toMatchObject({ guildJobs: '4', language: '' });
    const again = await post(SETTINGS, { guildJobs: '5', shown: values });
    expect(again.body.values['guildJobs']).toBe('5');
    expect((await post(SETTINGS, { guildJobs: '6', shown: { more: 'x' } })).status).toBe(422);
  });

  it('let people of other workspaces run something, in Slack alone', async () => {
    const { manager, get, post, guilds } = await operatorStage();
    await manager.submit(sampleRequest({ platform: 'slack', guild: 'T1' }));
    const there = '/settings?platform=slack&guild=T1';
    const { body } = await get(there);
    expect([body.values['outsiders'], body.defaults['outsiders']]).toEqual(['', 'no']);
    expect(body.choices).toMatchObject({ outsiders: [{ value: 'yes', label: 'yes' }] });
    expect((await post(there, { outsiders: 'yes' })).body.values['outsiders']).toBe('yes');
    expect(guilds.settings('T1').outsiders).toBe(true);
    expect((await post(there, { outsiders: 'perhaps' })).status).toBe(422);
    expect((await post(there, { outsiders: '' })).body.values['outsiders']).toBe('');
    expect(guilds.settings('T1').outsiders).toBe(false);
    expect((await get(SETTINGS)).body).toMatchObject({ choices: {} });
  });

  it('of another place are changed by the operator; a place that is unknown is not there', async () => {
    const { manager, get, post, guilds, backend } = await operatorStage();
    const there = '/settings?platform=test&guild=guild-a';
    expect((await get(there)).status).toBe(404);
    const job = await manager.submit(sampleRequest());
    await until(() => job.state === 'running');
    expect((await post(there, { language: 'ko' })).body.audit).toMatchObject([{ by: 'operator' }]);
    expect(guilds.settings('guild-a').language).toBe('ko');
    for (const place of ['platform=test', 'guild=guild-a', 'platform=discord&guild=guild-a']) {
      const { status, body } = await post(`/settings?${place}`, { userJobs: '3' }, 'ja');
      expect([place, status, body.error]).toEqual([place, 404, expect.stringContaining('サーバー')]);
    }
    expect(guilds.settings('guild-a').userJobs).toBeUndefined();
    backend.finish(job.id, success());
  });

  it.each([
    [{ guildJobs: 'many' }, 'guildJobs'],
    [{ language: 'tlh' }, 'language'],
    [{ bannedUsers: Array.from({ length: 101 }, (_, at) => `u${at}`).join('\n') }, 'bannedUsers'],
    [{ blockedWords: 'x'.repeat(101) }, 'blockedWords'],
  ])('name the field that is refused: %o', async (change, field) => {
    const { get, post } = await operatorStage();
    const { status, body } = await post(SETTINGS, { userJobs: '3', ...change }, 'ja');
    expect([status, body.field]).toEqual([422, field]);
    expect(body.error).toMatch(/[ぁ-ん]/);
    expect((await get(SETTINGS)).body.values['userJobs']).toBe('');
  });

  it.each([
    '{',
    'null',
    '[]',
    '{"guildJobs": 4}',
    '{"bannedUsers": ["eve"]}',
    '{"guildJobs": "4", "admin": "yes"}',
    '{"__proto__": "4"}',
    JSON.stringify({ language: 'x'.repeat(1001) }),
    JSON.stringify({ blockedWords: 'x'.repeat(100_001) }),
    `{"guildJobs": "4"${' '.repeat(1024 * 1024)}}`,
  ])('refuse what no form sends: %.60s', async (body) => {
    const { get, post } = await operatorStage();
    const refused = await post(SETTINGS, body);
    expect([refused.status, typeof refused.body.error]).toEqual([422, 'string']);
    expect((await get(SETTINGS)).body.audit).toEqual([]);
  });
});
