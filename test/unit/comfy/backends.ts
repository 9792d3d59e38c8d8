/** Backends with short times, stopped after each test. */
import { onTestFinished } from 'vitest';
import { createBackend, type BackendOptions, type Timing } from '../../../src/comfy/index.ts';
import type { Backend } from '../../../src/core/backend.ts';
import type { Workflow } from '../../../src/core/workflow.ts';
import { createTestLog, type TestLog } from './logs.ts';
import { startStub, type Reply, type Stub } from './stub-server.ts';
import { PATIENCE_MS } from '../../fakes/patience.ts';

/**
 * Production's pauses, some hundred times faster. How long an answer may take is as it is there: a machine with other work
 * to do takes a second for anything. A test whose server is silent says itself for how long.
 */
const fast: Partial<Timing> = {
  reconnectBaseMs: 20,
  reconnectCapMs: 100,
  stableMs: 500,
  pollMs: 100,
  pollLostMs: 30,
  confirmMs: 5,
  silenceMs: 150,
  awayMs: 50,
};

export interface Fixture {
  backend: Backend;
  log: TestLog;
}

/** Nobody is asked which dialect it is: Comfy Cloud where there is a key, unless the options say. */
export function openBackend(options: Omit<BackendOptions, 'log'>): Fixture {
  const log = createTestLog();
  const dialect = options.apiKey === undefined ? 'comfyui' : 'cloud';
  const backend = createBackend({ dialect, ...options, log, timing: { ...fast, ...options.timing } });
  onTestFinished(async () => {
    await backend.stop();
  });
  return { backend, log };
}

export async function openStub(routes: Record<string, Reply>): Promise<Stub> {
  const stub = await startStub(routes);
  onTestFinished(async () => {
    await stub.stop();
  });
  return stub;
}

export const soon = (ms = PATIENCE_MS): AbortSignal => AbortSignal.timeout(ms);

export const workflow: Workflow = {
  '1': { class_type: 'EmptyImage', inputs: { width: 64, height: 48, batch_size: 1, color: 66_051 } },
  '2': { class_type: 'SaveImage', inputs: { images: ['1', 0], filename_prefix: 'easel' } },
};
