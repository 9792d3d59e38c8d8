/** A Slack, a backend and a folder for one test, and Easel between them. */
import { afterEach, beforeEach, expect } from 'vitest';
import type { Overrides } from '../../src/app/index.ts';
import { slackManifest } from '../../src/platforms/slack/manifest.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.ts';
import { loadTemplates } from '../../src/templates/library/load.ts';
import { startFakeSlack, type FakeSlack } from '../fakes/slack/index.ts';
import { startEasel, temporaryFolder, type TestEasel } from './easel.ts';
import { onSandbox } from './environment.ts';

export interface SlackBench {
  slack: FakeSlack;
  sandbox: Sandbox;
  easel: TestEasel;
  environment: Record<string, string>;
  /** Starts Easel, also again after `easel.stop()`; in HTTP mode when there is no app token. */
  start(more?: Record<string, string>, overrides?: Overrides): Promise<void>;
}

export const TEMPLATES = 'test/fixtures/templates';

/** The Slack app is the one that our own manifest describes: what it lacks, Slack refuses. */
export function slackBench(mode: 'socket' | 'http', sandboxOptions: SandboxOptions = {}): SlackBench {
  const bench = {} as SlackBench;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;

  beforeEach(async () => {
    const [slack, sandbox] = await Promise.all([
      startFakeSlack(),
      startSandbox({ stepMs: 1, nodeMs: 1, ...sandboxOptions }),
    ]);
    folder = await temporaryFolder();
    const { templates } = await loadTemplates(TEMPLATES);
    slack.setManifest(
      slackManifest(templates, {
        requestUrl: mode === 'http' ? 'https://easel.example/slack/events' : undefined,
      }),
    );
    slack.settings.fileProcessingMs = 20;
    const environment = {
      SLACK_BOT_TOKEN: slack.botToken,
      ...(mode === 'socket'
        ? { SLACK_APP_TOKEN: slack.appToken }
        : { SLACK_SIGNING_SECRET: slack.signingSecret }),
      SLACK_API_URL: slack.apiUrl,
      ...onSandbox(sandbox),
      DATA_DIR: folder.path,
    };
    Object.assign(bench, {
      slack,
      sandbox,
      environment,
      async start(more: Record<string, string> = {}, overrides: Overrides = {}) {
        bench.easel = await startEasel({ ...environment, ...more }, overrides);
        if (mode === 'http') await slack.useHttp(`http://127.0.0.1:${bench.easel.app.port}/slack/events`);
        else await slack.connected();
      },
    });
  });

  afterEach(async () => {
    await bench.easel.stop();
    await Promise.all([bench.slack.stop(), bench.sandbox.stop()]);
    await folder.remove();
    expect(bench.slack.violations).toEqual([]);
  });
  return bench;
}
