import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { startFakeDiscord, type FakeDiscord } from '../fakes/discord/index.ts';
import { startEasel, temporaryFolder, type TestEasel } from './easel.ts';

describe('Easel on Discord', () => {
  let discord: FakeDiscord;
  let sandbox: Sandbox;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let easel: TestEasel;

  const start = async (environment: Record<string, string> = {}) => {
    easel = await startEasel({
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_CDN_URL: discord.cdnUrl,
      COMFY_URL: sandbox.url,
      DATA_DIR: folder.path,
      ...environment,
    });
    await discord.connected();
  };

  beforeEach(async () => {
    [discord, sandbox, folder] = await Promise.all([
      startFakeDiscord(),
      startSandbox({ stepMs: 10, nodeMs: 1 }),
      temporaryFolder(),
    ]);
  });
  afterEach(async () => {
    await easel.stop();
    await Promise.all([discord.stop(), sandbox.stop()]);
    await folder.remove();
    expect(discord.violations).toEqual([]);
  });

  it('takes /imagine from acknowledgement to the picture, editing one reply', async () => {
    await start();
    const asked = await discord.slash({ name: 'imagine', options: { prompt: 'a red fox', steps: 30, seed: '7' } });
    const done = await asked.waitFor((message) => message.content.includes('Done in'), 15_000);
    console.log(done.describe(), easel.logs.join(""), discord.requests.map((r)=>`${r.method} ${r.path.slice(0,60)} ${r.status} ${r.at-asked.createdAt}`).join("\n"));
    expect(done.attachments.map(({ filename }) => filename)).toEqual([expect.stringMatching(/^imagine_.*\.png$/)]);
    expect(done.content).toContain('seed **7**');
    expect(asked.followUps).toEqual([]);
  });
});
