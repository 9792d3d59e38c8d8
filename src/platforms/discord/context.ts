/** A Discord interaction → caller, raw values and the address of its reply. */
import {
  ApplicationCommandOptionType,
  PermissionFlagsBits,
  type ChatInputCommandInteraction,
  type Interaction,
} from 'discord.js';
import { z } from 'zod';
import type { Caller } from '../../core/chat.ts';
import { EaselError } from '../../core/errors.ts';
import type { RawValues } from '../../templates/values.ts';
import { MAX_IMAGE_BYTES } from '../../commands/images.ts';
import { download } from '../download.ts';

export const DISCORD = 'discord';

/** Everything that is needed to edit the reply, also after a restart and after the token has expired. */
export const ReplyAddress = z.object({
  application: z.string(),
  /** The interaction's own token, good for 15 minutes; not the bot's. */
  token: z.string(),
  /** When the token expires, in ms since 1970. */
  expires: z.number(),
  channel: z.string(),
  message: z.string(),
  user: z.string(),
  /** Bytes for each file, as Discord stated it for this person and place. */
  fileLimit: z.number(),
});
export type ReplyAddress = z.infer<typeof ReplyAddress>;

/** https://discord.com/developers/docs/interactions/receiving-and-responding: valid for 15 minutes. */
const TOKEN_MS = 15 * 60 * 1000;
/** What every account may upload when Discord does not say. */
const DEFAULT_FILE_LIMIT = 10 * 1024 * 1024;

/** A direct message is a guild of its own: nobody else's limits apply there. */
export function callerOf(interaction: Interaction): Caller {
  return {
    platform: DISCORD,
    guild: interaction.guildId ?? `dm-${interaction.user.id}`,
    user: interaction.user.id,
    locale: interaction.locale,
    place: interaction.channelId ?? undefined,
    admin: interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false,
  };
}

/** `message` is the reply's id, `channel` its channel. */
export function addressOf(interaction: ChatInputCommandInteraction, message: string): ReplyAddress {
  return {
    application: interaction.applicationId,
    token: interaction.token,
    expires: interaction.createdTimestamp + TOKEN_MS,
    channel: interaction.channelId,
    message,
    user: interaction.user.id,
    fileLimit: interaction.attachmentSizeLimit || DEFAULT_FILE_LIMIT,
  };
}

/** Attachments are only named here; their bytes come when the job is queued, and only from `origins`. */
export function rawValues(interaction: ChatInputCommandInteraction, origins: readonly string[]): RawValues {
  const raw: RawValues = {};
  for (const option of interaction.options.data) {
    const { name, value, attachment } = option;
    if (option.type === ApplicationCommandOptionType.Attachment && attachment)
      raw[name] = {
        name: attachment.name,
        size: attachment.size,
        load: (signal) => load(name, attachment.name, attachment.url, origins, signal),
      };
    else if (value !== undefined) raw[name] = value;
  }
  return raw;
}

async function load(
  slot: string,
  name: string,
  url: string,
  origins: readonly string[],
  signal: AbortSignal,
): Promise<Uint8Array> {
  try {
    return await download(url, { origins, maxBytes: MAX_IMAGE_BYTES, signal });
  } catch (error) {
    throw new EaselError({ code: 'image-unreachable', slot, name }, { cause: error });
  }
}
