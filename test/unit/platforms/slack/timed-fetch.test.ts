import { afterEach, describe, expect, it, vi } from 'vitest';
import { timedFetch } from '../../../../src/platforms/slack/timed-fetch.ts';
import { openStub } from '../../comfy/backends.ts';
import { hang, json } from '../../comfy/stub-server.ts';

afterEach(() => void vi.restoreAllMocks());

describe("a request of Slack's client", () => {
  it('brings the whole answer, and leaves no timer', async () => {
    const { url } = await openStub({ 'POST /': json({ ok: false, error: 'nope' }, 429) });
    // the library has timers of its own
    const [set, cleared] = [vi.spyOn(globalThis, 'setTimeout'), vi.spyOn(globalThis, 'clearTimeout')];
    const response = await timedFetch(60_123)(url, { method: 'POST' });
    const ours = set.mock.results.filter((_, at) => set.mock.calls[at]?.[1] === 60_123);
    expect(ours).toHaveLength(1);
    for (const { value } of ours) expect(cleared.mock.calls).toContainEqual([value]);
    expect(response.status).toBe(429);
    expect(response.headers.get('content-type')).toContain('json');
    expect(await response.json()).toEqual({ ok: false, error: 'nope' });
  });

  it.each([
    ['answer', hang],
    ['end of the answer', (response: Parameters<typeof hang>[0]) => response.writeHead(200).write('{"ok":')],
  ])('is given up when there is no %s', async (_what, reply) => {
    const { url } = await openStub({ 'POST /': reply });
    await expect(timedFetch(100)(url, { method: 'POST' })).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});
