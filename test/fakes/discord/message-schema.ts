/** The body of a message, as the bot may send it to a webhook, a channel or an interaction callback. */
import { z } from 'zod';

const url = z.string().max(2048).nullish();
const image = z.looseObject({ url }).nullish();

const embed = z.strictObject({
  type: z.string().nullish(),
  url,
  title: z.string().max(256).nullish(),
  color: z.int().min(0).max(0xffffff).nullish(),
  timestamp: z.string().nullish(),
  description: z.string().max(4096).nullish(),
  author: z.looseObject({ name: z.string().max(256).nullish(), url, icon_url: url }).nullish(),
  image,
  thumbnail: image,
  footer: z.looseObject({ text: z.string().max(2048).nullish(), icon_url: url }).nullish(),
  fields: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(256),
        value: z.string().min(1).max(1024),
        inline: z.boolean().nullish(),
      }),
    )
    .max(25)
    .nullish(),
  provider: z.looseObject({}).nullish(),
  video: image,
});

const snowflake = z.string().regex(/^\d{17,19}$/);

const allowedMentions = z
  .strictObject({
    parse: z.array(z.enum(['users', 'roles', 'everyone'])).nullish(),
    users: z.array(snowflake).max(100).nullish(),
    roles: z.array(snowflake).max(100).nullish(),
    replied_user: z.boolean().nullish(),
  })
  .superRefine((value, context) => {
    for (const kind of ['users', 'roles'] as const)
      if (value.parse?.includes(kind) && value[kind]?.length)
        context.addIssue({
          code: 'custom',
          path: [kind],
          message: `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
          params: { code: 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE' },
        });
  });

const attachment = z.strictObject({
  id: z.union([z.string(), z.int()]).transform(String),
  filename: z.string().min(1).max(1024).nullish(),
  description: z.string().max(1024).nullish(),
  title: z.string().max(1024).nullish(),
  duration_secs: z.number().nullish(),
  waveform: z.string().nullish(),
  is_spoiler: z.boolean().nullish(),
});

/**
 * discord.js writes `tts` and `enforce_nonce` into every body, also where Discord's description lacks them: they are
 * let through. What Discord would silently ignore is refused here, since it is a mistake all the same.
 */
export const messageSchema = z.strictObject({
  content: z.string().max(2000).nullish(),
  embeds: z.array(embed).max(10).nullish(),
  allowed_mentions: allowedMentions.nullish(),
  components: z.array(z.unknown()).nullish(),
  attachments: z.array(attachment).max(10).nullish(),
  flags: z.int().min(0).nullish(),
  tts: z.boolean().nullish(),
  nonce: z.union([z.string().max(25), z.int()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  message_reference: z
    .looseObject({ message_id: snowflake, fail_if_not_exists: z.boolean().nullish() })
    .nullish(),
});

export type MessageBody = z.infer<typeof messageSchema>;
export type Embed = z.infer<typeof embed>;
export type AttachmentReference = z.infer<typeof attachment>;

export const MessageFlag = {
  suppressEmbeds: 1 << 2,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  suppressNotifications: 1 << 12,
  componentsV2: 1 << 15,
} as const;
