import { describe, expect, it } from 'vitest';
import { success } from '../../fakes/comfy/scripted-backend.ts';
import { until } from '../../fakes/until.ts';
import { sampleRequest } from './sample.ts';
import { createStage, startStage } from './stage.ts';

describe('a job that is written down before its person is told', () => {
  it('begins only when it is accepted, and then has its reply', async () => {
    const { manager, backend, ended } = await startStage();
    backend.auto = success();
    const noted = await manager.note(sampleRequest({}, { reply: 'unknown' }));
    expect(await manager.list('guild-a')).toEqual([]);
    expect(backend.calls.submit).toBe(0);
    const job = await noted.accept('message 7');
    expect(await ended(job.id)).toMatchObject({ state: 'succeeded', reply: 'message 7' });
  });

  it('counts against the caps, until it is dropped', async () => {
    const { manager, store } = await startStage({ caps: () => ({ guild: 1, user: 1 }) });
    const noted = await manager.note(sampleRequest());
    await expect(manager.note(sampleRequest())).rejects.toMatchObject({ code: 'guild-waiting-cap' });
    await noted.drop();
    expect(await store.unfinished()).toEqual([]);
    await manager.note(sampleRequest());
  });

  it('is claimed by the next process when its own died, and runs once', async () => {
    const stage = await createStage();
    const first = stage.open();
    await first.manager.start();
    await first.manager.note(sampleRequest({}, { reply: 'unknown' }));
    first.life.die();
    stage.backend.auto = success();
    stage.audience.claims.push('message 7');
    const second = stage.open();
    await second.manager.start();
    const [said] = await until(() => stage.audience.accepted.length > 0 && stage.audience.accepted);
    expect(await stage.ended(said?.job ?? '')).toMatchObject({ state: 'succeeded', reply: 'message 7' });
    expect(stage.backend.calls.submit).toBe(1);
  });

  it('is forgotten when nobody was told of it', async () => {
    const stage = await createStage();
    const first = stage.open();
    await first.manager.start();
    await first.manager.note(sampleRequest());
    first.life.die();
    stage.audience.claims.push(undefined);
    const second = stage.open();
    await second.manager.start();
    await until(() => stage.log.lines.some(({ message }) => message.includes('is forgotten')));
    await second.manager.stop(0);
    expect(await stage.store.unfinished()).toEqual([]);
    expect(stage.backend.calls.submit).toBe(0);
  });

  it('is kept while the platform does not say', async () => {
    const stage = await createStage();
    const first = stage.open();
    await first.manager.start();
    await first.manager.note(sampleRequest());
    first.life.die();
    stage.audience.away = true;
    const second = stage.open();
    await second.manager.start();
    await until(() => stage.audience.checks > 20);
    expect(await stage.store.unfinished()).toHaveLength(1);
    stage.backend.auto = success();
    stage.audience.away = false;
    const [said] = await until(() => stage.audience.accepted.length > 0 && stage.audience.accepted);
    expect((await stage.ended(said?.job ?? '')).state).toBe('succeeded');
  });
});

describe('a delivery that was begun before a crash', () => {
  it('shows no live state any more, since the final reply may be there', async () => {
    const stage = await createStage();
    const first = stage.open();
    await first.manager.start();
    stage.backend.auto = success();
    stage.audience.held = true;
    const job = await first.manager.submit(sampleRequest());
    await until(() => stage.audience.deliveries === 1);
    first.life.die();
    stage.audience.held = false;
    const shown = stage.audience.shown(job.id).length;
    const second = stage.open();
    await second.manager.start();
    await stage.ended(job.id);
    expect(stage.audience.shown(job.id)).toHaveLength(shown);
  });
});
