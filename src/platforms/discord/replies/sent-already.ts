/**
 * Whether a follow-up stands in its channel already: a webhook takes no nonce, so one whose answer was lost, or which a
 * process sent just before it died, is looked for before it is sent again.
 */
import { DiscordAPIError, Routes } from 'discord.js';
import { z } from 'zod';
import type { ReplyAddress } from '../events/context.ts';
import type { LadderOptions } from './ways.ts';

const Messages = z.array(
  z.object({
    author: z.object({ id: z.string() }),
    application_id: z.string().optional(),
    attachments: z.array(z.object({ filename: z.string() })),
  }),
);

/** `names`: what its files may be called. Also false where the channel may not be read. The backend's file names are unique enough to tell. */
export async function wasSaid(
  address: ReplyAddress,
  names: readonly (readonly { name: string }[])[],
  signal: AbortSignal,
  { rest, log }: LadderOptions,
): Promise<boolean> {
  if (address.private || names.every((files) => files.length === 0)) return false;
  try {
    const messages = Messages.parse(await rest.get(Routes.channelMessages(address.channel), { signal }));
    const wanted = names.map((files) => files.map(({ name }) => stem(name)).join('/'));
    return messages.some(
      ({ author, application_id: application, attachments }) =>
        [author.id, application].includes(address.application) &&
        wanted.includes(attachments.map(({ filename }) => stem(filename)).join('/')),
    );
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    log.info({ err: error }, 'a channel cannot be read');
    return false;
  }
}

/** Without what Discord or a smaller encoding changes in a name. */
function stem(name: string): string {
  return name.replace(/\.[^.]*$/, '').replaceAll(/[^\p{L}\p{N}]/gu, '');
}
