/** The small parts that blocks and elements are made of: texts, options, confirmations, pictures. */
import { z } from 'zod';

export const identifier = z.string().min(1).max(255).optional();

export function plainText(max: number) {
  return z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(max),
    emoji: z.boolean().optional(),
  });
}

function mrkdwn(max: number) {
  return z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(max),
    verbatim: z.boolean().optional(),
  });
}

export function anyText(max: number) {
  return z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);
}

export const confirm = z
  .strictObject({
    title: plainText(100),
    text: anyText(300),
    confirm: plainText(30),
    deny: plainText(30),
    style: z.enum(['primary', 'danger']).optional(),
  })
  .optional();

/** An option's value: Slack's reference says 150; its type declarations still say 75. */
export const plainOption = z.strictObject({
  text: plainText(75),
  value: z.string().max(150),
  description: plainText(75).optional(),
});

/** Checkboxes and radio buttons may have formatted options. */
export const anyOption = z.strictObject({
  text: anyText(75),
  value: z.string().max(150),
  description: anyText(75).optional(),
});

export const optionGroup = z.strictObject({ label: plainText(75), options: z.array(plainOption).max(100) });

const slackFile = z
  .strictObject({
    id: z
      .string()
      .regex(/^F[A-Z0-9]{8,}$/, 'input must match regex pattern: ^[F][A-Z0-9]{8,}$')
      .optional(),
    url: z.url().optional(),
  })
  .refine(
    (value) => (value.id === undefined) !== (value.url === undefined),
    'must define either `id` or `url`',
  );

/** The fields of an image block and of an image element that say which picture it is. */
export const picture = {
  alt_text: z.string().min(1).max(2000),
  image_url: z
    .url({ protocol: /^https$/, error: 'must be an https URL' })
    .max(3000)
    .optional(),
  slack_file: slackFile.optional(),
};

export function hasOnePicture(value: { image_url?: string | undefined; slack_file?: unknown }): boolean {
  return (value.image_url === undefined) !== (value.slack_file === undefined);
}

export const ONE_PICTURE = 'must define either `slack_file` or `image_url`';
