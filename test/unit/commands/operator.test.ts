import { describe, expect, it } from 'vitest';
import { createOperator, type OperatorOptions } from '../../../src/commands/operator/operator.ts';
import type { Chat } from '../../../src/core/chat.ts';
import { EaselError } from '../../../src/core/errors.ts';
import { success } from '../../fakes/comfy/scripted-backend.ts';
import { until } from '../../fakes/until.ts';
import { sampleRequest } from '../jobs/sample.ts';
import { classes, commandStage, forever, refused } from './stage.ts';

const HOME = { platform: 'page', guild: 'page', name: 'This page' };

async function stage(checkMs?: number, hold?: OperatorOptions['hold'], account?: OperatorOptions['account']) {
  const rest = await commandStage({ concurrency: 1 });
  const { manager, backend, clock, log, ended } = rest;
  const failures = { newest: () => [] };
  const chats = new Map<string, Chat>();
  const join = (platform: string, guilds?: { guild: string; name: string }[], ready = true) => {
    const chat: Pick<Chat, 'ready' | 'guilds'> = {
      ready: () => ready,
      ...(guilds && { guilds: () => guilds }),
    };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only these two are called
    chats.set(platform, chat as unknown as Chat);
  };
  const operator = createOperator({
    jobs: manager,
    backend,
    chats,
    concurrency: 1,
    failures,
    home: HOME,
    hold,
    account,
    clock,
    log,
    checkMs,
  });
  const ask = (user: string, guild = 'guild-a') => manager.submit(sampleRequest({ user, guild }));
  const running = (id: string) => until(() => manager.roster.find(id)?.job.state === 'running');
  return { manager, backend, clock, log, ended, operator, join, ask, running };
}

describe('the places that the operator knows', () => {
  it('are their own, where it is, those that the chats tell of, and those where something goes on', async () => {
    const { operator, join, ask } = await stage();
    expect(operator.knownGuilds()).toEqual([]);
    join('test', [{ guild: 'guild-a', name: 'The Den' }]);
    join('mute');
    await ask('ann');
    await ask('ann', 'dm-7');
    expect(operator.knownGuilds()).toEqual([
      { platform: 'test', guild: 'guild-a', name: 'The Den' },
      { platform: 'test', guild: 'dm-7', name: 'dm-7' },
    ]);
    expect(operator.knownGuild('page', 'page')).toBeUndefined();
    join('page', [HOME]);
    expect(operator.knownGuilds()[0]).toEqual(HOME);
    expect(operator.knownGuilds()).toHaveLength(3);
    for (const known of operator.knownGuilds())
      expect(operator.knownGuild(known.platform, known.guild)).toEqual(known);
    for (const [platform, guild] of [
      ['test', 'page'],
      ['page', 'guild-a'],
      ['mute', 'dm-7'],
      ['nobody', 'guild-a'],
    ] as const)
      expect(operator.knownGuild(platform, guild)).toBeUndefined();
  });

  it('are not all of those where something goes on', async () => {
    const { operator, manager } = await stage();
    const asking = Array.from({ length: 520 }, (_, n) => manager.submit(sampleRequest({ guild: `dm-${n}` })));
    await Promise.all(asking);
    expect(operator.knownGuilds()).toHaveLength(500);
    expect(operator.knownGuild('test', 'dm-519')).toBeDefined();
  });
});

