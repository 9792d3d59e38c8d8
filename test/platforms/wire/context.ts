/** Who is at the other end, what they attach, and where a job's reply is. Whoever connects is believed: this is for tests. */
import { z } from 'zod';
import type { Caller } from '../../../src/core/caller.ts';
import type { Attachment } from '../../../src/templates/values.ts';
import type { Asked } from './protocol.ts';

export const WIRE = 'wire';

/** As the address of the connection says. */
export const Person = z.object({
  guild: z.string().default('here'),
  user: z.string(),
  locale: z.string().default('en'),
  channel: z.string().default('lobby'),
  admin: z.stringbool().default(false),
});
export type Person = z.infer<typeof Person>;

export function callerOf(person: Person): Caller {
  return { platform: WIRE, ...person, roles: [], lookAtChannel: async () => ({ ageRestricted: false }) };
}

export const ReplyAddress = z.object({ message: z.string() });

export function attachments(asked: Asked): Record<string, Attachment> {
  const files = 'files' in asked ? asked.files : {};
  const entries = Object.entries(files).map(([key, { name, base64 }]) => {
    const bytes = Buffer.from(base64, 'base64');
    return [key, { name, size: bytes.length, load: async () => bytes }] as const;
  });
  return Object.fromEntries(entries);
}
