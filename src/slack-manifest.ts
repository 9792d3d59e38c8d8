/** `npm run slack:manifest [-- https://host/slack/events]`: prints the app manifest to paste into Slack. */
import { existsSync } from 'node:fs';
import { databaseOf } from './app/stores.ts';
import { unlistedProblems } from './commands/offers.ts';
import { createUses, NO_USES } from './commands/uses.ts';
import { readConfig, type Config } from './config.ts';
import type { Template } from './core/template.ts';
import { en } from './i18n/en.ts';
import { sentence } from './i18n/index.ts';
import { slackManifest, unlistedIn } from './platforms/slack/manifest.ts';
import { SLACK } from './platforms/slack/name.ts';
import { startupSentence } from './startup.ts';
import { defaultFirst } from './templates/default-first.ts';
import { openTable } from './store/index.ts';
import { loadTemplates } from './templates/library/load.ts';

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
  const templates = await ranked(config, defaultFirst(all));
  for (const problem of unlistedProblems(SLACK, unlistedIn(templates)))
    tell(sentence(en, problem, 'operator'));
  process.stdout.write(`${JSON.stringify(slackManifest(templates, process.argv[2]), null, 2)}\n`);
} catch (error) {
  tell(startupSentence(error));
  process.exitCode = 1;
}

function tell(words: string): void {
  process.stderr.write(`${words}\n`);
}

/** The most used ones first, where Easel has run here. */
async function ranked(config: Config, templates: readonly Template[]): Promise<Template[]> {
  const path = databaseOf(config);
  if (!existsSync(path)) return NO_USES.ranked(undefined, templates, []);
  const marks = await openTable(`sqlite://${path}`, 'marks', SILENT);
  try {
    return await createUses(marks, SILENT).ranked(undefined, templates, []);
  } finally {
    await marks.close();
  }
}
