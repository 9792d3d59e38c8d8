/** Starts a whole Easel for a test, in a folder of its own, against whatever servers the test gives it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, type App, type Overrides } from '../../src/app/index.ts';
import { readConfig, secretsOf } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';

export interface TestEasel {
  readonly app: App;
  /** Every log line so far, as text. */
  readonly logs: string[];
  stop(): Promise<void>;
}

/** Waits that are seconds in production, scaled to milliseconds. */
export const QUICK: Overrides['timing'] = {
  editIntervalMs: 40,
  slack: {
    edits: 1000,
    windowMs: 20_000,
    burst: 5,
    intervalMs: 40,
    processingMs: 2000,
    pollMs: 20,
    // a busy machine answers all the same, while Slack waits
    patienceMs: 2500,
  },
  graceMs: 2000,
  jobs: {
    retryBaseMs: 20,
    retryCapMs: 200,
    deliverCapMs: 500,
    deliverTries: 3,
    suspectMs: 50,
    breaker: { probeMs: 2000, probeBaseMs: 20, probeCapMs: 200, trialMs: 300 },
  },
  comfy: {
    reconnectBaseMs: 20,
    reconnectCapMs: 200,
    pollMs: 500,
    pollLostMs: 50,
    silenceMs: 500,
    awayMs: 200,
  },
};

export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'easel-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

export async function startEasel(
  environment: Record<string, string>,
  overrides: Overrides = {},
): Promise<TestEasel> {
  const config = readConfig({ PORT: '0', TEMPLATES_DIR: 'test/fixtures/templates', ...environment });
  const logs: string[] = [];
  const log = createLog({
    level: 'debug',
    secrets: secretsOf(config),
    destination: { write: (line: string) => void logs.push(line) },
  });
  const app = createApp(config, { log, timing: QUICK, ...overrides });
  await app.start();
  return { app, logs, stop: () => app.stop() };
}
