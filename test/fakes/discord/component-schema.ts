/** The components that a message may carry, with the limits that Discord puts on each of them. */
import { z } from 'zod';

const id = z.int().min(0).nullish();
const customId = z.string().min(1).max(100);
const flag = z.boolean().nullish();
const emoji = z.looseObject({ name: z.string().nullish(), id: z.string().nullish() }).nullish();
const media = z.looseObject({ url: z.string().min(1).max(2048) });

const button = z
  .strictObject({
    type: z.literal(2),
    id,
    style: z.int().min(1).max(6),
    custom_id: customId.nullish(),
    label: z.string().max(80).nullish(),
    disabled: flag,
    url: z.string().max(512).nullish(),
    sku_id: z.string().nullish(),
    emoji,
  })
  .superRefine((value, context) => {
    const wrong = (path: string, code: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [path], message, params: { code } });
    };
    const isLink = value.style === 5;
    const isPremium = value.style === 6;
    if (isLink && !value.url) wrong('url', 'BASE_TYPE_REQUIRED', 'A link button needs a url');
    if (!isLink && value.url) wrong('url', 'BUTTON_COMPONENT_INVALID_URL', 'Only a link button has a url');
    if (!isLink && !isPremium && !value.custom_id)
      wrong('custom_id', 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED', 'A custom id is required');

    if ((isLink || isPremium) && value.custom_id)
      wrong('custom_id', 'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE', 'No custom id on this style');

    if (!isPremium && !value.label && !value.emoji)
      wrong('label', 'BUTTON_COMPONENT_REQUIRES_LABEL_OR_EMOJI', 'A button needs a label or an emoji');

    if (isLink && value.url && !/^(?:https?|discord):\/\//.test(value.url))
      wrong('url', 'URL_TYPE_INVALID_SCHEME', 'Scheme must be one of http, https, discord');
  });

const selectBase = {
  id,
  custom_id: customId,
  placeholder: z.string().max(150).nullish(),
  min_values: z.int().min(0).max(25).nullish(),
  max_values: z.int().min(1).max(25).nullish(),
  disabled: flag,
  required: flag,
};

interface Amounts {
  readonly min_values?: number | null | undefined;
  readonly max_values?: number | null | undefined;
}

/** `chosen` and `offered` count what is picked from the start, and what there is. */
function checkAmounts(
  { min_values: min, max_values: max }: Amounts,
  chosen: number,
  offered: number,
  context: z.RefinementCtx,
): void {
  const wrong = (path: string, code: string, message: string): void => {
    context.addIssue({ code: 'custom', path: [path], message, params: { code } });
  };
  const most = max ?? 1;
  if ((min ?? 1) > most) wrong('min_values', 'SELECT_COMPONENT_INVALID_MIN', 'More than max_values');
  if (most > offered) wrong('max_values', 'SELECT_COMPONENT_INVALID_MAX', 'More than there are options');
  if (chosen > most) wrong('default_values', 'SELECT_COMPONENT_TOO_MANY_DEFAULTS', 'More than max_values');
}

export const stringSelect = z
  .strictObject({
    type: z.literal(3),
    ...selectBase,
    options: z
      .array(
        z.strictObject({
          label: z.string().min(1).max(100),
          value: z.string().min(1).max(100),
          description: z.string().max(100).nullish(),
          default: flag,
          emoji,
        }),
      )
      .min(1)
      .max(25),
  })
  .superRefine((value, context) => {
    const { options } = value;
    checkAmounts(value, options.filter((option) => option.default).length, options.length, context);
    const values = options.map((option) => option.value);
    if (new Set(values).size === values.length) return;
    const params = { code: 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED' };
    context.addIssue({ code: 'custom', path: ['options'], message: 'Option values repeat', params });
  });

const MAX_PICKS = 25;
const snowflake = z.string().regex(/^\d{17,19}$/);
/** A menu of people, roles or channels; `kinds` are what may be picked from the start. */
const entitySelectOf = <T extends number>(type: T, kinds: [string, ...string[]]) =>
  z
    .strictObject({
      type: z.literal(type),
      ...selectBase,
      channel_types: z.array(z.int()).nullish(),
      default_values: z.array(z.strictObject({ id: snowflake, type: z.enum(kinds) })).nullish(),
    })
    .superRefine((value, context) =>
      checkAmounts(value, value.default_values?.length ?? 0, MAX_PICKS, context),
    );

export const entitySelect = z.discriminatedUnion('type', [
  entitySelectOf(5, ['user']),
  entitySelectOf(6, ['role']),
  entitySelectOf(7, ['user', 'role']),
  entitySelectOf(8, ['channel']),
]);

const row = z
  .strictObject({
    type: z.literal(1),
    id,
    components: z
      .array(z.discriminatedUnion('type', [button, stringSelect, entitySelect]))
      .min(1)
      .max(5),
  })
  .superRefine((value, context) => {
    if (value.components.length > 1 && value.components.some((component) => component.type !== 2))
      context.addIssue({
        code: 'custom',
        path: ['components'],
        message: 'The specified component exceeds the maximum width',
        params: { code: 'COMPONENT_LAYOUT_WIDTH_EXCEEDED' },
      });
  });

const text = z.strictObject({ type: z.literal(10), id, content: z.string().min(1).max(4000) });
const description = z.string().min(1).max(1024).nullish();
const thumbnail = z.strictObject({ type: z.literal(11), id, description, spoiler: flag, media });
const section = z.strictObject({
  type: z.literal(9),
  id,
  components: z.array(text).min(1).max(3),
  accessory: z.discriminatedUnion('type', [button, thumbnail]),
});
const gallery = z.strictObject({
  type: z.literal(12),
  id,
  items: z
    .array(z.strictObject({ media, description, spoiler: flag }))
    .min(1)
    .max(10),
});
const file = z.strictObject({
  type: z.literal(13),
  id,
  spoiler: flag,
  file: z.looseObject({ url: z.string().startsWith('attachment://') }),
});
const separator = z.strictObject({
  type: z.literal(14),
  id,
  divider: flag,
  spacing: z.int().min(1).max(2).nullish(),
});
const container = z.strictObject({
  type: z.literal(17),
  id,
  accent_color: z.int().min(0).max(0xffffff).nullish(),
  spoiler: flag,
  components: z.array(z.discriminatedUnion('type', [row, section, text, gallery, file, separator])).min(1),
});

/** What a message without the components v2 flag may carry. */
export const legacyComponents = z.array(z.discriminatedUnion('type', [row])).max(5);

/** What a message with the components v2 flag may carry. */
export const layoutComponents = z
  .array(z.discriminatedUnion('type', [row, section, text, gallery, file, separator, container]))
  .max(40);

export type Components = z.infer<typeof layoutComponents>;
