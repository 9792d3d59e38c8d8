/** Opens the chats that the configuration asks for, and the page; or the terminal in their place. */
import { join } from 'node:path';
import type { Commands } from '../commands/index.ts';
import type { OperatorDesk } from '../commands/operator/operator-desk.ts';
import type { OperatorVerbs } from '../commands/operator/operator.ts';
import type { Config } from '../config.ts';
import type { Chat } from '../core/chat.ts';
import type { KeptFolder } from '../core/disk.ts';
import type { Log } from '../core/log.ts';
import type { SecretBook } from '../core/secrets.ts';
import type { Warning } from '../core/summary.ts';
import type { Clock } from '../core/time.ts';
import type { Fitter } from '../platforms/kit/fit-files.ts';
import type { DiscordOptions } from '../platforms/discord/index.ts';
import type { Pace as SlackPace, Slack } from '../platforms/slack/index.ts';
import { createTerminal, type Terminal, type TerminalOptions } from '../platforms/terminal/index.ts';
import { createWeb, type Web } from '../platforms/web/index.ts';
import type { Opened } from './lifecycle.ts';
import type { PresentBackend } from './present-backend.ts';
import { openWebTables } from './stores.ts';

/** What every chat is made of. */
export interface ChatDeps {
  commands: Commands;
  fitter: Fitter;
  clock: Clock;
  log: Log;
}

/** Makes a Discord that is not started; undefined where nobody has given its token. */
export function discordMaker(
  config: Config,
  deps: ChatDeps & Pick<DiscordOptions, 'editIntervalMs' | 'marks'>,
): (() => Promise<Chat>) | undefined {
  const { DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl, DISCORD_CDN_URL: cdnUrl } = config;
  if (token === undefined) return undefined;
  return async () => {
    // loaded only where it is used: it is half of the time that a start takes
    const { createDiscord } = await import('../platforms/discord/index.ts');
    return createDiscord({ ...deps, token, apiUrl, cdnUrl });
  };
}

/** As `discordMaker`. `made` is told of each: its posts have to find it. */
export function slackMaker(
  config: Config,
  {
    made,
    ...deps
  }: ChatDeps & {
    pace: Partial<SlackPace> | undefined;
    left: (guild: string) => void;
    made: (slack: Slack) => void;
  },
): (() => Promise<Chat>) | undefined {
  const {
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: apiUrl,
  } = config;
  if (botToken === undefined) return undefined;
  return async () => {
    const { createSlack } = await import('../platforms/slack/index.ts');
    const slack = createSlack({ ...deps, botToken, appToken, signingSecret, apiUrl });
    made(slack);
    return slack;
  };
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
  backend: PresentBackend;
  secrets: SecretBook;
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
    // asked each time: another one may take its place
    backend: {
      get name() {
        return backend.name;
      },
      get sandbox() {
        return backend.sandbox;
      },
      warnings,
    },
    chat: config.PLAYGROUND === 'on',
    door: { token, local: ADMIN_TOKEN === undefined, proxies },
    ...(await openWebTables(config, deps.log, opened)),
    directory: join(config.DATA_DIR, 'web'),
  });
}

export function pauseAll(chats: ReadonlyMap<string, Chat>): void {
  for (const chat of chats.values()) chat.pause();
}
