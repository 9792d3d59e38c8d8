/** Pictures that do not say whose they are: ours are shown where they can only be ours, and a stranger's never. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Backend } from '../../../../src/core/backend.ts';
import type { RunEvent } from '../../../../src/core/run.ts';
import type { Workflow } from '../../../../src/core/workflow.ts';
import { follow } from '../../../contract/backend.ts';
import { holds } from '../../../fakes/until.ts';
import { soon } from '../backends.ts';
import { KEY, openPair, steps } from '../sandboxes.ts';

const OLD = { old: true, stepMs: 25 };

async function submit(backend: Backend, workflow: Workflow): Promise<string> {
  return (await backend.submit({ promptId: randomUUID(), workflow }, soon())).promptId;
}

/** Whose the previews were, by what stands in them. */
function shown(events: RunEvent[]): string[] {
  return events.flatMap((event) =>
    event.kind === 'preview' ? [Buffer.from(event.image.bytes.subarray(4)).toString().trim()] : [],
  );
}

/** Somebody without a socket: what is told of their run goes to everybody. */
async function stranger(url: string, workflow: Workflow): Promise<void> {
  const answer = await fetch(`${url}/api/prompt`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': KEY },
    body: JSON.stringify({ prompt: workflow, extra_data: { preview_method: 'auto' } }),
  });
  expect(answer.status).toBe(200);
}

describe('previews of a ComfyUI before July 2025', () => {
  it('are shown of our run, and the run ends as any other', async () => {
    const { backend } = await openPair(OLD);
    const run = follow(backend, await submit(backend, steps(40, 1)));
    expect(await run.end).toMatchObject({ kind: 'success', outputs: [{ node: '7' }] });
    expect(new Set(shown(run.events))).toEqual(new Set(['of 1']));
    expect(run.events.filter(({ kind }) => kind === 'step')).toHaveLength(40);
  });

  it('are never those of a stranger, before ours runs or after it', async () => {
    const { backend, sandbox } = await openPair(OLD, { timing: { soleLookMs: 20 } });
    const runs: RunEvent[][] = [];
    for (const seed of [1, 2]) {
      await stranger(sandbox.url, steps(12, 900 + seed));
      const id = await submit(backend, steps(1000, seed));
      const run = follow(backend, id);
      await run.saw('preview');
      await stranger(sandbox.url, steps(12, 910 + seed));
      await backend.cancel(id, soon());
      await run.end;
      runs.push(run.events);
    }
    expect(runs.map((events) => [...new Set(shown(events))])).toEqual([['of 1'], ['of 2']]);
  });

  it('are not shown any more under another connection', async () => {
    const { backend, log, sandbox } = await openPair({ ...OLD, stepMs: 40 });
    const run = follow(backend, await submit(backend, steps(25, 1)));
    await run.saw('preview');
    sandbox.dropSockets();
    await log.saw('socket lost');
    const before = shown(run.events).length;
    await stranger(sandbox.url, steps(10, 900));
    expect(await run.end).toMatchObject({ kind: 'success' });
    expect(shown(run.events)).toHaveLength(before);
  });

  it('are dropped as long as nobody knows who else runs there', async () => {
    const { backend, sandbox } = await openPair(OLD, { timing: { soleLookMs: 0 } });
    sandbox.faults.http.push({ route: 'GET /queue', answer: { status: 500 } });
    const run = follow(backend, await submit(backend, steps(12, 1)));
    await run.saw('step');
    await holds(() => expect(sandbox.stats.requests['GET /queue']).toBeGreaterThan(1));
    expect(shown(run.events)).toEqual([]);
    // its history tells of the end
    expect(await run.end).toMatchObject({ kind: 'success' });
    expect(shown(run.events)).toEqual([]);
  });
});

describe('an account that runs several', () => {
  it('shows them only while one of ours is the only one', async () => {
    const { backend, sandbox } = await openPair({ ...OLD, dialect: 'cloud', parallel: 2 });
    const id = await submit(backend, steps(2000, 1));
    const run = follow(backend, id);
    await run.saw('preview');
    await stranger(sandbox.url, steps(15, 900));
    await holds(() => expect(sandbox.stats.executed).toBe(2));
    const second = follow(backend, await submit(backend, steps(15, 2)));
    await second.end;
    expect(shown(second.events)).toEqual([]);
    await backend.cancel(id, soon());
    await run.end;
    expect(new Set(shown(run.events))).toEqual(new Set(['of 1']));
  });

  it('shows those with metadata, whoever else is there', async () => {
    const { backend, sandbox } = await openPair({ dialect: 'cloud', parallel: 2, stepMs: 25 });
    await stranger(sandbox.url, steps(20, 900));
    const run = follow(backend, await submit(backend, steps(20, 2)));
    await run.end;
    expect(new Set(shown(run.events))).toEqual(new Set(['of 2']));
  });
});
