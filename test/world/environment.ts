/** The environment that points Easel at a test's servers. */
import type { Sandbox } from '../../src/sandbox/index.ts';
import type { FakeDiscord } from '../fakes/discord/index.ts';
import type { FakeSlack } from '../fakes/slack/index.ts';

export function onDiscord({ token, apiUrl, cdnUrl }: FakeDiscord) {
  return { DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl, DISCORD_CDN_URL: cdnUrl };
}

/** In Socket Mode. */
export function onSlack({ botToken, appToken, apiUrl }: FakeSlack) {
  return { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_API_URL: apiUrl };
}

export function onSandbox({ url, filesUrl }: Sandbox) {
  return { COMFY_URL: url, COMFY_FILE_HOSTS: new URL(filesUrl ?? url).host };
}
