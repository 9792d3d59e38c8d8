/** Words for how a run is: those of the documents, those that nobody has seen, and what is no word. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { comfyui } from '../../../../src/comfy/dialects/comfyui.ts';
import { createLimbo } from '../../../../src/comfy/runs/limbo.ts';
import { defaultTiming } from '../../../../src/comfy/timing.ts';
import { stateOf, wordOf, type RunStatus } from '../../../../src/comfy/runs/run-status.ts';
import type { Backend } from '../../../../src/core/backend.ts';
import type { Workflow } from '../../../../src/core/workflow.ts';
import type { Sandbox } from '../../../../src/sandbox/index.ts';
import { follow } from '../../../contract/backend.ts';
import { createManualClock } from '../../../fakes/manual-clock.ts';
import { holds } from '../../../fakes/until.ts';
import { openBackend, soon } from '../backends.ts';
import { openPair, openSandbox, steps } from '../sandboxes.ts';

async function submit(backend: Backend, workflow: Workflow): Promise<string> {
  return (await backend.submit({ promptId: randomUUID(), workflow }, soon())).promptId;
}

/** Whatever runs or waits there, its queue does not say so. */
function hideQueue({ faults }: Sandbox): void {
  const body = JSON.stringify({ queue_running: [], queue_pending: [] });
  faults.http.push({ route: 'GET /queue', answer: { status: 200, contentType: 'application/json', body } });
}

const odd = { job: 'dispatching', status: 'dispatching', history: 'dispatching' };

describe('a word of the documents', () => {
  it.each([
    ...['waiting_to_dispatch', 'pending', 'queued_limited', 'queued_waiting', 'allocated', 'preparing'].map(
      (word) => [word, 'pending'],
    ),
    ['pending_execution', 'pending'],
    ['submitted', 'pending'],
    ['in_progress', 'running'],
    ['executing', 'running'],
    ['executed', 'running'],
    ['completed', 'success'],
    ['success', 'success'],
    ...['failed', 'error', 'retryable_error', 'non_retryable_error', 'erroring', 'lost', 'expired'].map(
      (word) => [word, 'failure'],
    ),
    ...['cancel_requested', 'cancel_pending', 'cancelling_preparing', 'canceling'].map((word) => [
      word,
      'cancelling',
    ]),
    ['cancelled', 'cancelled'],
    ['canceled', 'cancelled'],
  ])('%s means %s', (word, state) => {
    expect(stateOf(word)).toBe(state);
    expect(stateOf(`  ${word.toUpperCase().replaceAll('_', ' ')}\n`)).toBe(state);
    expect(stateOf(word.replaceAll('_', '-'))).toBe(state);
  });

  it.each(['dispatching', '', 'constructor', '__proto__', null, 3, true, ['pending'], { a: 1 }])(
    '%j is none',
    (word) => {
      expect(stateOf(word)).toBeUndefined();
    },
  );

  it('is shown as it came, whatever it is, but not at any length', () => {
    expect(wordOf(' half-done\n\u202eno ')).toBe('half-done no');
    expect(wordOf(null)).toBe('null');
    expect(wordOf({ state: 4 })).toBe('{"state":4}');
    expect(wordOf('')).toBe('""');
    expect(wordOf('x'.repeat(5000))).toHaveLength(60);
  });
});

