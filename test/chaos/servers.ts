/** Both chats, a backend and a data folder, with people in them, as a scenario needs them. */
import { slackManifest } from '../../src/platforms/slack/manifest.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.ts';
import { loadTemplates } from '../../src/templates/library/load.ts';
import { temporaryFolder } from '../world/easel.ts';
import { startFakeDiscord, type FakeDiscord } from '../fakes/discord/index.ts';
import { startFakeSlack, type FakeSlack } from '../fakes/slack/index.ts';
import type { Stage } from './scenario.ts';
import { onDiscord, onSandbox, onSlack } from '../world/environment.ts';

export interface Servers {
  discord: FakeDiscord;
  slack: FakeSlack;
  sandbox: Sandbox;
  folder: string;
  environment: Record<string, string>;
}

export const TEMPLATES = 'test/chaos/templates';
const KEY = 'chaos-key';
/** Runs at once on the backend. */
const PARALLEL = 6;

/** Closed with the stage. `parallel`: a Comfy Cloud, which runs several at once and chooses ids of its own. */
export async function openServers(stage: Stage, options: SandboxOptions = {}): Promise<Servers> {
  const [discord, slack, sandbox, folder] = await Promise.all([
    startFakeDiscord(),
    startFakeSlack(),
    startSandbox({ stepMs: 1, nodeMs: 1, apiKey: KEY, ...options }),
    temporaryFolder(),
  ]);
  stage.onEnd(() => folder.remove());
  for (const server of [discord, slack, sandbox]) stage.onEnd(() => server.stop());
  const { templates } = await loadTemplates(TEMPLATES);
  slack.setManifest(slackManifest(templates));
  const parallel = options.parallel ?? 1;
  return {
    discord,
    slack,
    sandbox,
    folder: folder.path,
    environment: {
      ...onDiscord(discord),
      ...onSlack(slack),
      ...onSandbox(sandbox),
      ...(options.dialect === 'cloud' && { COMFY_API_KEY: KEY }),
      COMFY_CONCURRENCY: String(parallel),
      GUILD_CONCURRENCY: String(Math.max(2, parallel)),
      DATA_DIR: folder.path,
      TEMPLATES_DIR: TEMPLATES,
      PORT: '0',
    },
  };
}

export const CLOUD: SandboxOptions = { dialect: 'cloud', parallel: PARALLEL };
