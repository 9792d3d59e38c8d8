import { describe, expect, it } from 'vitest';
import { createBackend } from '../../../../src/comfy/index.ts';
import { createTestLog } from '../logs.ts';

describe('what a backend is called', () => {
  it.each([
    ['http://me:hush@10.0.0.5:8188/comfy', undefined, 'ComfyUI', 'ComfyUI at 10.0.0.5:8188'],
    // a key says nothing of what it is
    ['http://127.0.0.1:1', 'k', 'ComfyUI', 'ComfyUI at 127.0.0.1:1'],
    ['https://comfy.org.evil.example', 'k', 'ComfyUI', 'ComfyUI at comfy.org.evil.example'],
    ['https://staging.CLOUD.comfy.org/', 'k', 'Comfy Cloud', 'Comfy Cloud at staging.cloud.comfy.org'],
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
