/** Who speaks and where, in Slack's payloads → caller, attachments and the address of a reply. */
import type { webApi } from '@slack/bolt';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { BODY_NAMES } from '../../../core/bodies.ts';
import { publicLocaleOf, type Caller } from '../../../core/caller.ts';
import { EaselError } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import { expiring, soon, type Clock } from '../../../core/time.ts';
import { MAX_FILE_BYTES } from '../../../templates/slots/file.ts';
import type { Attachment } from '../../../templates/values.ts';
import { download } from '../../kit/download.ts';
import { retried } from '../../kit/retried.ts';
import { slackError } from '../errors.ts';
import { SLACK } from '../name.ts';
import { patiently } from '../replies/patiently.ts';

/** Where a job's reply is, so that it can be updated after a restart. */
export const ReplyAddress = z.object({
  channel: z.string(),
  /** The reply's own timestamp, which is its id. */
  ts: z.string(),
  /** The thread that it stands in. */
  thread: z.string().nullable(),
  user: z.string(),
  /** A file that is just being shared in the reply's thread. */
  sharing: z.string().exactOptional(),
  /** Pictures of the final reply that Slack has already, shown nowhere yet: ids by their place among its files; `!word`: why it has not. */
  uploaded: z.record(z.string(), z.string()).exactOptional(),
  /** A message beside the reply that these pictures are hung on. */
  hanging: z.string().exactOptional(),
  /** Where files go that may not be shared beside the reply: the person's direct messages. */
  direct: z.string().exactOptional(),
  /** What was taken last of the live edits, where it was less than everything; with `last`, nothing more is said on the way. */
  body: z.enum(BODY_NAMES).exactOptional(),
});
export type ReplyAddress = z.infer<typeof ReplyAddress>;

/** The address of a reply that is still to be made. */
export function addressBefore({ channel, thread }: Conversation, user: string): ReplyAddress {
  return { channel, ts: '', thread: thread ?? null, user };
}

/** Where somebody asked: replies go there. */
export interface Conversation {
  channel: string;
  thread?: string | undefined;
  /** A person writes to Easel there, who has nobody to be told apart from: answers are messages, and stay. */
  direct?: boolean | undefined;
}

/** Only two read what is said there: the id of a direct message's channel begins with D. */
export function isDirect(channel: string): boolean {
  return channel.startsWith('D');
}

/** The language of what is said there. */
export function localeIn({ channel }: Pick<Conversation, 'channel'>, caller: Caller): string {
  return isDirect(channel) ? caller.locale : publicLocaleOf(caller);
}

export interface Person {
  /** The workspace that Easel is asked in. */
  team: string;
  user: string;
  /** Where the payload says that they belong; undefined when it does not say. Believed only while Slack cannot be asked. */
  from?: string | undefined;
}

export interface People {
  /**
   * Who they are to Easel. Never rejects: without an answer in time they get English and no rights, and are of this
   * workspace only if the payload says so.
   */
  caller(person: Person): Promise<Caller>;
}

const UserInfo = z.object({
  user: z.object({
    locale: z.string().optional(),
    /** The workspace that they belong to; in an organisation, one of theirs. */
    team_id: z.string().optional(),
    enterprise_user: z.object({ teams: z.array(z.string()).optional() }).optional(),
    /** Of another workspace, and seen in a channel that is shared with it (Slack Connect). */
    is_stranger: z.boolean().optional(),
    /** What they are in their own workspace. */
    is_admin: z.boolean().optional(),
    is_owner: z.boolean().optional(),
    /** Guests of one channel are both. */
    is_restricted: z.boolean().optional(),
    is_ultra_restricted: z.boolean().optional(),
    deleted: z.boolean().optional(),
  }),
});
type UserInfo = z.infer<typeof UserInfo>['user'];

function isMember({ team_id: own, enterprise_user: grid, is_stranger: stranger }: UserInfo, team: string) {
  if (stranger === true || team === '') return false;
  return own === team || grid?.teams?.includes(team) === true;
}

/** What somebody is elsewhere gives no rights here. */
function isAdmin(info: UserInfo): boolean {
  const guest = info.is_restricted === true || info.is_ultra_restricted === true;
  return (info.is_admin === true || info.is_owner === true) && !guest && info.deleted !== true;
}

/** People whose language and rights are remembered, and for how long, in ms; who falls out is looked up again. */
const MAX_REMEMBERED = 5000;
const REMEMBER_MS = 10 * 60 * 1000;
const LOOK_MS = 1000;

/** `home`: the workspace that has installed Easel, the only one whose people have rights; undefined until it is known. */
export function createPeople(
  client: webApi.WebClient,
  home: () => string | undefined,
  clock: Clock,
  log: Log,
): People {
  const known = new LRUCache<string, Caller>({ max: MAX_REMEMBERED, ...expiring(clock, REMEMBER_MS) });

  async function look({ team, user }: Person, stranger: Caller): Promise<Caller> {
    try {
      const { user: info } = UserInfo.parse(await client.users.info({ user, include_locale: true }));
      const member = team === home() && isMember(info, team);
      const caller = callerOf({ team, user }, info.locale, member, member && isAdmin(info));
      known.set(`${team}/${user}`, caller);
      return caller;
    } catch (error) {
      log.warn({ guild: team, err: error }, 'a person could not be looked up');
      return stranger;
    }
  }

  return {
    async caller(person) {
      const { team, user, from } = person;
      const found = known.get(`${team}/${user}`);
      if (found) return found;
      const stranger = callerOf(person, undefined, team === home() && from === team, false);
      // a form must be opened within 3 s of the command: a slow answer is for the next time
      return (await soon(LOOK_MS, look(person, stranger), clock)) ?? stranger;
    },
  };
}

function callerOf({ team: guild, user }: Person, locale = 'en-US', member: boolean, admin: boolean): Caller {
  return { platform: SLACK, guild, user, locale, admin, ...(!member && { outsider: true }) };
}

/** A file in Slack's payloads. */
export const SlackFile = z.object({
  id: z.string(),
  name: z.string().nullish(),
  mimetype: z.string().nullish(),
  /** In bytes. */
  size: z.number().nullish(),
});
export type SlackFile = z.infer<typeof SlackFile>;

const FileInfo = z.object({
  file: z.object({ size: z.number().optional(), url_private: z.string() }),
});

export interface Files {
  client: webApi.WebClient;
  clock: Clock;
  token: string;
  /** Where files may be fetched from. */
  origins: readonly string[];
}

/** A file that a person gave, fetched with the bot's token, and only from Slack's own hosts. */
export function attachment(
  slot: string,
  { id, name, size }: SlackFile,
  { client, clock, token, origins }: Files,
): Attachment {
  const shown = name ?? id;
  return {
    name: shown,
    size: size ?? undefined,
    async load(signal) {
      try {
        const info = () => patiently(() => client.files.info({ file: id }), clock, signal);
        const passing = (error: unknown) => slackError(error).code === undefined;
        const { file } = FileInfo.parse(await retried(info, { signal, clock, passing }));
        if ((file.size ?? 0) > MAX_FILE_BYTES)
          throw new EaselError({
            code: 'image-too-large',
            slot,
            size: file.size ?? 0,
            maxSize: MAX_FILE_BYTES,
          });
        const headers = { authorization: `Bearer ${token}` };
        return await download(file.url_private, {
          origins,
          maxBytes: MAX_FILE_BYTES,
          size: file.size,
          signal,
          headers,
          clock,
        });
      } catch (error) {
        if (error instanceof EaselError) throw error;
        throw new EaselError({ code: 'image-unreachable', slot, name: shown }, { cause: error });
      }
    },
  };
}
