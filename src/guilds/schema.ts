/** What a guild's admins may set; the border where a stored record comes back. */
import { z } from 'zod';

export const MAX_ID = 100;
const Id = z.string().min(1).max(MAX_ID);
/** Roles, people or channels in one setting; blocked words. */
export const MAX_NAMED = 100;
export const MAX_WORDS = 500;
/** Characters of a model's name, with its folders. */
export const MAX_MODEL = 300;
const Ids = z.array(Id).max(MAX_NAMED).default([]);

/** Bounds for what an admin may set. */
export const BOUNDS = {
  guildJobs: { min: 1, max: 100 },
  userJobs: { min: 1, max: 100 },
  guildWaiting: { min: 1, max: 1000 },
  userWaiting: { min: 1, max: 1000 },
} as const;

const within = ({ min, max }: { min: number; max: number }) => z.number().int().min(min).max(max);

export const GuildSettings = z.object({
  /** Jobs at once; absent: the operator's default. */
  guildJobs: within(BOUNDS.guildJobs).optional(),
  userJobs: within(BOUNDS.userJobs).optional(),
  /** How many may wait; absent: the default. */
  guildWaiting: within(BOUNDS.guildWaiting).optional(),
  userWaiting: within(BOUNDS.userWaiting).optional(),
  /** The template that words without a template's name go to. */
  defaultTemplate: z.string().optional(),
  /** By template: the model that it takes where nobody names one. One that is not there any more counts as none. */
  models: z.record(z.string().max(MAX_ID), z.string().min(1).max(MAX_MODEL)).default({}),
  /** Of what everybody here reads; absent: that of the person whom it answers. */
  language: z.string().optional(),
  /** Answers are in the language of the person whom they are for, also where everybody reads them. */
  ownLanguage: z.boolean().default(false),
  /** Besides those whom the platform calls admins. */
  adminRoles: Ids,
  adminUsers: Ids,
  /** Who may run anything, and where; empty: everybody, everywhere. */
  allowedRoles: Ids,
  allowedChannels: Ids,
  blockedWords: z.array(z.string().min(1).max(100)).max(MAX_WORDS).default([]),
  bannedUsers: Ids,
  /** Whether people of other workspaces, who share a channel with this one, may run anything. */
  outsiders: z.boolean().default(false),
});
export type GuildSettings = z.infer<typeof GuildSettings>;

export const NO_SETTINGS: GuildSettings = GuildSettings.parse({});

export const AuditEntry = z.object({
  /** Milliseconds since 1970. */
  at: z.number(),
  by: z.string(),
  /** What was done, as a verb of `commands/`: `template.publish`, `settings.change`. */
  act: z.string(),
  /** On what: a template's name, a setting's. */
  subject: z.string(),
  detail: z.string().optional(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
