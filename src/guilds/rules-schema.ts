/** What the operator may rule; the border where the stored rules come back. */
import { z } from 'zod';
import { BOUNDS, MAX_ID } from './schema.ts';

/** Guilds or people in one list; words that are blocked for everybody. */
export const MAX_LISTED = 10_000;

const Ids = z.array(z.string().min(1).max(MAX_ID)).max(MAX_LISTED).default([]);
const limit = ({ min, max }: { min: number; max: number }) => z.number().int().min(min).max(max).optional();
const Limits = z.object({
  guildJobs: limit(BOUNDS.guildJobs),
  userJobs: limit(BOUNDS.userJobs),
  guildWaiting: limit(BOUNDS.guildWaiting),
  userWaiting: limit(BOUNDS.userWaiting),
});

export const OperatorRules = z.object({
  /** Above what all guilds may set; absent: what the environment says. */
  maxima: Limits.default({}),
  /** Where one guild may have more, by its id. */
  raised: z.record(z.string(), Limits).default({}),
  /** Guilds that alone may use this Easel; empty: all that are not blocked. */
  allowedGuilds: Ids,
  blockedGuilds: Ids,
  /** Served wherever they are; with `allowedGuilds` they are all who are. */
  allowedUsers: Ids,
  /** Everywhere: servers, direct messages, wherever they have installed it for themselves. */
  blockedUsers: Ids,
  /** Messages to the bot alone, and use by who installed it for themselves, in servers and elsewhere. */
  directMessages: z.boolean().default(true),
  userInstalls: z.boolean().default(true),
  /** For everybody, besides each guild's own. */
  blockedWords: z.array(z.string().min(1).max(100)).max(MAX_LISTED).default([]),
  /** Guilds that may use nodes which spend the operator's money. */
  partnerGuilds: Ids,
  /** No new job is taken. */
  closed: z.boolean().default(false),
});
export type OperatorRules = z.infer<typeof OperatorRules>;
