/** Where a hold, a limit or a stop could have lasted for ever, or have hit the wrong job. */
import { describe, expect, it } from 'vitest';
import { EaselError, UncertainSubmit, type Problem } from '../../../src/core/errors.ts';
import { picture, success } from '../../fakes/comfy/scripted-backend.ts';
import { settleStores } from '../../fakes/until.ts';
import { sampleCaller, sampleRequest } from './sample.ts';
import { createStage, ending, eventually, startStandingStage, type Stage } from './stage.ts';

const MINUTE = 60_000;

function refusal(
  code: 'backend-busy' | 'backend-forbids' | 'no-credits' | 'backend-broken',
  given: object = {},
) {
  const { retryAfterMs, ...facts } = { retryAfterMs: undefined, ...given };
  const problem: Problem = { code, backend: 'b', ...facts };
  return new EaselError(problem, { retryAfterMs });
}

/** Time passes, and the disk is waited for. */
async function minutes(stage: Stage, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    await stage.clock.pass(MINUTE);
    await settleStores();
  }
}

async function running(stage: Stage, user = 'ann'): Promise<string> {
  const { manager } = stage as Stage & Awaited<ReturnType<typeof startStandingStage>>;
  const { id } = await manager.submit(sampleRequest({ user }));
  await eventually(stage, () => stage.backend.followers(id) === 1);
  return id;
}

/** A request whose graph says that it is refused. */
function forbidden(template: string) {
  const graph = { '3': { class_type: 'KSampler', inputs: { steps: 99 } } };
  return sampleRequest({ user: template }, { template: { name: template, version: '1' }, graph });
}

describe('a run that goes on although it was stopped', () => {
  it.each(['overdue', 'cancelled'])('is given up after a while, and its slot is free: %s', async (why) => {
    const stage = await startStandingStage({ timing: { runLimitMs: 5 * MINUTE } });
    const { manager, backend, clock } = stage;
    const id = await running(stage);
    backend.cancel = async () => 'stopping';
    if (why === 'cancelled') await manager.cancel(id, sampleCaller());
    for (let n = 0; n < 60; n += 1) {
      clock.advance(30_000);
      backend.poll();
      await settleStores();
    }
    const { end } = await ending(stage, id);
    const overdue = { kind: 'failed', problem: { code: 'run-too-long', minutes: 5 } };
    expect(end).toEqual(why === 'overdue' ? overdue : { kind: 'cancelled' });
    expect(await manager.inUse()).toBe(0);
  });

  it('is given up too when the backend will not stop it', async () => {
    const stage = await startStandingStage({ timing: { runLimitMs: 5 * MINUTE } });
    const { backend, clock } = stage;
    const id = await running(stage);
    backend.cancel = async () => Promise.reject(refusal('backend-forbids'));
    for (let n = 0; n < 60; n += 1) {
      clock.advance(30_000);
      backend.poll();
      await settleStores();
    }
    expect((await ending(stage, id)).end).toMatchObject({ problem: { code: 'run-too-long' } });
  });
});

describe('a pause that the backend asks for', () => {
  it('ends by itself, also when nobody submits anything', async () => {
    const stage = await startStandingStage();
    const { manager, backend } = stage;
    backend.auto = success();
    backend.fetchErrors.push(refusal('backend-busy', { retryAfterMs: 5000 }));
    const { id } = await manager.submit(sampleRequest());
    await eventually(stage, () => manager.hold()?.kind === 'busy');
    await minutes(stage, 1);
    expect((await ending(stage, id)).state).toBe('succeeded');
    expect(manager.hold()).toBeUndefined();
  });

  it('ends also when it only met a question about a run', async () => {
    const stage = await startStandingStage();
    const { manager, backend } = stage;
    const id = await running(stage);
    backend.emit(id, { kind: 'silent', error: refusal('backend-busy') });
    await eventually(stage, () => manager.hold()?.kind === 'busy');
    await minutes(stage, 2);
    expect(manager.hold()).toBeUndefined();
  });

  it('again and again ends a job after twelve hours all the same', async () => {
    const stage = await startStandingStage();
    const { manager, backend } = stage;
    backend.submit = async () => Promise.reject(refusal('backend-busy', { retryAfterMs: 10 * MINUTE }));
    const { id } = await manager.submit(sampleRequest());
    await eventually(stage, () => manager.hold());
    await minutes(stage, 13 * 60);
    expect((await ending(stage, id)).end).toMatchObject({ problem: { code: 'held-too-long', hours: 12 } });
  });
});