describe('the overview', () => {
  it('says what runs and waits where, and why', async () => {
    const { operator, join, ask, backend, running } = await stage();
    join(
      'test',
      [
        { guild: 'guild-a', name: 'The Den' },
        { guild: 'guild-b', name: 'Idle' },
      ],
      false,
    );
    backend.classes = classes();
    const first = await ask('ann');
    await running(first.id);
    const second = await ask('bob');
    const seen = await operator.overview(forever, 'en');
    expect(seen.backends).toEqual([
      { name: backend.address, ok: true, ms: expect.any(Number), nodes: 4, running: 1, limit: 1 },
    ]);
    expect(seen.platforms).toEqual([{ name: 'test', ready: false, notes: [] }]);
    expect(seen.guilds).toMatchObject([
      { platform: 'test', guild: 'guild-a', name: 'The Den', running: 1, waiting: 1 },
    ]);
    expect(seen.guilds[0]?.jobs.map(({ job, where }) => [job.id, where])).toEqual([
      [first.id, '0 %'],
      [second.id, '1st in line: the backend is busy with another job'],
    ]);
    const [load] = (await operator.overview(forever, 'ja')).guilds;
    expect(load?.jobs[1]?.where).toMatch(/[ぁ-ん]/);
  });

  it('has what was last known of the account, which it does not wait for', async () => {
    let listener: (() => void) | undefined;
    const known = { tier: 'PRO', at: 5 };
    const { operator } = await stage(undefined, undefined, {
      latest: () => known,
      watch(told) {
        listener = told;
        return () => undefined;
      },
    });
    expect((await operator.overview(forever, 'en')).backends[0]).toMatchObject({ account: known });
    let told = 0;
    operator.watch(() => {
      told += 1;
    });
    listener?.();
    expect(told).toBe(1);
  });

  it('is of a page of guilds, those where most waits first, with some of their jobs', async () => {
    const { operator, ask } = await stage();
    for (let n = 0; n < 60; n += 1) await ask('ann', `g${n}`);
    for (let n = 0; n < 12; n += 1) await ask('bob', 'g59');
    const first = await operator.overview(forever, 'en');
    expect(first).toMatchObject({ running: 1, waiting: 71, total: 60, from: 0 });
    expect(first.guilds.map(({ guild }) => guild)).toEqual([
      'g59',
      ...Array.from({ length: 49 }, (_, n) => `g${n}`),
    ]);
    expect(first.guilds[0]).toMatchObject({ running: 0, waiting: 13, from: 0, reach: 13 });
    expect(first.guilds[0]?.jobs).toHaveLength(4);
    // the page that the 51st is on; beyond the end: the last one
    for (const from of [50, 59, 60, 1e9]) {
      const next = await operator.overview(forever, 'en', { from });
      expect(next).toMatchObject({ total: 60, from: 50 });
      expect(next.guilds.map(({ guild }) => guild)).toEqual(
        Array.from({ length: 10 }, (_, n) => `g${49 + n}`),
      );
    }
    expect((await operator.overview(forever, 'en', { from: 49 })).from).toBe(0);
  });

  it('is of one guild, with its jobs a page at a time, what runs first', async () => {
    const { operator, ask, running } = await stage();
    await running((await ask('ann')).id);
    for (let n = 0; n < 59; n += 1) await ask(`u${n % 3}`);
    await ask('ann', 'guild-b');
    const at = async (from?: number) => {
      const { total, guilds } = await operator.overview(forever, 'en', { guild: 'guild-a', from });
      expect([total, guilds.length, guilds[0]?.reach]).toEqual([1, 1, 60]);
      return { from: guilds[0]?.from, places: guilds[0]?.jobs.map(({ where }) => parseInt(where, 10)) };
    };
    const numbers = (first: number, length: number) => Array.from({ length }, (_, n) => first + n);
    expect(await at()).toEqual({ from: 0, places: [0, ...numbers(1, 49)] });
    expect(await at(55)).toEqual({ from: 50, places: numbers(50, 10) });
    expect(await at(1000)).toEqual({ from: 50, places: numbers(50, 10) });
    expect(await operator.overview(forever, 'en', { guild: 'nowhere' })).toMatchObject({
      total: 0,
      guilds: [],
    });
  });

  it('is of what was sought: a job by its id, or guilds by id or by words of their names', async () => {
    const { operator, manager, ask, join } = await stage();
    join('test', [
      { guild: 'guild-a', name: 'The Den' },
      { guild: 'guild-b', name: 'The Red Den' },
      { guild: 'guild-c', name: 'Dentists' },
    ]);
    const jobs = [];
    for (const guild of ['guild-a', 'guild-a', 'guild-b', 'dm-7']) jobs.push(await ask('ann', guild));
    const found = async (find: string) => {
      const { total, guilds } = await operator.overview(forever, 'en', { find });
      expect(total).toBe(guilds.length);
      return guilds.map((one) => [one.guild, one.jobs.length]);
    };
    expect(await found('den')).toEqual([
      ['guild-a', 2],
      ['guild-b', 1],
    ]);
    expect(await found('RED')).toEqual([['guild-b', 1]]);
    expect(await found('dm-7')).toEqual([['dm-7', 1]]);
    expect(await found(jobs[1]?.id.toUpperCase() ?? '')).toEqual([['guild-a', 1]]);
    expect(await found('owl')).toEqual([]);
    await operator.cancel(jobs[3]?.id ?? '');
    await until(() => manager.roster.guild('dm-7') === undefined);
    expect(await found('dm-7')).toEqual([]);
  });

  it('has what holds the backend', async () => {
    const hold = { since: 7, kind: 'account', problem: { code: 'no-credits', backend: 'x' } } as const;
    let held: typeof hold | undefined = hold;
    const { operator } = await stage(undefined, () => held);
    expect((await operator.overview(forever, 'en')).backends[0]).toMatchObject({ ok: true, hold });
    held = undefined;
    expect((await operator.overview(forever, 'en')).backends[0]).not.toHaveProperty('hold');
  });

  it('may be another one whenever somebody who watches is told so', async () => {
    const { operator, ask, running } = await stage();
    let told = 0;
    const leave = operator.watch(() => (told += 1));
    const { id } = await ask('ann');
    await running(id);
    const before = told;
    expect(before).toBeGreaterThan(1);
    leave();
    await ask('ann');
    expect(told).toBe(before);
  });

  it('asks the backend once for all who look, and once in two seconds', async () => {
    const { operator, backend, clock } = await stage();
    let checks = 0;
    const gate = Promise.withResolvers<void>();
    backend.check = async () => {
      checks += 1;
      await gate.promise;
    };
    const looks = [operator.overview(forever, 'en'), operator.overview(forever, 'en')];
    gate.resolve();
    await Promise.all(looks);
    clock.advance(1999);
    await operator.overview(forever, 'en');
    expect(checks).toBe(1);
    clock.advance(1);
    await operator.overview(forever, 'en');
    expect(checks).toBe(2);
  });

  it('says why the backend does not answer', async () => {
    const { operator, backend, log } = await stage();
    const problem = { code: 'wrong-api-key', backend: 'x' } as const;
    backend.check = () => Promise.reject(new EaselError(problem));
    const [state] = (await operator.overview(forever, 'en')).backends;
    expect(state).toMatchObject({ ok: false, problem });
    expect(log.lines.map(({ message }) => message)).toContain('backend not ready');
  });

  it('says so when the backend stays silent', async () => {
    const { operator, backend } = await stage(20);
    backend.check = () => new Promise(() => undefined);
    const [state] = (await operator.overview(forever, 'en')).backends;
    expect(state).toMatchObject({
      ok: false,
      problem: { code: 'backend-timeout', backend: backend.name },
      ms: expect.closeTo(20, -3),
    });
  });

  it('waits for a silent backend no longer than whoever looks', async () => {
    const { operator, backend } = await stage();
    const asked = Promise.withResolvers<AbortSignal>();
    backend.check = (signal) => {
      asked.resolve(signal);
      return new Promise(() => undefined);
    };
    const leaving = new AbortController();
    const look = operator.overview(leaving.signal, 'en');
    expect((await asked.promise).aborted).toBe(false);
    leaving.abort(new Error('left'));
    await expect(look).rejects.toThrow('left');
  });
});

