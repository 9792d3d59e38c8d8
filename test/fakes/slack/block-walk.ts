/** Finding things inside blocks: words, controls, pictures. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Block } from './block-schema.ts';

const text = z.object({ type: z.enum(['plain_text', 'mrkdwn']), text: z.string() });
const option = z.looseObject({ text, value: z.string().default('') });

export type Option = z.infer<typeof option>;

const element = z.looseObject({
  type: z.string(),
  action_id: z.string(),
  value: z.string().optional(),
  text: text.optional(),
  style: z.string().optional(),
  options: z.array(option).optional(),
  option_groups: z.array(z.looseObject({ options: z.array(option) })).optional(),
  initial_value: z.string().optional(),
  initial_option: option.optional(),
  initial_options: z.array(option).optional(),
  initial_users: z.array(z.string()).optional(),
  initial_conversations: z.array(z.string()).optional(),
  min_query_length: z.number().optional(),
  min_length: z.number().optional(),
  max_length: z.number().optional(),
  min_value: z.string().optional(),
  max_value: z.string().optional(),
  is_decimal_allowed: z.boolean().optional(),
  max_files: z.number().optional(),
  filetypes: z.array(z.string()).optional(),
  max_selected_items: z.number().optional(),
});

/** A button, select or input, with the block that it is in. */
export interface Control extends z.infer<typeof element> {
  readonly blockId: string;
  /** It stands in an input block, and nobody is told of it before the form is submitted. */
  readonly silent: boolean;
}

export interface Picture {
  readonly id?: string | undefined;
  readonly url?: string | undefined;
  /** JSON pointer of the slack_file. */
  readonly at: string;
}

/** Slack gives names to blocks and elements that the bot left without. */
export function withIds(blocks: readonly Block[]): Block[] {
  const name = (): string => randomBytes(4).toString('base64url');
  const named = <T extends { type: string; action_id?: unknown }>(one: T): T =>
    one.action_id === undefined && !['image', 'plain_text', 'mrkdwn'].includes(one.type)
      ? { ...one, action_id: name() }
      : one;
  return blocks.map((block) => {
    const whole = { ...block, block_id: block.block_id ?? name() };
    if (whole.type === 'actions') return { ...whole, elements: whole.elements.map(named) };
    if (whole.type === 'input') return { ...whole, element: named(whole.element) };
    if (whole.type === 'section' && whole.accessory) return { ...whole, accessory: named(whole.accessory) };
    return whole;
  });
}

export function controlsIn(blocks: readonly Block[]): Control[] {
  return blocks.flatMap((block) =>
    partsOf(block).flatMap((part) => {
      const parsed = element.safeParse(part);
      const silent = block.type === 'input' && block.dispatch_action !== true;
      return parsed.success ? [{ ...parsed.data, blockId: block.block_id ?? '', silent }] : [];
    }),
  );
}

function partsOf(block: Block): readonly unknown[] {
  if (block.type === 'actions') return block.elements;
  if (block.type === 'input') return [block.element];
  return block.type === 'section' && block.accessory ? [block.accessory] : [];
}

/** Every text object in any JSON, in order. */
export function textsIn(value: unknown): z.infer<typeof text>[] {
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item));
  if (typeof value !== 'object' || value === null) return [];
  const parsed = text.safeParse(value);
  if (parsed.success) return [parsed.data];
  const { type, text: words } = value as { type?: unknown; text?: unknown };
  if (type === 'markdown' && typeof words === 'string') return [{ type: 'mrkdwn', text: words }];
  // of rich text, in which nothing is read as a mark
  if (type === 'text' && typeof words === 'string') return [{ type: 'plain_text', text: words }];

  return Object.values(value).flatMap((item) => textsIn(item));
}

const mention = z.looseObject({ type: z.enum(['user', 'usergroup', 'broadcast']) });

/** Elements of rich text that notify somebody. */
export function mentionsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (mention.safeParse(value).success) return [JSON.stringify(value)];
  return Object.values(value).flatMap((item) => mentionsIn(item));
}

const pictured = z.object({
  slack_file: z.object({ id: z.string().optional(), url: z.string().optional() }),
});

export function picturesIn(value: unknown, at: string): Picture[] {
  if (typeof value !== 'object' || value === null) return [];
  const parsed = pictured.safeParse(value);
  if (parsed.success) return [{ ...parsed.data.slack_file, at: `${at}/slack_file` }];
  return Object.entries(value).flatMap(([key, item]) => picturesIn(item, `${at}/${key}`));
}