describe('a hold', () => {
  it('for the sake of two templates that are forbidden does not starve a third', async () => {
    const stage = await startStandingStage({ concurrency: 1 });
    const { manager, backend } = stage;
    backend.auto = success();
    const submit = backend.submit.bind(backend);
    backend.submit = async (run, signal) =>
      run.workflow['3']?.inputs['steps'] === 99
        ? Promise.reject(refusal('backend-forbids'))
        : submit(run, signal);
    await ending(stage, (await manager.submit(forbidden('dear'))).id);
    const other = await manager.submit(forbidden('dearer'));
    await eventually(stage, () => manager.hold()?.kind === 'account');
    const good = await manager.submit(sampleRequest({ user: 'bob' }));
    await minutes(stage, 5);
    expect((await ending(stage, good.id)).state).toBe('succeeded');
    expect((await ending(stage, other.id)).end).toMatchObject({ problem: { code: 'backend-forbids' } });
    expect(manager.hold()).toBeUndefined();
  });

  it('is not begun by a file and a template that are forbidden', async () => {
    const stage = await startStandingStage();
    const { manager, backend } = stage;
    backend.auto = success();
    backend.fetchErrors.push(refusal('backend-forbids'));
    await ending(stage, (await manager.submit(sampleRequest())).id);
    backend.submits.push(refusal('backend-forbids'));
    await ending(stage, (await manager.submit(sampleRequest())).id);
    expect(manager.hold()).toBeUndefined();
  });

  it('of the account is not ended by a job that asked the backend nothing', async () => {
    const stage = await startStandingStage({ concurrency: 1 });
    const { manager, backend, files } = stage;
    backend.submit = async () => Promise.reject(refusal('no-credits'));
    const file = { name: 'image.png', type: 'image/png', bytes: Buffer.from('png') };
    const images = [{ slot: 'image', into: [['3', 'image'] as const] }];
    const { id } = await manager.submit(sampleRequest({}, { images, files: { image: file } }));
    const hold = await eventually(stage, () => manager.hold());
    await files.drop('inputs', id);
    await minutes(stage, 3);
    expect((await ending(stage, id)).end).toMatchObject({ problem: { code: 'image-unreachable' } });
    expect(manager.hold()).toBe(hold);
  });

  it('is not begun where the cheap question is answered with no, as by a proxy that lets it through to nobody', async () => {
    const stage = await startStandingStage();
    const { manager, backend } = stage;
    backend.auto = success();
    backend.probeError = refusal('backend-broken', { status: 404 });
    backend.submits.push(refusal('backend-broken', { status: 502 }));
    expect((await ending(stage, (await manager.submit(sampleRequest())).id)).state).toBe('succeeded');
    // a tunnel without a server behind it says 404 to everything
    backend.submits.push(refusal('backend-broken', { status: 404 }));
    await manager.submit(sampleRequest());
    await eventually(stage, () => manager.hold()?.kind === 'away');
  });

  it('of the account does not keep a running job from being stopped', async () => {
    const stage = await startStandingStage({ concurrency: 2 });
    const { manager, backend, audience } = stage;
    const id = await running(stage);
    backend.submit = async () => Promise.reject(refusal('no-credits'));
    await manager.submit(sampleRequest({ user: 'bob' }));
    await eventually(stage, () => manager.hold());
    await manager.cancel(id, sampleCaller());
    expect((await ending(stage, id)).state).toBe('cancelled');
    expect(audience.reply(id).map(({ end }) => end)).toEqual([{ kind: 'cancelled' }]);
    expect(backend.calls.cancel).toBe(1);
  });
});

