import { describe, expect, it } from 'vitest';
import { adviceFor } from '../../../src/commands/operator/advice.ts';
import type { Problem } from '../../../src/core/errors.ts';
import { catalogue } from '../../../src/i18n/index.ts';

const backend = 'ComfyUI';
const loopback = { code: 'loopback-in-container', name: 'COMFY_URL', host: '127.0.0.1:8188' } as const;

describe('advice about a backend', () => {
  it.each<[Problem, RegExp]>([
    [{ code: 'backend-unreachable', backend }, /^Check that it is running/],
    [{ code: 'backend-timeout', backend }, /loading a model/],
    [{ code: 'backend-broken', backend }, /points to ComfyUI/],
    [{ code: 'wrong-api-key', backend }, /COMFY_API_KEY/],
    // its own sentence says what to change
    [{ code: 'backend-unreachable', backend, fault: 'no-such-host' }, /^undefined$/],
    // nothing that whoever runs Easel could do about the backend itself
    [{ code: 'missing-node', node: 'X' }, /^undefined$/],
  ])('for %j', (problem, says) => {
    expect(String(adviceFor(problem, catalogue('en'), { warnings: [] }))).toMatch(says);
  });

  it.each(['en', 'ja', 'ko', 'zh', 'zh-TW'])(
    'in a container never asks to start ComfyUI at an address that is the container itself (%s)',
    (tag) => {
      const asked = (problem: Problem) => adviceFor(problem, catalogue(tag), { warnings: [loopback] });
      expect(asked({ code: 'backend-unreachable', backend })).toContain('host.docker.internal');
      // what has answered is there
      expect(asked({ code: 'backend-busy', backend })).not.toContain('host.docker.internal');
    },
  );
});