describe('the operator', () => {
  it('cancels anybody’s job', async () => {
    const { operator, ask, running, ended, backend } = await stage();
    const first = await ask('ann');
    await running(first.id);
    const second = await ask('bob', 'guild-b');
    await operator.cancel(second.id);
    expect(await ended(second.id)).toMatchObject({ state: 'cancelled' });
    await operator.cancel(first.id);
    expect(await ended(first.id)).toMatchObject({ state: 'cancelled' });
    backend.auto = success();
    const third = await ask('ann');
    await ended(third.id);
    expect(await refused(operator.cancel(third.id))).toEqual({ code: 'already-ended' });
    expect(await refused(operator.cancel('x'))).toEqual({ code: 'no-such-job' });
  });
});

describe('raising a maximum', () => {
  it('is done in the operator’s name, and nothing where there are no notices', async () => {
    const { manager, backend, clock, log, operator } = await stage();
    expect(await refused(operator.raise('any'))).toEqual({ code: 'bad-request' });
    const raised: string[][] = [];
    const maxima = { raise: async (...given: string[]) => void raised.push(given) };
    const parts = { jobs: manager, backend, chats: new Map<string, Chat>(), clock, log, home: HOME };
    const failures = { newest: () => [] };
    await createOperator({ ...parts, concurrency: 1, failures, maxima }).raise('above-maximum/g/guildJobs');
    expect(raised).toEqual([['above-maximum/g/guildJobs', 'operator']]);
  });
});
