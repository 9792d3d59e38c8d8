/** Modals and the App Home, as the bot sends them. */
import { z } from 'zod';
import { viewBlocks } from './block-schema.ts';
import { plainText } from './block-text.ts';

const common = {
  blocks: viewBlocks,
  private_metadata: z.string().max(3000).optional(),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
};

const modal = z
  .strictObject({
    type: z.literal('modal'),
    ...common,
    title: plainText(24),
    submit: plainText(24).optional(),
    close: plainText(24).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
  })
  .superRefine((value, context) => {
    if (value.submit || !value.blocks.some((block) => block.type === 'input')) return;
    context.addIssue({ code: 'custom', message: 'missing required field: submit' });
  });

export const modalView = modal;
export const anyView = z.discriminatedUnion('type', [
  modal,
  z.strictObject({ type: z.literal('home'), ...common }),
]);

export type ViewBody = z.infer<typeof anyView>;
