/**
 * `npm run slack:manifest [-- --language ja https://host/slack/events]`: prints the app manifest to paste into Slack. In which
 * language it is said is for all of a workspace: Slack's manifest has room for one.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { databaseOf } from './app/stores.ts';
import { unlistedProblems } from './commands/offers.ts';
import { rankedForAll } from './commands/menu.ts';
import { createUses, NO_USES } from './commands/uses.ts';
import { readConfig, type Config } from './config.ts';
import { EaselError } from './core/errors.ts';
import type { Template } from './core/template.ts';
import { NO_SETTINGS } from './guilds/schema.ts';
import { openGuildStore } from './guilds/store.ts';
import { nearestTag } from './core/nearest-tag.ts';
import { english, sentence } from './i18n/index.ts';
import { TAGS } from './i18n/languages.ts';
import { slackManifest, unlistedIn, type ManifestOptions } from './platforms/slack/manifest.ts';
import { SLACK } from './platforms/slack/name.ts';
import { StartupError, startupSentence } from './startup.ts';
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
  const options = readOptions();
  const config = readConfig();
  const { templates: all, broken } = await loadTemplates(config.TEMPLATES_DIR);
  for (const error of broken) tell(startupSentence(error));
  const templates = await ranked(config, all);
  for (const problem of unlistedProblems(SLACK, unlistedIn(templates)))
    tell(sentence(english(), problem, 'operator'));
  process.stdout.write(`${JSON.stringify(slackManifest(templates, options), null, 2)}\n`);
} catch (error) {
  tell(startupSentence(error));
  process.exitCode = 1;
}

/** Throws StartupError for an option that there is not, EaselError `setting-unknown` for a language. */
function readOptions(): ManifestOptions {
  try {
    const { values, positionals } = parseArgs({
      options: { language: { type: 'string', short: 'l' } },
      allowPositionals: true,
    });
    const { language: locale } = values;
    if (locale !== undefined && nearestTag(locale, TAGS) === undefined)
      throw new EaselError({ code: 'setting-unknown', setting: 'language', value: locale, known: [...TAGS] });
    return { locale, requestUrl: positionals[0] };
  } catch (error) {
    throw error instanceof TypeError ? new StartupError(error.message, { cause: error }) : error;
  }
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
