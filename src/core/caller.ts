/** Who speaks through a chat, and where. */
import type { Problem } from './errors.ts';

export interface Caller {
  platform: string;
  guild: string;
  user: string;
  /** Their own language, as a BCP 47 tag: of what only they read. */
  locale: string;
  /** The language of what everybody here reads, where that is another one; `Commands.recognise` says so. */
  publicLocale?: string | undefined;
  /** The channel: what was asked elsewhere in the guild is not told here word by word. */
  channel?: string | undefined;
  /** May cancel other people's jobs, and change templates and settings. */
  admin: boolean;
  /** It is who runs Easel, on their own page: no rule or maximum of theirs is for themselves. No chat says so of anybody. */
  operator?: boolean | undefined;
  /** Who brought Easel here, where a platform tells: the guild, or this person for themselves alone. */
  installed?: 'guild' | 'user' | undefined;
  /** It was said to Easel alone. */
  direct?: boolean | undefined;
  /** Why the operator's rules let them do nothing here; `Commands.recognise` says so. */
  barred?: Problem | undefined;
  /** Not of this guild, and here by way of another one (a channel that both share): never an admin, and may run where the guild lets them. */
  outsider?: true;
  /** Ids of their roles here. */
  roles?: readonly string[] | undefined;
  /**
   * What the platform says of `channel`; asked only when somebody wants to know. `afresh`: not what was remembered. Rejects
   * when it cannot be told.
   */
  lookAtChannel?: ((afresh?: boolean) => Promise<ChannelFacts>) | undefined;
}

/** Of what everybody reads who reads what they are answered. */
export function publicLocaleOf({
  locale,
  publicLocale = locale,
}: Pick<Caller, 'locale' | 'publicLocale'>): string {
  return publicLocale;
}

export interface ChannelFacts {
  /** Marked as for adults. */
  ageRestricted: boolean;
  /** The channel that a thread belongs to. */
  parent?: string | undefined;
}
