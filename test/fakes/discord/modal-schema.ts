/** Modals: the form that a bot may open in answer to a command or a component. */
import { z } from 'zod';
import { entitySelect, stringSelect } from './component-schema.ts';

const id = z.int().min(0).nullish();
const customId = z.string().min(1).max(100);
const flag = z.boolean().nullish();

const textInput = z.strictObject({
  type: z.literal(4),
  id,
  custom_id: customId,
  style: z.int().min(1).max(2),
  label: z.string().min(1).max(45).nullish(),
  value: z.string().max(4000).nullish(),
  placeholder: z.string().max(100).nullish(),
  required: flag,
  min_length: z.int().min(0).max(4000).nullish(),
  max_length: z.int().min(1).max(4000).nullish(),
});

const fileUpload = z.strictObject({
  type: z.literal(19),
  id,
  custom_id: customId,
  min_values: z.int().min(0).max(10).nullish(),
  max_values: z.int().min(1).max(10).nullish(),
  required: flag,
  // discord-api-types: kinds, and endings with a dot
  file_types: z
    .array(z.union([z.enum(['audio', 'image', 'video']), z.string().regex(/^\.[a-z0-9]+$/i)]))
    .max(10)
    .nullish(),
});

const option = z.strictObject({
  label: z.string().min(1).max(100),
  value: z.string().min(1).max(100),
  description: z.string().max(100).nullish(),
  default: flag,
});

const isOnce = (options: { value: string }[]) =>
  new Set(options.map(({ value }) => value)).size === options.length;

const radioGroup = z.strictObject({
  type: z.literal(21),
  id,
  custom_id: customId,
  required: flag,
  options: z
    .array(option)
    .min(2)
    .max(10)
    .refine(isOnce)
    .refine((all) => all.filter((one) => one.default).length <= 1, 'one default at most'),
});

const checkboxGroup = z.strictObject({
  type: z.literal(22),
  id,
  custom_id: customId,
  min_values: z.int().min(0).max(10).nullish(),
  max_values: z.int().min(1).max(10).nullish(),
  required: flag,
  options: z.array(option).min(1).max(10).refine(isOnce),
});

const checkbox = z.strictObject({ type: z.literal(23), id, custom_id: customId, default: flag });

const label = z.strictObject({
  type: z.literal(18),
  id,
  label: z.string().min(1).max(45),
  description: z.string().min(1).max(100).nullish(),
  component: z.discriminatedUnion('type', [
    textInput,
    stringSelect,
    entitySelect,
    fileUpload,
    radioGroup,
    checkboxGroup,
    checkbox,
  ]),
});

const row = z.strictObject({
  type: z.literal(1),
  id,
  components: z.array(textInput.extend({ label: z.string().min(1).max(45) })).length(1),
});

const text = z.strictObject({ type: z.literal(10), id, content: z.string().min(1).max(4000) });

export const modalSchema = z.strictObject({
  custom_id: customId,
  title: z.string().min(1).max(45),
  components: z
    .array(z.discriminatedUnion('type', [label, row, text]))
    .min(1)
    .max(5),
});
