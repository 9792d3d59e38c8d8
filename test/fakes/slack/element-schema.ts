/** The block elements: what stands in actions, beside sections and in forms, with the limits that Slack puts on them. */
import { z } from 'zod';
import {
  anyOption,
  confirm,
  hasOnePicture,
  identifier,
  ONE_PICTURE,
  optionGroup,
  picture,
  plainOption,
  plainText,
} from './block-text.ts';

const flag = z.boolean().optional();
const placeholder = plainText(150).optional();
const base = { action_id: identifier, confirm, focus_on_load: flag };
const dispatch_action_config = z.looseObject({}).optional();

export const image = z
  .strictObject({ type: z.literal('image'), ...picture })
  .refine(hasOnePicture, ONE_PICTURE);

const button = z.strictObject({
  type: z.literal('button'),
  action_id: identifier,
  text: plainText(75),
  value: z.string().max(2000).optional(),
  url: z.url().max(3000).optional(),
  style: z.enum(['primary', 'danger'], 'must be one of: primary, danger').optional(),
  confirm,
  accessibility_label: z.string().max(75).optional(),
});

const staticOptions = {
  ...base,
  placeholder,
  options: z.array(plainOption).min(1).max(100).optional(),
  option_groups: z.array(optionGroup).min(1).max(100).optional(),
};

type Chosen = { readonly value: string };
interface Offer {
  readonly options?: readonly Chosen[] | undefined;
  readonly option_groups?: readonly { readonly options: readonly Chosen[] }[] | undefined;
}

/** An initial choice must be one of the options, and of those there must be exactly one kind. */
function checkOffer(value: Offer, initial: readonly Chosen[], context: z.RefinementCtx): void {
  if ((value.options === undefined) === (value.option_groups === undefined))
    context.addIssue({ code: 'custom', message: 'must define either `options` or `option_groups`' });

  const all = [...(value.options ?? []), ...(value.option_groups ?? []).flatMap((group) => group.options)];
  const values = all.map((option) => option.value);
  if (new Set(values).size < values.length)
    context.addIssue({ code: 'custom', message: 'each option must have a value of its own' });

  for (const option of initial.filter((one) => !values.includes(one.value))) {
    const message = `invalid initial option: ${option.value} is not one of the options`;
    context.addIssue({ code: 'custom', message, path: ['initial_option'] });
  }
}

const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...staticOptions,
    initial_option: plainOption.optional(),
  })
  .superRefine((value, context) => {
    checkOffer(value, value.initial_option ? [value.initial_option] : [], context);
  });

const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...staticOptions,
    initial_options: z.array(plainOption).optional(),
    max_selected_items: z.int().min(1).optional(),
  })
  .superRefine((value, context) => checkOffer(value, value.initial_options ?? [], context));

const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    ...base,
    options: z.array(anyOption).min(1).max(10),
    initial_options: z.array(anyOption).min(1).optional(),
  })
  .superRefine((value, context) => checkOffer(value, value.initial_options ?? [], context));

const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    ...base,
    options: z.array(anyOption).min(1).max(10),
    initial_option: anyOption.optional(),
  })
  .superRefine((value, context) => {
    checkOffer(value, value.initial_option ? [value.initial_option] : [], context);
  });

const overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: identifier,
  confirm,
  options: z
    .array(plainOption.extend({ url: z.url().max(3000).optional() }))
    .min(1)
    .max(5),
});

const entitySelect = z.looseObject({
  type: z.enum(['users_select', 'conversations_select', 'channels_select', 'multi_channels_select']),
  ...base,
  placeholder,
});

const externalSelect = z.strictObject({
  type: z.literal('external_select'),
  ...base,
  placeholder,
  initial_option: plainOption.optional(),
  min_query_length: z.int().min(0).optional(),
});

const multiExternalSelect = z.strictObject({
  type: z.literal('multi_external_select'),
  ...base,
  placeholder,
  initial_options: z.array(plainOption).min(1).max(100).optional(),
  min_query_length: z.int().min(0).optional(),
  max_selected_items: z.int().min(1).optional(),
});

