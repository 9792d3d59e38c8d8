/** `npm run slack:manifest [-- https://host/slack/events]`: prints the app manifest to paste into Slack. */
import { readConfig } from './config.ts';
import { slackManifest } from './platforms/slack/manifest.ts';
import { startupSentence } from './startup.ts';
import { defaultFirst } from './templates/default-first.ts';
import { loadTemplates } from './templates/library/load.ts';

try {
  const { templates, broken } = await loadTemplates(readConfig().TEMPLATES_DIR);
  for (const error of broken) process.stderr.write(`${startupSentence(error)}\n`);
  process.stdout.write(
    `${JSON.stringify(slackManifest(defaultFirst(templates), process.argv[2]), null, 2)}\n`,
  );
} catch (error) {
  process.stderr.write(`${startupSentence(error)}\n`);
  process.exitCode = 1;
}
