import { describe, expect, it, onTestFinished } from 'vitest';
import { createAccountWatch } from '../../../src/commands/operator/account-watch.ts';
import { createScriptedBackend } from '../../fakes/comfy/scripted-backend.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { until } from '../../fakes/until.ts';

const MINUTE = 60_000;

function stage() {
  const scripted = createScriptedBackend();
  scripted.holder = { status: 'active', tier: 'CREATOR', credits: 100 };
  const replaced = new Set<() => void>();
  const backend = {
    ...scripted,
    account: (signal: AbortSignal) => scripted.account(signal),
    watch(listener: () => void) {
      replaced.add(listener);
      return () => void replaced.delete(listener);
    },
  };
  const clock = createManualClock(1_000_000);
  const log = createRecordingLog();
  const watch = createAccountWatch({ backend, clock, log });
  onTestFinished(() => watch.stop());
  let told = 0;
  watch.watch(() => {
    told += 1;
  });
  return {
    scripted,
    clock,
    watch,
    replace: () => replaced.forEach((listener) => listener()),
    asked: () => scripted.calls.account,
    told: (times: number) => until(() => told === times),
  };
}

describe('what is known of the account', () => {
  it('is asked for when somebody looks, once a minute at most, and told with its time', async () => {
    const { clock, watch, asked, told, scripted } = stage();
    expect([watch.latest(), watch.latest(), asked()]).toEqual([undefined, undefined, 1]);
    await told(1);
    expect(watch.latest()).toEqual({ status: 'active', tier: 'CREATOR', credits: 100, at: 1_000_000 });
    scripted.holder = { credits: 7 };
    clock.advance(MINUTE - 1);
    watch.latest();
    expect(asked()).toBe(1);
    clock.advance(1);
    expect(watch.latest()?.credits).toBe(100);
    await told(2);
    expect(watch.latest()).toEqual({ credits: 7, at: 1_000_000 + MINUTE });
    expect(asked()).toBe(2);
  });

  it('is asked for by itself every half hour', async () => {
    const { clock, watch, asked, told } = stage();
    watch.start();
    await told(1);
    clock.advance(29 * MINUTE);
    expect(asked()).toBe(1);
    clock.advance(MINUTE);
    await told(2);
    await watch.stop();
    clock.advance(60 * MINUTE);
    expect([asked(), watch.latest()?.tier]).toEqual([2, 'CREATOR']);
  });

  it('stays, with its time, while the backend does not say it', async () => {
    const { clock, watch, scripted, told, asked } = stage();
    watch.latest();
    await told(1);
    scripted.away = true;
    clock.advance(MINUTE);
    watch.latest();
    await told(2);
    expect(watch.latest()).toMatchObject({ credits: 100, at: 1_000_000 });
    // and is not asked for at every look now
    expect(asked()).toBe(2);
  });

  it('of another backend is forgotten, also what was still on its way', async () => {
    const { watch, replace, scripted, told } = stage();
    watch.latest();
    replace();
    await told(1);
    scripted.holder = { tier: 'PRO' };
    expect(watch.latest()).toBeUndefined();
    await told(2);
    expect(watch.latest()?.tier).toBe('PRO');
    replace();
    expect(watch.latest()).toBeUndefined();
  });

  it('is nothing where there are no accounts', async () => {
    const { watch, scripted, told } = stage();
    scripted.holder = undefined;
    watch.latest();
    await told(1);
    expect(watch.latest()).toBeUndefined();
  });
});
