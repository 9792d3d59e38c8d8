import { describe, expect, it } from 'vitest';
import { loadTemplate, loadWorkflow } from '../../../src/commands/verbs/files.ts';

const { signal } = new AbortController();
const never = new Promise<Uint8Array>(() => undefined);

describe.each([
  ['workflow', loadWorkflow],
  ['template', loadTemplate],
])('the file of a %s', (_name, load) => {
  it.each([
    new TypeError('terminated'),
    new DOMException('not within 20000 ms', 'TimeoutError'),
    new Error('HTTP 502 from https://cdn.example/a.json'),
  ])('that does not come is unreachable: %s', async (cause) => {
    await expect(load({ name: 'a.json', load: () => Promise.reject(cause) }, signal)).rejects.toMatchObject({
      problem: { code: 'file-unreachable', file: 'a.json' },
      cause,
    });
  });

  it('is not waited for while Easel stops, also where the download cannot be ended', async () => {
    const stop = new AbortController();
    const loading = load({ name: 'a.json', load: () => never }, stop.signal);
    stop.abort();
    await expect(loading).rejects.toMatchObject({ problem: { code: 'shutting-down' } });
  });

  it('that is too large is not fetched', async () => {
    const file = { name: 'a.json', size: 1e12, load: () => never };
    await expect(load(file, signal)).rejects.toMatchObject({ problem: { code: 'file-too-large' } });
  });
});
