/** A kind of server that nobody has met: its routes are its own, and runs, cancels and outages work all the same. */
import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { RunEvent } from '../../../../src/core/run.ts';
import { fixedKind } from '../../../../src/comfy/dialects/kind.ts';
import { depsOf } from '../../../../src/comfy/options.ts';
import type { Dialect } from '../../../../src/comfy/runs/dialect.ts';
import { createRuns, type Runs } from '../../../../src/comfy/runs/index.ts';
import { createKnownNodes } from '../../../../src/comfy/runs/known-nodes.ts';
import { readOutputs } from '../../../../src/comfy/runs/outputs.ts';
import { askJson } from '../../../../src/comfy/wire/http.ts';
import { openStub, soon, workflow } from '../backends.ts';
import { createTestLog } from '../logs.ts';
import { json, reset, type Reply } from '../stub-server.ts';

const Work = z.object({
  id: z.string(),
  phase: z.string(),
  files: z.record(z.string(), z.unknown()).default({}),
});

const STATES = { waits: 'pending', works: 'running' } as const;

const third: Dialect = {
  title: 'The third',
  check: 'work',
  lookups: [
    async (http, id, signal) => {
      const { phase, files } = await askJson(http, Work, `work/${id}`, { signal });
      if (phase === 'waits' || phase === 'works') return { state: STATES[phase] };
      const outputs = readOutputs(files);
      return phase === 'done'
        ? { state: 'success', outputs, settled: true }
        : { state: 'cancelled', outputs };
    },
  ],
  believesUnknown: true,
  recent: [],
  events: 'account',
  socketKey: 'header',
  restartsWithSocket: false,
  refusals: { submit429: 'backend-busy', upload400: 'backend-broken' },
  submit: async ({ http }, _nodes, { workflow: graph }, signal) => {
    const ask = { method: 'POST', json: { graph }, signal, purpose: 'submit' } as const;
    const { id } = await askJson(http, Work, 'work', ask);
    return { promptId: id, unmade: [] };
  },
  upload: async () => ({ name: 'nowhere.png' }),
  uploadLimits: {},
  deletePending: async (http, id, signal) => {
    await http.ask(`work/${id}`, { method: 'POST', json: { phase: 'dropped' }, signal });
  },
  stopRunning: async (http, id, signal) => {
    await http.ask(`work/${id}`, { method: 'POST', json: { phase: 'stopped' }, signal });
    return 'stopping';
  },
};

async function open(routes: Record<string, Reply>): Promise<Runs> {
  const stub = await openStub(routes);
  const timing = { pollLostMs: 5, pollMs: 5, confirmMs: 5, awayMs: 5 };
  const log = createTestLog();
  const options = { url: stub.url, log, timing };
  const deps = { ...depsOf(options), kind: fixedKind(third) };
  const stopped = new AbortController();
  onTestFinished(async () => {
    stopped.abort();
    await deps.http.close();
  });
  return createRuns(deps, createKnownNodes(deps, stopped.signal));
}

const file = { images: [{ filename: 'fox.png', subfolder: '', type: 'output' }] };

/** One reply after the other; the last one stays. */
function inTurn(...replies: Reply[]): Reply {
  return (response, seen) => (replies.length > 1 ? replies.shift() : replies[0])?.(response, seen);
}

it('runs a graph to its end, over an outage', async () => {
  const runs = await open({
    'POST /work': json({ id: 'theirs', phase: 'waits' }),
    'GET /work/theirs': inTurn(
      json({ id: 'theirs', phase: 'works' }),
      reset,
      json({ id: 'theirs', phase: 'done', files: { '2': file } }),
    ),
  });
  const { promptId } = await runs.submit({ promptId: randomUUID(), workflow }, soon());
  const events: RunEvent['kind'][] = [];
  const end = await runs.follow(promptId, ({ kind }) => events.push(kind), soon());
  expect(end).toMatchObject({ kind: 'success', outputs: [{ node: '2', filename: 'fox.png' }] });
  expect(events).toEqual(['asked', 'started', 'silent']);
});

it.each(['works', 'waits'])('is stopped in its own way when it %s', async (first) => {
  let phase = first;
  const runs = await open({
    'GET /work/theirs': (response, seen) => json({ id: 'theirs', phase })(response, seen),
    'POST /work/theirs': (response, seen) => {
      ({ phase } = z.object({ phase: z.string() }).parse(JSON.parse(seen.body)));
      json({})(response, seen);
    },
  });
  expect(await runs.cancel('theirs', soon())).toBe('stopping');
  expect(await runs.follow('theirs', () => undefined, soon())).toMatchObject({ kind: 'cancelled' });
});

it('is told apart by what it refuses, without a word of its own', async () => {
  const runs = await open({ 'POST /work': json({ error: 'no such node' }, 400) });
  await expect(runs.submit({ promptId: randomUUID(), workflow }, soon())).rejects.toMatchObject({
    problem: { code: 'workflow-refused', detail: 'no such node' },
  });
});
