/** The blocks that this fake knows; a newer kind is refused here, so that a bot does not use it untested. */
import { z } from 'zod';
import { anyText, hasOnePicture, identifier, ONE_PICTURE, picture, plainText } from './block-text.ts';
import { accessory, actionElement, image, inputElement } from './element-schema.ts';
import { richText } from './rich-text-schema.ts';

const head = { block_id: identifier };

const section = z
  .strictObject({
    type: z.literal('section'),
    ...head,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine((value) => value.text ?? value.fields, 'must define either `text` or `fields`');

const imageBlock = z
  .strictObject({ type: z.literal('image'), ...head, ...picture, title: plainText(2000).optional() })
  .refine(hasOnePicture, ONE_PICTURE);

const input = z.strictObject({
  type: z.literal('input'),
  ...head,
  label: plainText(2000),
  element: inputElement,
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
});

const block = z.discriminatedUnion('type', [
  section,
  imageBlock,
  input,
  z.strictObject({ type: z.literal('header'), ...head, text: plainText(150) }),
  z.strictObject({ type: z.literal('divider'), ...head }),
  z.strictObject({
    type: z.literal('context'),
    ...head,
    elements: z
      .array(z.union([anyText(3000), image]))
      .min(1)
      .max(10),
  }),
  z.strictObject({ type: z.literal('actions'), ...head, elements: z.array(actionElement).min(1).max(25) }),
  z.strictObject({ type: z.literal('markdown'), ...head, text: z.string().min(1).max(12_000) }),
  z.strictObject({ type: z.literal('rich_text'), ...head, elements: z.array(richText).min(1) }),
]);

export type Block = z.infer<typeof block>;

export const messageBlocks = z.array(block).max(50);
export const viewBlocks = z.array(block).max(100);
