/** Opens the chats that the configuration asks for, and the page; or the terminal in their place. */
import { join } from 'node:path';
import type { Commands } from '../commands/index.ts';
import type { OperatorDesk } from '../commands/operator/operator-desk.ts';
import type { OperatorVerbs } from '../commands/operator/operator.ts';
import { secretsOf, type Config } from '../config.ts';
import type { Backend } from '../core/backend.ts';
import type { Chat } from '../core/chat.ts';
import type { KeptFolder } from '../core/disk.ts';
import type { Log } from '../core/log.ts';
import type { Warning } from '../core/summary.ts';
import type { Clock } from '../core/time.ts';
import type { Fitter } from '../platforms/kit/fit-files.ts';
import type { Pace as SlackPace, Slack } from '../platforms/slack/index.ts';
import { createTerminal, type Terminal, type TerminalOptions } from '../platforms/terminal/index.ts';
import { createWeb, type Web } from '../platforms/web/index.ts';
import type { Opened } from './lifecycle.ts';
import { openWebTables } from './stores.ts';

/** What every chat is made of. */
export interface ChatDeps {
  commands: Commands;
  fitter: Fitter;
  clock: Clock;
  log: Log;
}

export async function openDiscord(
  config: Config,
  deps: ChatDeps & { editIntervalMs: number | undefined },
): Promise<Chat | undefined> {
  const { DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl, DISCORD_CDN_URL: cdnUrl } = config;
  if (token === undefined) return undefined;
  // loaded only where it is used: it is half of the time that a start takes
  const { createDiscord } = await import('../platforms/discord/index.ts');
  return createDiscord({ ...deps, token, apiUrl, cdnUrl });
}

export async function openSlack(
  config: Config,
  deps: ChatDeps & { pace: Partial<SlackPace> | undefined; left: (guild: string) => void },
): Promise<Slack | undefined> {
  const {
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_SIGNING_SECRET: signingSecret,
  } = config;
  if (botToken === undefined) return undefined;
  const apiUrl = config.SLACK_API_URL;
  const { createSlack } = await import('../platforms/slack/index.ts');
  return createSlack({ ...deps, botToken, appToken, signingSecret, apiUrl });
}

/** `line`: run that alone, and be over. */
export function openTerminal(
  config: Config,
  deps: Pick<TerminalOptions, 'commands' | 'input' | 'output' | 'kept' | 'log'>,
  { line, welcome }: { line: string | undefined; welcome: TerminalOptions['welcome'] },
): Terminal {
  return createTerminal({
    ...deps,
    directory: join(config.DATA_DIR, 'outputs'),
    welcome,
    once: line,
  });
}

interface WebDeps {
  commands: Commands;
  operator: OperatorVerbs;
  desk: OperatorDesk;
  kept: KeptFolder;
  backend: Backend;
  warnings: readonly Warning[];
  clock: Clock;
  log: Log;
  opened: Opened;
}

export async function openWeb(
  config: Config,
  token: string,
  { backend, warnings, opened, ...deps }: WebDeps,
): Promise<Web> {
  const { ADMIN_TOKEN, TRUSTED_PROXIES: proxies = [] } = config;
  return createWeb({
    ...deps,
    backend: { name: backend.name, sandbox: config.COMFY_URL === undefined, warnings },
    chat: config.PLAYGROUND === 'on',
    door: { token, local: ADMIN_TOKEN === undefined, proxies },
    ...(await openWebTables(config, deps.log, opened)),
    secrets: [...secretsOf(config), token],
    directory: join(config.DATA_DIR, 'web'),
  });
}

export function pauseAll(chats: ReadonlyMap<string, Chat>): void {
  for (const chat of chats.values()) chat.pause();
}
