/** Who speaks and where, in Slack's payloads → caller, attachments and the address of a reply. */
import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import { MAX_IMAGE_BYTES } from '../../commands/images.ts';
import type { Caller } from '../../core/chat.ts';
import { EaselError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Attachment } from '../../templates/values.ts';
import { download } from '../download.ts';

export const SLACK = 'slack';

/** Where a job's reply is, so that it can be updated after a restart. */
export const ReplyAddress = z.object({
  channel: z.string(),
  /** The reply's own timestamp, which is its id. */
  ts: z.string(),
  /** The thread that it stands in. */
  thread: z.string().nullable(),
  user: z.string(),
});
export type ReplyAddress = z.infer<typeof ReplyAddress>;

/** Where somebody asked: replies go there. */
export interface Place {
  channel: string;
  thread?: string | undefined;
}

export interface Person {
  team: string;
  user: string;
}

export interface People {
  /** Who they are to Easel. Never rejects: without an answer they get English and no rights. */
  caller(person: Person): Promise<Caller>;
}

const UserInfo = z.object({
  user: z.object({
    locale: z.string().optional(),
    is_admin: z.boolean().optional(),
    is_owner: z.boolean().optional(),
  }),
});

/** People whose language and rights are remembered, and for how long, in ms. */
const MAX_REMEMBERED = 5000;
const REMEMBER_MS = 10 * 60 * 1000;

export function createPeople(client: webApi.WebClient, now: () => number, log: Log): People {
  const known = new Map<string, { caller: Caller; until: number }>();
  return {
    async caller({ team, user }) {
      const id = `${team}/${user}`;
      const found = known.get(id);
      if (found && found.until > now()) return found.caller;
      const caller: Caller = { platform: SLACK, guild: team, user, locale: 'en-US', admin: false };
      try {
        const { user: info } = UserInfo.parse(await client.users.info({ user, include_locale: true }));
        caller.locale = info.locale ?? caller.locale;
        caller.admin = info.is_admin === true || info.is_owner === true;
      } catch (error) {
        log.warn({ guild: team, err: error }, 'a person could not be looked up');
        return caller;
      }
      known.delete(id);
      if (known.size >= MAX_REMEMBERED) known.delete(known.keys().next().value ?? id);
      known.set(id, { caller, until: now() + REMEMBER_MS });
      return caller;
    },
  };
}

const FileInfo = z.object({
  file: z.object({ name: z.string().nullish(), size: z.number().optional(), url_private: z.string() }),
});

export interface Files {
  client: webApi.WebClient;
  token: string;
  /** Where files may be fetched from. */
  origins: readonly string[];
}

/** A file that a person gave, fetched with the bot's token, and only from Slack's own hosts. */
export function attachment(slot: string, id: string, { client, token, origins }: Files): Attachment {
  return {
    name: id,
    async load(signal) {
      try {
        const { file } = FileInfo.parse(await client.files.info({ file: id }));
        if ((file.size ?? 0) > MAX_IMAGE_BYTES)
          throw new EaselError({
            code: 'image-too-large',
            slot,
            size: file.size ?? 0,
            maxSize: MAX_IMAGE_BYTES,
          });
        const headers = { authorization: `Bearer ${token}` };
        return await download(file.url_private, { origins, maxBytes: MAX_IMAGE_BYTES, signal, headers });
      } catch (error) {
        if (error instanceof EaselError) throw error;
        throw new EaselError({ code: 'image-unreachable', slot, name: id }, { cause: error });
      }
    },
  };
}
