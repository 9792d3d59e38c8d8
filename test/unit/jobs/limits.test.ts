import { describe, expect, it } from 'vitest';
import { success } from '../../fakes/comfy/scripted-backend.ts';
import { until } from '../../fakes/until.ts';
import { sampleCaller, sampleRequest } from './sample.ts';
import { createStage, startStage } from './stage.ts';

describe('limits', () => {
  it('per backend, guild and user hold while 40 jobs go through, and all of them end', async () => {
    const { manager, backend, ended } = await startStage({
      concurrency: 5,
      limits: () => ({ guild: 3, user: 2 }),
    });
    const peaks = { guild: 0, user: 0 };
    const jobs = [];
    for (let n = 0; n < 40; n += 1)
      jobs.push(await manager.submit(sampleRequest({ guild: `g${n % 6 === 5 ? 1 : 0}`, user: `u${n % 2}` })));
    const byId = new Map(jobs.map((job) => [job.id, job]));
    const most = (key: (id: string) => string, open: string[]): number =>
      Math.max(
        0,
        ...Map.groupBy(open, key)
          .values()
          .map((group) => group.length),
      );
    for (let done = 0; done < 40; done += 1) {
      const open = await until(() => {
        const running = [...backend.runs.values()].filter(
          (run) => !run.end && backend.followers(run.promptId),
        );
        return running.length > 0 && running.map(({ promptId }) => promptId);
      });
      peaks.guild = Math.max(
        peaks.guild,
        most((id) => byId.get(id)!.guild, open),
      );
      peaks.user = Math.max(
        peaks.user,
        most((id) => `${byId.get(id)!.guild}/${byId.get(id)!.user}`, open),
      );
      backend.finish(open[0]!);
    }
    for (const { id } of jobs) expect((await ended(id)).state).toBe('succeeded');
    expect(backend.peak).toBe(5);
    expect(peaks).toEqual({ guild: 3, user: 2 });
  });

  it("give a busy guild's neighbour the next turn", async () => {
    const { manager, backend } = await startStage({ concurrency: 1 });
    await Promise.all(Array.from({ length: 50 }, () => manager.submit(sampleRequest())));
    const neighbour = await manager.submit(sampleRequest({ guild: 'guild-b', user: 'bob' }));
    for (let turns = 0; turns < 2; turns += 1) {
      const [open] = await until(() => {
        const running = [...backend.runs.values()].filter(({ end }) => !end);
        return running.length > 0 && running;
      });
      backend.finish(open!.promptId);
    }
    await until(() => backend.queued.length === 3);
    expect(backend.queued.slice(0, 3)).toContain(neighbour.id);
  });

  it('tell a waiting person their place and why, and again when it changes', async () => {
    const { manager, backend, audience } = await startStage({
      limits: () => ({ guild: 1, user: 1 }),
    });
    const first = await manager.submit(sampleRequest());
    const second = await manager.submit(sampleRequest({ user: 'bob' }));
    const third = await manager.submit(sampleRequest({ user: 'cay' }));
    const reason = { kind: 'guild-limit', used: 1, limit: 1 };
    // a guild that was told just now is told again a moment later
    await until(() => audience.shown(third.id).length > 0);
    expect(audience.shown(third.id)).toEqual([{ kind: 'waiting', place: { position: 2, reason } }]);
    await until(() => backend.followers(first.id) === 1);
    backend.finish(first.id);
    await until(() => backend.followers(second.id) === 1);
    await until(() => audience.shown(third.id).length > 1);
    expect(audience.shown(third.id).at(-1)).toEqual({ kind: 'waiting', place: { position: 1, reason } });
  });

  it('tell the waiting of a guild when a slot that another guild gave back moved their line', async () => {
    const { manager, backend, audience } = await startStage({ concurrency: 1 });
    const other = await manager.submit(sampleRequest({ guild: 'guild-b' }));
    const first = await manager.submit(sampleRequest());
    const second = await manager.submit(sampleRequest());
    await until(() => audience.shown(second.id).length > 0);
    expect(audience.shown(second.id).at(-1)).toMatchObject({ place: { position: 2 } });
    await until(() => backend.followers(other.id) === 1);
    backend.finish(other.id);
    await until(() => backend.followers(first.id) === 1);
    await until(() => audience.shown(second.id).length > 1);
    expect(audience.shown(second.id).at(-1)).toMatchObject({ place: { position: 1 } });
  });

  it('free the backend while a reply is still being delivered', async () => {
    const { manager, backend, audience } = await startStage({ concurrency: 1 });
    backend.auto = success();
    audience.held = true;
    const first = await manager.submit(sampleRequest());
    const second = await manager.submit(sampleRequest());
    await until(() => backend.runs.has(first.id) && backend.runs.has(second.id));
    audience.release();
    expect(backend.queued).toEqual([first.id, second.id]);
  });
});

describe('waiting caps', () => {
  const caps = () => ({ guild: 3, user: 2 });

  it('refuse a user, then a guild, with the number', async () => {
    const { manager } = await startStage({ concurrency: 1, caps });
    for (let n = 0; n < 3; n += 1) await manager.submit(sampleRequest()); // one runs, two wait
    const refused = { problem: { code: 'user-waiting-cap', cap: 2 } };
    await expect(manager.submit(sampleRequest())).rejects.toMatchObject(refused);
    await manager.submit(sampleRequest({ user: 'bob' }));
    await expect(manager.submit(sampleRequest({ user: 'cay' }))).rejects.toMatchObject({
      problem: { code: 'guild-waiting-cap', cap: 3 },
    });
    await manager.submit(sampleRequest({ guild: 'guild-b' }));
  });

  it('count those that are still being stored', async () => {
    const { manager } = await startStage({ concurrency: 1, caps });
    const results = await Promise.allSettled([1, 2, 3, 4, 5].map(() => manager.submit(sampleRequest())));
    expect(results.map(({ status }) => status).filter((status) => status === 'fulfilled')).toHaveLength(2);
  });

  it('are free again when a waiting job was cancelled', async () => {
    const { manager } = await startStage({ concurrency: 1, caps });
    const jobs = [];
    for (let n = 0; n < 3; n += 1) jobs.push(await manager.submit(sampleRequest()));
    expect(() => manager.admit(sampleCaller())).toThrow(/user-waiting-cap/);
    await manager.cancel(jobs[2]!.id, sampleCaller());
    manager.admit(sampleCaller());
  });

  it('are not used up by jobs that came before the start', async () => {
    const stage = await createStage();
    const { manager } = stage.open({ concurrency: 1, caps });
    stage.backend.auto = success();
    for (let n = 0; n < 2; n += 1) await manager.submit(sampleRequest());
    await manager.start();
    await until(() => manager.roster.guild('guild-a') === undefined);
    expect(stage.backend.queued).toHaveLength(2);
    for (let n = 0; n < 2; n += 1) manager.admit(sampleCaller());
    stage.backend.auto = undefined;
    for (let n = 0; n < 3; n += 1) await manager.submit(sampleRequest());
    expect(() => manager.admit(sampleCaller())).toThrow(/user-waiting-cap/);
  });
});
