/** A Discord, a backend and a folder for one test, and Easel between them. */
import { afterEach, beforeEach, expect } from 'vitest';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.ts';
import { startFakeDiscord, type FakeDiscord } from '../fakes/discord/index.ts';
import type { Overrides } from '../../src/app/index.ts';
import { QUICK, startEasel, temporaryFolder, type TestEasel } from './easel.ts';
import { onDiscord, onSandbox } from './environment.ts';

export interface Bench {
  discord: FakeDiscord;
  sandbox: Sandbox;
  easel: TestEasel;
  folder: string;
  /** The environment that points Easel at the servers. */
  environment: Record<string, string>;
  /** Starts Easel, also again after `easel.stop()`. */
  start(environment?: Record<string, string>, timing?: Overrides['timing']): Promise<void>;
}

/** Registers the hooks; the returned object is filled anew before each test. No test may leave a violation behind. */
export function discordBench(sandboxOptions: SandboxOptions = {}): Bench {
  const bench = {} as Bench & { easel?: TestEasel };
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;

  beforeEach(async () => {
    const [discord, sandbox] = await Promise.all([
      startFakeDiscord(),
      startSandbox({ stepMs: 1, nodeMs: 1, ...sandboxOptions }),
    ]);
    folder = await temporaryFolder();
    const environment = {
      ...onDiscord(discord),
      ...onSandbox(sandbox),
      DATA_DIR: folder.path,
    };
    Object.assign(bench, {
      discord,
      sandbox,
      folder: folder.path,
      environment,
      async start(more: Record<string, string> = {}, timing?: Overrides['timing']) {
        bench.easel = await startEasel(
          { ...environment, ...more },
          timing && { timing: { ...QUICK, ...timing } },
        );
        await discord.connected();
      },
    });
  });

  afterEach(async () => {
    await bench.easel?.stop();
    await Promise.all([bench.discord.stop(), bench.sandbox.stop()]);
    await folder.remove();
    expect(bench.discord.violations).toEqual([]);
  });
  return bench;
}
