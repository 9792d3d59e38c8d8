/** Opens all tables, after those of an older Easel were brought up to date; what goes wrong is a sentence for the operator. */
import { join, resolve } from 'node:path';
import { openNotices, type Notices } from '../commands/operator/notices.ts';
import { BACKUPS } from '../backups/data-folder.ts';
import type { Config } from '../config.ts';
import { isDiskFull } from '../core/disk.ts';
import type { Log } from '../core/log.ts';
import { openConnectionsStore, peekConnections, type ConnectionsStore } from '../guilds/connections.ts';
import { openRulesStore, type RulesStore } from '../guilds/rules.ts';
import { openGuildStore, type GuildStore } from '../guilds/store.ts';
import { CONNECTION_TABLES, GUILD_TABLES, RULES_TABLES } from '../guilds/tables.ts';
import { openFailures, type Failures } from '../jobs/failures.ts';
import { openJobStore, type JobStore } from '../jobs/store/store.ts';
import { JOB_TABLES } from '../jobs/store/tables.ts';
import type { Opened } from './lifecycle.ts';
import { StartupError, storeSentence } from '../startup.ts';
import { fileOf } from '../store/file.ts';
import { openTable, type Table } from '../store/index.ts';
import { FIRST, type Tables } from '../store/schema.ts';
import { StoreTrouble, troubleIn } from '../store/trouble.ts';
import { upgradeStore } from '../store/upgrade.ts';
import { openTemplateStore, type TemplateStore } from '../templates/library/store.ts';
import { TEMPLATE_TABLES } from '../templates/tables.ts';

/** Every table of the store. */
export const TABLES: Tables = {
  ...JOB_TABLES,
  ...GUILD_TABLES,
  ...RULES_TABLES,
  ...CONNECTION_TABLES,
  ...TEMPLATE_TABLES,
  failures: FIRST,
  alerts: FIRST,
  notices: FIRST,
  marks: FIRST,
  web: FIRST,
  sessions: FIRST,
};

export interface Stores {
  jobs: JobStore;
  guilds: GuildStore;
  templates: TemplateStore;
  failures: Failures;
  /** What who runs Easel was told. */
  alerts: Table;
  rules: RulesStore;
  notices: Notices;
  /** Since when something is so. */
  marks: Table;
}

/** Rejects with StartupError. */
export async function openStores(config: Config, log: Log, opened: Opened): Promise<Stores> {
  const { signal } = opened;
  try {
    await upgradeStore(storeUri(config), TABLES, { backups: backupsIn(config), log, signal });
  } catch (error) {
    throw startupError(config, error);
  }
  const opening = {
    jobs: openStore(config, 'job store', opened, (uri) => openJobStore(uri, log)),
    guilds: openStore(config, 'guild store', opened, (uri) => openGuildStore(uri, log)),
    templates: openStore(config, 'template store', opened, (uri) => openTemplateStore(uri, log)),
    failures: openStore(config, 'failures', opened, (uri) => openFailures(uri, log)),
    alerts: openStore(config, 'alerts', opened, (uri) => openTable(uri, 'alerts', log)),
    rules: openStore(config, 'rules', opened, (uri) => openRulesStore(uri, log)),
    notices: openStore(config, 'notices', opened, async (uri) =>
      openNotices(await openTable(uri, 'notices', log), log),
    ),
    marks: openStore(config, 'marks', opened, (uri) => openTable(uri, 'marks', log)),
  };
  // whichever opened is closed again, also when another one could not be
  await Promise.allSettled(Object.values(opening));
  const { jobs, guilds, templates, failures, alerts, rules, notices, marks } = opening;
  return {
    jobs: await jobs,
    guilds: await guilds,
    templates: await templates,
    failures: await failures,
    alerts: await alerts,
    rules: await rules,
    notices: await notices,
    marks: await marks,
  };
}

/** What has been said in the browser's chat, and who is signed in. */
export async function openWebTables(
  config: Config,
  log: Log,
  opened: Opened,
): Promise<{ table: Table; sessions: Table }> {
  const open = (name: string) =>
    openStore(config, `${name} store`, opened, (uri) => openTable(uri, name, log));
  const opening = [open('web'), open('sessions')] as const;
  // whichever opened is closed again
  await Promise.allSettled(opening);
  const [table, sessions] = await Promise.all(opening);
  return { table, sessions };
}

/** What is connected on the operator's page; `secret` is the data folder's. Rejects with StartupError. */
export function openConnections(
  config: Config,
  secret: Uint8Array,
  log: Log,
  opened: Opened,
): Promise<ConnectionsStore> {
  return openStore(config, 'connections', opened, (uri) => openConnectionsStore(uri, secret, log));
}

/** As `openConnections`, from outside: nothing is made, changed or held. Throws StartupError. */
export function readConnections(
  config: Config,
  secret: Uint8Array | undefined,
  log: Log,
): Pick<ConnectionsStore, 'get'> {
  try {
    return peekConnections(databaseOf(config), secret, log);
  } catch (error) {
    throw startupError(config, error);
  }
}

/** Where the records are. */
export const databaseOf = (config: Config) => resolve(fileOf(storeUri(config)));

const storeUri = ({ STORE_URL, DATA_DIR }: Config) =>
  STORE_URL ?? `sqlite://${resolve(DATA_DIR, 'easel.sqlite')}`;

/** Where backups are. */
export const backupsIn = ({ DATA_DIR }: Config) => join(DATA_DIR, BACKUPS);

async function openStore<S extends { close(): Promise<void> }>(
  config: Config,
  name: string,
  opened: Opened,
  open: (uri: string) => Promise<S>,
): Promise<S> {
  try {
    const store = await open(storeUri(config));
    opened.add(name, () => store.close());
    return store;
  } catch (error) {
    throw startupError(config, error);
  }
}

/** What a start has met of a full disk or of a store in trouble, wherever that was; anything else as it is. */
export function explained(config: Config, error: unknown): unknown {
  if (error instanceof StartupError) return error;
  if (isDiskFull(error)) return startupError(config, new StoreTrouble('full', 'no room', { cause: error }));
  return troubleIn(error) ? startupError(config, error) : error;
}

function startupError(config: Config, cause: unknown): StartupError {
  const { STORE_URL, DATA_DIR } = config;
  return new StartupError(storeSentence(cause, STORE_URL ?? DATA_DIR, backupsIn(config)), { cause });
}
