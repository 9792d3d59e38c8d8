/** Who the bot is on Discord, and by which link it is added to a server. */
import { OAuth2Scopes, PermissionFlagsBits } from 'discord.js';

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
