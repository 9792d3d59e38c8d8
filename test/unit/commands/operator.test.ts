import { describe, expect, it } from 'vitest';
import { createOperator } from '../../../src/commands/operator.ts';
import type { Chat } from '../../../src/core/chat.ts';
import { EaselError } from '../../../src/core/errors.ts';
import { success } from '../../fakes/scripted-backend.ts';
import { until } from '../../fakes/until.ts';
import { sampleRequest } from '../jobs/sample.ts';
import { classes, commandStage, forever, refused } from './stage.ts';

const HOME = { platform: 'page', guild: 'page', name: 'This page' };

async function stage(checkMs?: number) {
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
    expect(operator.places()).toEqual([]);
    join('test', [{ guild: 'guild-a', name: 'The Den' }]);
    join('mute');
    await ask('ann');
    await ask('ann', 'dm-7');
    expect(operator.places()).toEqual([
      { platform: 'test', guild: 'guild-a', name: 'The Den' },
      { platform: 'test', guild: 'dm-7', name: 'dm-7' },
    ]);
    join('page', [HOME]);
    expect(operator.places()[0]).toEqual(HOME);
    expect(operator.places()).toHaveLength(3);
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
      { name: backend.name, ok: true, ms: expect.any(Number), nodes: 4, running: 1, limit: 1 },
    ]);
    expect(seen.platforms).toEqual([{ name: 'test', ready: false }]);
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
