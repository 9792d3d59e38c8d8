import { describe, expect, it } from 'vitest';
import { detectDialect } from '../../../../src/comfy/dialects/index.ts';
import { createBackend } from '../../../../src/comfy/index.ts';
import { stateOf } from '../../../../src/comfy/runs/run-status.ts';
import { createTestLog } from '../logs.ts';

describe('which dialect a backend speaks', () => {
  it.each([
    ['https://cloud.comfy.org', undefined, 'cloud'],
    ['https://staging.CLOUD.comfy.org/', undefined, 'cloud'],
    ['https://notcomfy.org', undefined, 'comfyui'],
    ['https://comfy.org.evil.example', undefined, 'comfyui'],
    ['http://127.0.0.1:8188', undefined, 'comfyui'],
    ['http://127.0.0.1:8188', 'key', 'cloud'],
  ] as const)('%s with key %s is %s', (url, key, dialect) => {
    expect(detectDialect(new URL(url), key)).toBe(dialect);
  });

  it.each([
    ['http://me:hush@10.0.0.5:8188/comfy', undefined, 'ComfyUI', 'ComfyUI at 10.0.0.5:8188'],
    ['http://127.0.0.1:1', 'k', 'Comfy Cloud', 'Comfy Cloud at 127.0.0.1:1'],
    ['http://127.0.0.1:1', '', 'ComfyUI', 'ComfyUI at 127.0.0.1:1'],
    ['https://cloud.comfy.org', 'k', 'Comfy Cloud', 'Comfy Cloud'],
  ])(
    '%s is named for people without its address, and for nobody with secrets',
    (url, apiKey, name, address) => {
      expect(createBackend({ url, apiKey, log: createTestLog() })).toMatchObject({ name, address });
    },
  );

  it('is named as somebody wishes', () => {
    const named = createBackend({ url: 'http://127.0.0.1:1', name: 'the sandbox', log: createTestLog() });
    expect(named).toMatchObject({ name: 'the sandbox', address: 'the sandbox' });
  });

  it('refuses a URL that is not http', () => {
    expect(() => createBackend({ url: 'ftp://host', log: createTestLog() })).toThrow(TypeError);
  });
});

describe('status words', () => {
  it.each([
    ['waiting_to_dispatch', 'pending'],
    ['pending', 'pending'],
    ['in_progress', 'running'],
    ['completed', 'success'],
    ['SUCCESS', 'success'],
    ['failed', 'failure'],
    ['error', 'failure'],
    ['cancelled', 'cancelled'],
  ])('%s means %s', (word, state) => {
    expect(stateOf(word)).toBe(state);
  });

  it.each(['dispatching', '', 'constructor', '__proto__'])(
    '%j is new, so the run has not finished',
    (word) => {
      expect(stateOf(word)).toBe('running');
    },
  );
});
