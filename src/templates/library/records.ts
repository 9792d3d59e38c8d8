/** The shape of what guilds have made of templates, as it is stored. */
import { z } from 'zod';
import type { Unlisted } from '../../core/chat.ts';
import type { Slot } from '../../core/template.ts';
import { LanguagesSchema } from '../languages/schema.ts';
import { SlotSchema } from '../slots/index.ts';

const AccessRecord = z.object({
  roles: z.array(z.string()).default([]),
  channels: z.array(z.string()).default([]),
  ageRestricted: z.boolean().default(false),
});

/** Texts of the files, byte for byte. */
export const Documents = z.object({
  template: z.string(),
  workflow: z.string(),
  /** Of the workflows beside it, by name; only what comes with Easel has any. */
  variants: z.record(z.string(), z.string()).optional(),
  /** Of its words in other languages, those that nobody wrote: detection suggested them. Not in any file. */
  suggested: LanguagesSchema.optional(),
});
export type Documents = z.infer<typeof Documents>;

/** One publish. */
export const Version = z.object({
  number: z.number().int().min(1),
  by: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
  /** Set when it brought back an older one. */
  from: z.number().optional(),
  /** Its nodes that spend the operator's money, as the backend said; absent where it could not be asked. */
  partners: z.array(z.string()).optional(),
  /** Its words were judged: it names no files but its guild's. Versions from before that keep what they name. */
  ownFiles: z.boolean().default(false),
});
export type Version = z.infer<typeof Version>;

/** A guild's own template, without its documents. */
export const Head = z.object({
  /** Goes on through renames. */
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  /** The newest last; the last one is what people use. */
  versions: z.array(Version).min(1),
  disabled: z.boolean().default(false),
  access: AccessRecord.prefault({}),
  /** What the backend lacked when it was published all the same: `templates/check.ts` `keyOf`. */
  accepted: z.array(z.string()).default([]),
  /** What its admins have been notified of that the backend lacks by now; stored under this name. */
  told: z.array(z.string()).default([]),
});
export type Head = z.infer<typeof Head>;

export const Shelf = z.object({
  platform: z.string(),
  own: z.array(Head).default([]),
  /** What was done with built-in templates, by name. */
  builtin: z
    .record(z.string(), z.object({ hidden: z.boolean().default(false), access: AccessRecord.prefault({}) }))
    .default({}),
  /** Its own that the platform's menu has no entry for, and why: there was no room, or it was refused. */
  unlisted: z.array(z.object({ name: z.string(), refused: z.string().exactOptional() })).default([]),
  /** Built-in ones that have a command of this guild's own there, since everybody's menu has no room for them. */
  shared: z.array(z.string()).default([]),
  /** The platform may not know the newest state yet: a publish was cut short. Stored under this name. */
  unsaid: z.boolean().default(false),
});
export type Shelf = z.infer<typeof Shelf>;

const StoredSlot: z.ZodType<Slot> = SlotSchema;

/** A template that an admin is working on. */
export const Draft = z.object({
  id: z.uuid(),
  guild: z.string(),
  platform: z.string(),
  user: z.string(),
  /** The published template that it will be a new version of. */
  head: z.string().optional(),
  name: z.string(),
  description: z.string(),
  /** In the order of the command's options. */
  slots: z.array(z.object({ name: z.string(), slot: StoredSlot })),
  languages: LanguagesSchema.optional(),
  /** As `Documents.suggested`. */
  suggested: LanguagesSchema.optional(),
  outputs: z.array(z.string()).optional(),
  runLimitMinutes: z.number().optional(),
  /** The workflow as it was exported, byte for byte. */
  workflow: z.string(),
  /** False: nobody has worked on it since it was begun. Absent: it is from before this was written down. */
  changed: z.boolean().optional(),
  /** True: a test run of it as it is went well, and left nothing to post. */
  bare: z.boolean().optional(),
});
export type Draft = z.infer<typeof Draft>;

export function emptyAccess(): Head['access'] {
  return { roles: [], channels: [], ageRestricted: false };
}

export function emptyShelf(platform: string): Shelf {
  return { platform, own: [], builtin: {}, unlisted: [], shared: [], unsaid: false };
}

export function storedUnlisted({ name, refused }: Unlisted): Shelf['unlisted'][number] {
  return { name, ...(refused !== undefined && { refused }) };
}
