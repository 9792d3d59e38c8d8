import { describe, expect, it } from 'vitest';
import { detectDialect, stateOf, titleOf } from '../../../src/comfy/dialects.ts';
import { createBackend } from '../../../src/comfy/index.ts';
import { createTestLog } from './logs.ts';

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

  it('names it for people, without secrets', () => {
    expect(titleOf(new URL('https://cloud.comfy.org'), 'cloud')).toBe('Comfy Cloud');
    const log = createTestLog();
    expect(createBackend({ url: 'http://me:hush@10.0.0.5:8188/comfy', log }).name).toBe(
      'ComfyUI at 10.0.0.5:8188',
    );
    expect(createBackend({ url: 'http://127.0.0.1:1', apiKey: 'k', log }).name).toBe(
      'Comfy Cloud at 127.0.0.1:1',
    );
    expect(createBackend({ url: 'http://127.0.0.1:1', apiKey: '', log }).name).toBe('ComfyUI at 127.0.0.1:1');
    expect(createBackend({ url: 'http://127.0.0.1:1', name: 'the sandbox', log }).name).toBe('the sandbox');
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
