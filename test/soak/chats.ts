/** The two chats of the soak: how a job is asked for there, and what makes the fake forget what it has seen. */
import { slackManifest } from '../../src/platforms/slack/manifest.ts';
import { loadTemplates } from '../../src/templates/library/load.ts';
import { startFakeDiscord } from '../fakes/discord/index.ts';
import { startFakeSlack } from '../fakes/slack/index.ts';
import { onDiscord, onSlack } from '../world/environment.ts';

export interface SoakChat {
  environment: Record<string, string>;
  connected(): Promise<void>;
  /** Resolves when the picture is there. */
  ask(prompt: string): Promise<void>;
  forget(): void;
  readonly violations: readonly string[];
  stop(): Promise<void>;
}

/** For one job, and for the connection, in ms. */
const JOB_MS = 60_000;
const START_MS = 30_000;

export async function discordChat(): Promise<SoakChat> {
  const discord = await startFakeDiscord();
  return {
    environment: {
      ...onDiscord(discord),
    },
    connected: () => discord.connected(START_MS),
    async ask(prompt) {
      const order = await discord.slash({ name: 'sketch', options: { prompt, steps: 1 } });
      await order.waitFor(({ content }) => content.includes('Done in'), JOB_MS);
    },
    forget() {
      discord.requests.length = 0;
    },
    violations: discord.violations,
    stop: () => discord.stop(),
  };
}

export async function slackChat(templates: string): Promise<SoakChat> {
  const slack = await startFakeSlack();
  slack.setManifest(slackManifest((await loadTemplates(templates)).templates));
  slack.settings.fileProcessingMs = 1;
  // its fifty a minute would make a thousand jobs a matter of hours
  slack.settings.updateBudget = { calls: 1e6, windowMs: 1000 };
  slack.settings.postBudget = { calls: 1e6, windowMs: 1000 };
  return {
    environment: {
      ...onSlack(slack),
    },
    connected: () => slack.connected(START_MS),
    async ask(prompt) {
      const order = slack.command({ command: '/sketch', text: `${prompt} --steps 1` });
      await order.waitFor(({ visible }) => visible.includes('Done in'), JOB_MS);
    },
    forget() {
      slack.requests.length = 0;
    },
    violations: slack.violations,
    stop: () => slack.stop(),
  };
}
