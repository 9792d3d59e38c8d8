/** Who the bot is on Discord, and by which link it is added to a server; and whether its token is good, without connecting. */
import { DiscordAPIError, OAuth2Scopes, PermissionFlagsBits, REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { ChatAbout } from '../../core/chat.ts';
import { EaselError } from '../../core/errors.ts';
import { DISCORD } from './name.ts';

/** What it needs in a channel; commands themselves need nothing. */
const PERMISSIONS =
  PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages | PermissionFlagsBits.AttachFiles;

/** https://docs.discord.com/developers/topics/oauth2#bot-authorization-flow */
export function inviteLink(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: `${OAuth2Scopes.Bot} ${OAuth2Scopes.ApplicationsCommands}`,
    permissions: String(PERMISSIONS),
  });
  return `https://discord.com/oauth2/authorize?${query.toString()}`;
}

/** A bot from before unique names has a discriminator that is not `0`. */
export function nameOfBot({ username, discriminator }: { username: string; discriminator: string }): string {
  return discriminator === '0' ? username : `${username}#${discriminator}`;
}

const Bot = z.object({ username: z.string(), discriminator: z.string().catch('0') });
/** https://docs.discord.com/developers/resources/application */
const Application = z.object({
  id: z.string(),
  approximate_guild_count: z.number().optional().catch(undefined),
});

/**
 * Asks who the token's bot is, and where its gateway is, and identifies nowhere: of that a bot has about 1,000 a day. Rejects with
 * EaselError `token-refused` or `chat-unreachable`.
 */
export async function askDiscord(
  { token, apiUrl, timeoutMs }: { token: string; apiUrl?: string | undefined; timeoutMs: number },
  signal: AbortSignal,
): Promise<ChatAbout> {
  const rest = new REST({ timeout: timeoutMs, retries: 0, ...(apiUrl && { api: apiUrl }) }).setToken(token);
  try {
    const bot = Bot.parse(await rest.get(Routes.user(), { signal }));
    await rest.get(Routes.gatewayBot(), { signal });
    const application = Application.parse(await rest.get(Routes.currentApplication(), { signal }));
    return {
      as: nameOfBot(bot),
      guilds: application.approximate_guild_count,
      invite: inviteLink(application.id),
    };
  } catch (error) {
    const refused = error instanceof DiscordAPIError && error.status === 401;
    throw new EaselError(
      { code: refused ? 'token-refused' : 'chat-unreachable', platform: DISCORD },
      { cause: error },
    );
  } finally {
    rest.clearHandlerSweeper();
    rest.clearHashSweeper();
  }
}
