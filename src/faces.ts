/** Opens the faces that the configuration asks for: the chats, the page, and the HTTP side that they share. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createAlerts, type Alerts } from './commands/alerts.ts';
import { fullDisk, heldBackend, refusedToken, unsetBudget } from './commands/causes.ts';
import type { Commands } from './commands/index.ts';
import type { OperatorDesk } from './commands/operator-desk.ts';
import type { OperatorVerbs } from './commands/operator.ts';
import { secretsOf, type Config } from './config.ts';
import type { Backend } from './core/backend.ts';
import type { Chat } from './core/chat.ts';
import { createClients } from './core/clients.ts';
import type { Files } from './core/files.ts';
import type { Links } from './core/links.ts';
import type { Disk, KeptFolder } from './core/disk.ts';
import type { Log } from './core/log.ts';
import type { Clock } from './core/time.ts';
import { startHttp, type HttpOptions, type HttpServer, type Mount } from './http.ts';
import type { Opened } from './lifecycle.ts';
import { createAddresses } from './links/addresses.ts';
import { createLinks } from './links/index.ts';
import { linkRoute } from './links/route.ts';
import type { JobManager } from './jobs/manager.ts';
import type { Pace as SlackPace, Slack } from './platforms/slack/index.ts';
import { createFitter, type Fitter, type FitterOptions } from './platforms/kit/fit-files.ts';
import { createWeb, type Web } from './platforms/web/index.ts';
import { listenError } from './startup.ts';
import { openWebTables, type Stores } from './stores.ts';

interface ChatParts {
  commands: Commands;
  fitter: Fitter;
  clock: Clock;
  log: Log;
}

export async function openDiscord(
  config: Config,
  parts: ChatParts & { editIntervalMs: number | undefined },
): Promise<Chat | undefined> {
  const { DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl, DISCORD_CDN_URL: cdnUrl } = config;
  if (token === undefined) return undefined;
  // loaded only where it is used: it is half of the time that a start takes
  const { createDiscord } = await import('./platforms/discord/index.ts');
  return createDiscord({ ...parts, token, apiUrl, cdnUrl });
}

export async function openSlack(
  config: Config,
  parts: ChatParts & { pace: Partial<SlackPace> | undefined; left: (guild: string) => void },
): Promise<Slack | undefined> {
  const {
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_SIGNING_SECRET: signingSecret,
  } = config;
  if (botToken === undefined) return undefined;
  const apiUrl = config.SLACK_API_URL;
  const { createSlack } = await import('./platforms/slack/index.ts');
  return createSlack({ ...parts, botToken, appToken, signingSecret, apiUrl });
}

interface WebParts {
  commands: Commands;
  operator: OperatorVerbs;
  desk: OperatorDesk;
  kept: KeptFolder;
  backend: Backend;
  clock: Clock;
  log: Log;
  opened: Opened;
}

export async function openWeb(
  config: Config,
  token: string,
  { backend, opened, ...parts }: WebParts,
): Promise<Web> {
  const { ADMIN_TOKEN, TRUSTED_PROXIES: proxies = [] } = config;
  return createWeb({
    ...parts,
    backend: { name: backend.name, sandbox: config.COMFY_URL === undefined },
    chat: config.PLAYGROUND === 'on',
    door: { token, local: ADMIN_TOKEN === undefined, proxies },
    ...(await openWebTables(config, parts.log, opened)),
    secrets: [...secretsOf(config), token],
    directory: join(config.DATA_DIR, 'web'),
  });
}

/** Makes what is too large fit. What a process that died was making is gone. */
export async function openFitter(options: FitterOptions): Promise<Fitter> {
  await rm(options.folder, { recursive: true, force: true });
  return createFitter(options);
}

interface LinkParts {
  secret: Uint8Array;
  files: Files;
  clock: Clock;
  log: Log;
}

/** Files that people fetch themselves, and where: nowhere without `PUBLIC_URL`. */
export async function openLinks(
  { PUBLIC_URL: publicUrl, LINK_DAYS: days, TRUSTED_PROXIES: proxies = [] }: Config,
  { secret, ...parts }: LinkParts,
): Promise<{ links: Links; mounts: Mount[] }> {
  const prefix = publicUrl === undefined ? '' : new URL(publicUrl).pathname.replace(/\/$/, '');
  const addresses = createAddresses(secret, prefix);
  const links = createLinks({ ...parts, publicUrl, days, addresses });
  // those whose time was over while nobody looked
  await parts.files.keepOnly('links', () => false);
  if (publicUrl === undefined) return { links, mounts: [] };
  const listener = linkRoute({ ...parts, addresses, clients: createClients(proxies) });
  const paths = new Set(['/files/*', `${prefix}/files/*`]);
  return { links, mounts: [...paths].map((path) => ({ path, listener })) };
}

export async function openHttp(
  config: Config,
  more: Omit<HttpOptions, 'host' | 'port'>,
): Promise<HttpServer> {
  try {
    return await startHttp({ host: config.HOST, port: config.PORT, ...more });
  } catch (error) {
    throw listenError(error, config);
  }
}

export function pauseAll(chats: ReadonlyMap<string, Chat>): void {
  for (const chat of chats.values()) chat.pause();
}

/** Started only where somebody can be told. */
export function openAlerts(
  config: Config,
  parts: {
    stores: Pick<Stores, 'alerts'>;
    jobs: JobManager;
    disk: Disk;
    backend: Backend;
    chats: ReadonlyMap<string, Chat>;
    clock: Clock;
    log: Log;
  },
  everyMs: number | undefined,
): Alerts {
  const { stores, jobs, disk, backend, chats, clock, log } = parts;
  return createAlerts({
    causes: [
      heldBackend(() => jobs.hold(), backend.address, clock),
      refusedToken('discord', chats),
      refusedToken('slack', chats),
      fullDisk(disk),
      unsetBudget(disk),
    ],
    operators: config.OPERATORS ?? [],
    chats,
    table: stores.alerts,
    clock,
    log,
    everyMs,
  });
}
