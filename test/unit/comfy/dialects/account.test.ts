/** The real client against a real server that has something against the account, or is asked too much. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Workflow } from '../../../../src/core/workflow.ts';
import {
  EVERY_ROUTE,
  forbidden,
  inactive,
  noCredits,
  rateLimited,
  unavailable,
  untilLifted,
  wrongKey,
} from '../../../../src/sandbox/faults/refusals.ts';
import { follow } from '../../../contract/backend.ts';
import { soon } from '../backends.ts';
import { openPair, partner, steps, type Pair } from '../sandboxes.ts';
import { fetchWhole } from '../../../fakes/disk.ts';

async function submit({ backend }: Pair, workflow: Workflow = steps(1)): Promise<string> {
  return (await backend.submit({ promptId: randomUUID(), workflow }, soon())).promptId;
}

describe('trouble with the account', () => {
  it.each([
    [wrongKey, { problem: { code: 'wrong-api-key', words: 'Invalid or missing API key' } }],
    [noCredits, { problem: { code: 'no-credits', words: 'Payment required: insufficient credits' } }],
    [forbidden, { problem: { code: 'backend-forbids', words: 'Your plan does not include this' } }],
    [inactive, { problem: { code: 'subscription-inactive', words: 'Payment required: User has not paid' } }],
    [rateLimited(4), { problem: { code: 'backend-busy', words: 'Too many requests' }, retryAfterMs: 4_000 }],
    [
      unavailable(4),
      { problem: { code: 'backend-busy', words: 'Service unavailable' }, retryAfterMs: 4_000 },
    ],
  ])('is what a submit says, until it is lifted: %j', async (answer, refused) => {
    const pair = await openPair({ dialect: 'cloud' });
    const { faults, stats } = pair.sandbox;
    faults.http.push(untilLifted(answer));
    for (let count = 0; count < 2; count += 1) await expect(submit(pair)).rejects.toMatchObject(refused);
    // refused for certain: none was queued
    expect(stats).toMatchObject({ submitted: 0, requests: { 'POST /prompt': 2 } });
    faults.http.length = 0;
    expect(await follow(pair.backend, await submit(pair)).end).toMatchObject({ kind: 'success' });
  });

  it('may be about some node classes only', async () => {
    const pair = await openPair({ dialect: 'cloud' });
    pair.sandbox.faults.forbiddenClasses.add('Partner');
    await expect(submit(pair, partner('a fox'))).rejects.toMatchObject({
      problem: { code: 'backend-forbids', words: 'Your plan does not include the node Partner' },
    });
    await expect(submit(pair)).resolves.toBeDefined();
    pair.sandbox.faults.forbiddenClasses.clear();
    await expect(submit(pair, partner('a fox'))).resolves.toBeDefined();
  });

  it('may begin when the picture is there to be fetched', async () => {
    const pair = await openPair({ dialect: 'cloud' });
    const end = await follow(pair.backend, await submit(pair)).end;
    const [output] = end.kind === 'success' ? end.outputs : [];
    pair.sandbox.faults.http.push(untilLifted(forbidden, 'GET /view'));
    await expect(fetchWhole(pair.backend, output!, soon())).rejects.toMatchObject({
      code: 'backend-forbids',
    });
    pair.sandbox.faults.http.length = 0;
    pair.sandbox.faults.http.push({ route: EVERY_ROUTE, times: 1, answer: unavailable(0) });
    await expect(fetchWhole(pair.backend, output!, soon())).resolves.toMatchObject({ type: 'image/png' });
  });

  it('is not what a path that leaves the folders is about', async () => {
    const { backend } = await openPair();
    const outside = {
      node: '1',
      kind: 'file',
      filename: 'a.png',
      subfolder: '../..',
      type: 'output',
    } as const;
    await expect(fetchWhole(backend, outside, soon())).rejects.toMatchObject({
      problem: { code: 'backend-broken', status: 403 },
    });
  });

  it('is waited for as long as the server says, if that is not long', async () => {
    const pair = await openPair({ dialect: 'cloud' }, { timing: { reconnectCapMs: 1_500 } });
    const end = await follow(pair.backend, await submit(pair)).end;
    const [output] = end.kind === 'success' ? end.outputs : [];
    const { faults } = pair.sandbox;
    faults.http.push({ route: 'GET /view', times: 1, answer: unavailable(1) });
    const begun = performance.now();
    await fetchWhole(pair.backend, output!, soon());
    expect(performance.now() - begun).toBeGreaterThan(990);
    faults.http.push({ route: 'GET /view', times: 1, answer: unavailable(60) });
    await expect(fetchWhole(pair.backend, output!, soon())).rejects.toMatchObject({ retryAfterMs: 60_000 });
  });
});
