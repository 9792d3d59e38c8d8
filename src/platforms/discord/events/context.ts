/** A Discord interaction → caller, raw values and the address of its reply. */
import {
  ApplicationCommandOptionType,
  PermissionFlagsBits,
  type Attachment,
  type ChatInputCommandInteraction,
  type Interaction,
  type RepliableInteraction,
} from 'discord.js';
import { z } from 'zod';
import { BODY_NAMES } from '../../../core/bodies.ts';
import type { Caller } from '../../../core/caller.ts';
import { EaselError } from '../../../core/errors.ts';
import { MAX_FILE_BYTES } from '../../../templates/slots/file.ts';
import type { Attachment as SlotAttachment, RawValues } from '../../../templates/values.ts';
import { download } from '../../kit/download.ts';
import type { Channels } from '../channels.ts';
import { MESSAGE, TOKEN_MS } from '../limits.ts';
import { DISCORD } from '../name.ts';

/** Everything that is needed to edit the reply, also after a restart and after the token has expired. */
export const ReplyAddress = z.object({
  application: z.string(),
  /** The interaction's own token, good for 15 minutes; not the bot's. */
  token: z.string(),
  /** When the token expires, in ms since 1970; without it, the bot's own way is taken. */
  expires: z.number().catch(0),
  channel: z.string(),
  message: z.string(),
  user: z.string(),
  /** Bytes for each file, as Discord stated it for this person and place. */
  fileLimit: z.number().catch(MESSAGE.fileBytes),
  /** Only its person sees it: it is a follow-up of the interaction, which the bot's own token cannot reach. */
  private: z.boolean().default(false),
  /** It is a follow-up below the panel in which it was asked for, which everybody may see. */
  beside: z.literal(true).exactOptional(),
  /** The direct message that it answers: there is no interaction, and the token is empty. */
  answers: z.string().exactOptional(),
  /** What was taken last of the live edits, where it was less than everything; with `last`, nothing more is said on the way. */
  body: z.enum(BODY_NAMES).exactOptional(),
});
export type ReplyAddress = z.infer<typeof ReplyAddress>;

/** Stands for a reply that is not there yet; Discord knows no such message. */
export const UNKNOWN_MESSAGE = '0';

/** A direct message is a guild of its own: nobody else's limits apply there. */
export function callerOf(interaction: Interaction, channels: Channels): Caller {
  const { channelId } = interaction;
  return {
    platform: DISCORD,
    guild: interaction.guildId ?? `dm-${interaction.user.id}`,
    user: interaction.user.id,
    locale: interaction.locale,
    channel: channelId ?? undefined,
    admin: interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false,
    installed: installedBy(interaction),
    direct: interaction.guildId === null,
    roles: rolesOf(interaction),
    lookAtChannel: channelId === null ? undefined : (afresh) => channels.look(channelId, afresh),
  };
}

/**
 * https://discord.com/developers/docs/interactions/receiving-and-responding: `0` names the server that installed it, or is
 * "0" in a direct message with the bot; `1` names the person who did so for themselves. Both may be there: then the server
 * has it too. What names nobody is an old payload of a server's.
 */
function installedBy({ authorizingIntegrationOwners: owners, guildId }: Interaction): 'guild' | 'user' {
  const isServers = owners.guildId === (guildId ?? '0');
  return isServers || owners.userId === null ? 'guild' : 'user';
}

/** Everybody has the role that has the guild's own id (@everyone). */
function rolesOf({ guildId, member }: Interaction): string[] {
  if (guildId === null || !member) return [];
  const roles = Array.isArray(member.roles) ? member.roles : [...member.roles.cache.keys()];
  return [guildId, ...roles];
}

/** `message` is the reply's id; a private one is a follow-up. */
export function addressOf(
  interaction: RepliableInteraction,
  message: string,
  isPrivate = false,
): ReplyAddress {
  return {
    application: interaction.applicationId,
    token: interaction.token,
    expires: interaction.createdTimestamp + TOKEN_MS,
    channel: interaction.channelId ?? '',
    message,
    user: interaction.user.id,
    fileLimit: interaction.attachmentSizeLimit || MESSAGE.fileBytes,
    private: isPrivate,
  };
}

/** Attachments are only named here; their bytes come when the job is queued, and only from `origins`. */
export function rawValues(interaction: ChatInputCommandInteraction, origins: readonly string[]): RawValues {
  const raw: RawValues = {};
  for (const option of interaction.options.data) {
    const { name, value, attachment } = option;
    if (option.type === ApplicationCommandOptionType.Attachment && attachment)
      raw[name] = fileFor(name, attachment, origins);
    else if (value !== undefined) raw[name] = value;
  }
  return raw;
}

/** A file as it was uploaded: without the `width` and `height` that make Discord's CDN draw a picture anew. */
export function fileOf(
  { name, size, url }: Pick<Attachment, 'name' | 'size' | 'url'>,
  origins: readonly string[],
  maxBytes: number,
): SlotAttachment {
  return { name, size, load: (signal) => download(asUploaded(url), { origins, maxBytes, size, signal }) };
}

export function fileFor(
  slot: string,
  attachment: Pick<Attachment, 'name' | 'size' | 'url'>,
  origins: readonly string[],
): SlotAttachment {
  const { name } = attachment;
  const file = fileOf(attachment, origins, MAX_FILE_BYTES);
  return {
    ...file,
    async load(signal) {
      try {
        return await file.load(signal);
      } catch (error) {
        throw new EaselError({ code: 'image-unreachable', slot, name }, { cause: error });
      }
    },
  };
}

function asUploaded(address: string): string {
  const url = new URL(address);
  for (const key of ['width', 'height', 'format', 'quality']) url.searchParams.delete(key);
  return url.href;
}
