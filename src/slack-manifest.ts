/** `npm run slack:manifest [-- https://host/slack/events]`: prints the app manifest to paste into Slack. */
import { existsSync } from 'node:fs';
import { databaseOf } from './app/stores.ts';
import { unlistedProblems } from './commands/offers.ts';
import { rankedForAll } from './commands/menu.ts';
import { createUses, NO_USES } from './commands/uses.ts';
import { readConfig, type Config } from './config.ts';
import type { Template } from './core/template.ts';
import { NO_SETTINGS } from './guilds/schema.ts';
import { openGuildStore } from './guilds/store.ts';
import { english } from './i18n/index.ts';
import { sentence } from './i18n/index.ts';
import { slackManifest, unlistedIn } from './platforms/slack/manifest.ts';
import { SLACK } from './platforms/slack/name.ts';
import { startupSentence } from './startup.ts';
import { openTable } from './store/index.ts';
import { loadTemplates } from './templates/library/load.ts';

/** No guild has set anything yet. */
const NOBODY = { known: () => [], settings: () => NO_SETTINGS };
/** Nobody reads a log here. */
const SILENT = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

try {
  const config = readConfig();
  const { templates: all, broken } = await loadTemplates(config.TEMPLATES_DIR);
  for (const error of broken) tell(startupSentence(error));
  const templates = await ranked(config, all);
  for (const problem of unlistedProblems(SLACK, unlistedIn(templates)))
    tell(sentence(english(), problem, 'operator'));
  process.stdout.write(`${JSON.stringify(slackManifest(templates, process.argv[2]), null, 2)}\n`);
} catch (error) {
  tell(startupSentence(error));
  process.exitCode = 1;
}

function tell(words: string): void {
  process.stderr.write(`${words}\n`);
}

/** As the running Easel does it (`commands/menu.ts`), where one has run here: what guilds have chosen, then the most used ones. */
async function ranked(config: Config, templates: readonly Template[]): Promise<Template[]> {
  const path = databaseOf(config);
  if (!existsSync(path)) return rankedForAll(templates, NOBODY, NO_USES);
  const uri = `sqlite://${path}`;
  const marks = await openTable(uri, 'marks', SILENT);
  try {
    const guilds = await openGuildStore(uri, SILENT);
    try {
      return await rankedForAll(templates, guilds, createUses(marks, SILENT));
    } finally {
      await guilds.close();
    }
  } finally {
    await marks.close();
  }
}