describe('a graph that ends its backend', () => {
  it('is charged for what only the socket saw', async () => {
    const stage = await startStandingStage();
    const { manager, backend } = stage;
    backend.lineUp = true;
    const { id } = await manager.submit(sampleRequest());
    for (const attempt of [1, 2, 3]) {
      await eventually(stage, () => backend.queued.length === attempt && backend.followers(id) === 1);
      backend.emit(id, { kind: 'node', node: '3' });
      backend.away = true;
      backend.poll();
      await eventually(stage, () => manager.hold());
      backend.away = false;
      backend.forget(id);
    }
    expect((await ending(stage, id)).end).toMatchObject({ problem: { code: 'run-lost' } });
  });

  it('is charged behind a proxy, too, which only says 502', async () => {
    const stage = await startStandingStage();
    const { manager, backend, clock } = stage;
    let submits = 0;
    let back = 0;
    backend.submit = async () => {
      submits += 1;
      backend.away = true;
      back = clock.now() + 5000;
      throw new UncertainSubmit({ code: 'backend-broken', backend: 'b', status: 502 });
    };
    const check = backend.check.bind(backend);
    backend.check = async (signal) => {
      backend.away = clock.now() < back;
      return check(signal);
    };
    const { id } = await manager.submit(sampleRequest());
    await minutes(stage, 5);
    expect((await ending(stage, id)).end).toMatchObject({ problem: { code: 'backend-broken', status: 502 } });
    expect(submits).toBe(3);
  });
});

describe('a chat that is back', () => {
  it('gets the replies that lie ready while another one’s file is lost and must be fetched anew from a backend that is away', async () => {
    const stage = await startStandingStage();
    const { manager, backend, audience, files } = stage;
    audience.away = true;
    backend.auto = success(picture('a.png'));
    const lost = await manager.submit(sampleRequest());
    await eventually(stage, () => backend.calls.fetch === 1 && audience.checks > 2);
    const kept = await manager.submit(sampleRequest());
    await eventually(stage, () => backend.calls.fetch === 2);
    await settleStores();
    await files.drop('outbox', lost.id);
    backend.away = true;
    audience.away = false;
    expect((await ending(stage, kept.id)).state).toBe('succeeded');
    expect(audience.reply(lost.id)).toEqual([]);
    backend.away = false;
    expect((await ending(stage, lost.id)).state).toBe('succeeded');
  });

  it('gets its reply once a full disk has room for the file again, as long as another job may make it', async () => {
    const stage = await startStandingStage();
    const { manager, backend, files } = stage;
    const put = files.put.bind(files);
    files.put = async () => Promise.reject(Object.assign(new Error('disk full'), { code: 'ENOSPC' }));
    const other = await manager.submit(sampleRequest());
    await eventually(stage, () => backend.followers(other.id) === 1);
    backend.auto = success(picture('a.png'));
    const { id } = await manager.submit(sampleRequest());
    await minutes(stage, 55);
    expect(backend.calls.fetch).toBeGreaterThan(40);
    expect(manager.hold()).toBeUndefined();
    files.put = put;
    expect((await ending(stage, id)).state).toBe('succeeded');
  });

  it('does not keep a stop waiting for a question that nobody answers', async () => {
    const stage = await createStage();
    stage.clock.skipping = false;
    const { manager } = stage.open();
    await manager.start();
    stage.backend.auto = success();
    let asked = false;
    stage.audience.check = async () => {
      asked = true;
      await new Promise(() => undefined);
    };
    stage.audience.errors.push(new Error('network'));
    await manager.submit(sampleRequest());
    await eventually(stage, () => asked);
    await manager.stop(60_000);
    expect((await stage.store.unfinished()).map(({ state }) => state)).toEqual(['delivering']);
  });
});