describe.each(['comfyui', 'cloud'] as const)('a word never seen, on %s', (dialect) => {
  it.each(['dispatching', ' In  Orbit ', '', null, 7, ['running']])(
    'is asked again by the other routes: %j',
    async (word) => {
      const { backend, log, sandbox } = await openPair({ dialect });
      sandbox.faults.statusWords = { job: word, status: word };
      const run = follow(backend, await submit(backend, steps(5)));
      expect(await run.end).toMatchObject({ kind: 'success', outputs: [{ node: '7' }] });
      const told = log.lines.filter(({ message }) => message === 'a status word never seen');
      expect(told).toHaveLength(1);
      expect(told[0]).toMatchObject({ level: 'warn', facts: { word: wordOf(word) } });
    },
  );

  it('in a history is no failure: what else it says tells how the run ended', async () => {
    const { backend, sandbox } = await openPair({ dialect });
    sandbox.faults.statusWords = odd;
    const run = follow(backend, await submit(backend, steps(3)));
    expect(await run.end).toMatchObject({ kind: 'success', outputs: [{ node: '7' }] });
  });

  it('counts as running while the socket shows it at work', async () => {
    const { backend, sandbox } = await openPair({ dialect, stepMs: 15 });
    sandbox.faults.statusWords = odd;
    hideQueue(sandbox);
    const run = follow(backend, await submit(backend, steps(20)));
    await holds(() => expect(run.events).toContainEqual({ kind: 'asked', state: 'running' }));
    expect(await run.end).toMatchObject({ kind: 'success' });
  });

  it('without any sign ends in a failure that names it, after a while', async () => {
    const sandbox = await openSandbox({ dialect, stepMs: 60_000 });
    const { backend, log } = openBackend({
      url: sandbox.url,
      name: 'it',
      dialect,
      apiKey: dialect === 'cloud' ? 'the-secret-key' : undefined,
      timing: { limboMs: 200 },
    });
    sandbox.faults.statusWords = odd;
    hideQueue(sandbox);
    const run = follow(backend, await submit(backend, steps(1)));
    expect(await run.end).toMatchObject({
      kind: 'failure',
      problem: { code: 'run-untold', backend: 'it', word: 'dispatching' },
    });
    expect(run.events.filter(({ kind }) => kind === 'asked')).not.toContainEqual({
      kind: 'asked',
      state: 'running',
    });
    expect(log.lines.filter(({ message }) => message === 'a status word never seen')).toHaveLength(1);
  });

  it('lets a run be cancelled, waiting or running', async () => {
    const { backend, sandbox } = await openPair({ dialect, stepMs: 20 });
    sandbox.faults.statusWords = { job: 'dispatching', status: 'dispatching' };
    const running = await submit(backend, steps(500));
    const first = follow(backend, running);
    await first.saw('step');
    const waiting = await submit(backend, steps(500));
    expect(await backend.cancel(waiting, soon())).toBe('stopping');
    expect(await follow(backend, waiting).end).toMatchObject({ kind: 'cancelled' });
    expect(await backend.cancel(running, soon())).toBe('stopping');
    sandbox.faults.statusWords = {};
    expect(await first.end).toMatchObject({ kind: 'cancelled' });
  });
});

describe('a run that is about to be cancelled', () => {
  it('is neither over nor running', async () => {
    const { backend, sandbox } = await openPair({ dialect: 'cloud', stepMs: 10 });
    sandbox.faults.statusWords = { job: 'cancel_requested', status: 'cancel_requested' };
    const run = follow(backend, await submit(backend, steps(20)));
    await holds(() => expect(run.events).toContainEqual({ kind: 'asked', state: 'cancelling' }));
    expect(run.events).not.toContainEqual({ kind: 'asked', state: 'running' });
    sandbox.faults.statusWords = {};
    expect(await run.end).toMatchObject({ kind: 'success' });
  });

  it('is as good as cancelled when that takes for ever', async () => {
    const { backend, sandbox } = await openPair(
      { dialect: 'cloud', stepMs: 60_000 },
      { timing: { limboMs: 100 } },
    );
    sandbox.faults.statusWords = { job: 'cancelling_preparing' };
    const run = follow(backend, await submit(backend, steps(1)));
    expect(await run.end).toEqual({ kind: 'cancelled' });
  });
});

describe('how long a run may be in an odd state', () => {
  const MINUTE = 60_000;
  const status = { state: 'odd', word: 'dispatching' } as const;
  const server = { name: 'it', address: 'it', blot: (text: string) => text, refusals: comfyui.refusals };
  const open = () => {
    const clock = createManualClock();
    const limbo = createLimbo({ clock, timing: defaultTiming, server });
    /** Asked every half minute; true: it has ended meanwhile. */
    const pass = (minutes: number, told: RunStatus | 'nothing' = status): boolean => {
      for (let half = 0; half < 2 * minutes; half += 1) {
        clock.advance(MINUTE / 2);
        if (limbo.end(told === 'nothing' ? undefined : told)) return true;
      }
      return false;
    };
    limbo.end(status);
    return { clock, limbo, pass };
  };

  it('is ten minutes without another sign', () => {
    const { limbo, pass } = open();
    expect(pass(9.5)).toBe(false);
    expect(pass(0.5)).toBe(true);
    expect(limbo.end(status)).toMatchObject({ kind: 'failure', problem: { code: 'run-untold' } });
  });

  it('begins anew with each frame, and with each word that is known', () => {
    const { limbo, pass } = open();
    for (const works of [true, false]) {
      expect(pass(9)).toBe(false);
      limbo.sign(works);
      expect(limbo.atWork()).toBe(works);
    }
    expect(pass(9)).toBe(false);
    expect(pass(0.5, { state: 'running' })).toBe(false);
    expect(pass(9)).toBe(false);
  });

  it('does not count while the backend does not answer, nor while we were away', () => {
    const { clock, limbo, pass } = open();
    expect(pass(8)).toBe(false);
    expect(pass(100, 'nothing')).toBe(false);
    expect(limbo.end(status)).toBeUndefined();
    clock.advance(8 * 60 * MINUTE);
    expect(limbo.end(status)).toBeUndefined();
    expect(pass(1)).toBe(true);
  });
});