const ids = (pattern: RegExp) =>
  z.array(z.string().regex(pattern, `must match regex pattern: ${pattern.source}`)).optional();
const most = z.int().min(1).optional();

const multiUsersSelect = z.strictObject({
  type: z.literal('multi_users_select'),
  ...base,
  placeholder,
  initial_users: ids(/^[UW][A-Z0-9]{2,}$/),
  max_selected_items: most,
});

const multiConversationsSelect = z.strictObject({
  type: z.literal('multi_conversations_select'),
  ...base,
  placeholder,
  initial_conversations: ids(/^[CGD][A-Z0-9]{2,}$/),
  default_to_current_conversation: flag,
  max_selected_items: most,
  filter: z
    .strictObject({
      include: z
        .array(z.enum(['im', 'mpim', 'private', 'public']))
        .min(1)
        .optional(),
      exclude_external_shared_channels: flag,
      exclude_bot_users: flag,
    })
    .optional(),
});

const picker = z.looseObject({
  type: z.enum(['datepicker', 'timepicker', 'datetimepicker']),
  ...base,
});

const textInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    action_id: identifier,
    initial_value: z.string().max(3000).optional(),
    multiline: flag,
    min_length: z.int().min(0).max(3000).optional(),
    max_length: z.int().min(1).max(3000).optional(),
    placeholder,
    focus_on_load: flag,
    dispatch_action_config,
  })
  .superRefine((value, context) => {
    const { initial_value: text = '', min_length: min = 0, max_length: max = 3000 } = value;
    if (min > max) context.addIssue({ code: 'custom', message: 'min_length must not exceed max_length' });
    if (text.length > max)
      context.addIssue({ code: 'custom', message: 'initial_value is longer than max_length' });
  });

const numeric = z.string().regex(/^-?\d+(?:\.\d+)?$/, 'must be a number in a string');

const numberInput = z
  .strictObject({
    type: z.literal('number_input'),
    is_decimal_allowed: z.boolean(),
    action_id: identifier,
    initial_value: numeric.optional(),
    min_value: numeric.optional(),
    max_value: numeric.optional(),
    placeholder,
    focus_on_load: flag,
    dispatch_action_config,
  })
  .superRefine((value, context) => {
    const { initial_value: first, min_value: min, max_value: max } = value;
    const wrong = (message: string): void => context.addIssue({ code: 'custom', message });
    if (min !== undefined && max !== undefined && Number(min) > Number(max))
      wrong('min_value exceeds max_value');
    if (first === undefined) return;
    if (min !== undefined && Number(first) < Number(min)) wrong('initial_value is below min_value');
    if (max !== undefined && Number(first) > Number(max)) wrong('initial_value is above max_value');
    if (!value.is_decimal_allowed && first.includes('.')) wrong('initial_value must be a whole number');
  });

const otherText = z.looseObject({
  type: z.enum(['email_text_input', 'url_text_input', 'rich_text_input']),
  action_id: identifier,
  placeholder,
});

const fileInput = z.strictObject({
  type: z.literal('file_input'),
  action_id: identifier,
  filetypes: z
    .array(z.string().regex(/^[a-z0-9]+$/, 'must be a file extension without a dot'))
    .min(1)
    .optional(),
  max_files: z.int().min(1).max(10).optional(),
});

const selects = [
  staticSelect,
  multiStaticSelect,
  checkboxes,
  radioButtons,
  externalSelect,
  multiExternalSelect,
  multiUsersSelect,
  multiConversationsSelect,
  entitySelect,
  picker,
] as const;

export const actionElement = z.discriminatedUnion('type', [button, overflow, ...selects]);
export const accessory = z.discriminatedUnion('type', [image, button, overflow, ...selects]);
export const inputElement = z.discriminatedUnion('type', [
  textInput,
  numberInput,
  otherText,
  fileInput,
  ...selects,
]);
