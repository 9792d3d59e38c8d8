/** One flat view of nested components, for rules that hold over a whole message and for tests that look at it. */
import { z } from 'zod';

const node = z.looseObject({
  type: z.number(),
  custom_id: z.string().nullish(),
  label: z.string().nullish(),
  style: z.number().nullish(),
  url: z.string().nullish(),
  disabled: z.boolean().nullish(),
  content: z.string().nullish(),
});

export type FlatComponent = z.infer<typeof node>;

/** Every component, depth first, accessories and labelled components included. */
export function flatten(value: unknown): FlatComponent[] {
  if (Array.isArray(value)) return value.flatMap((item) => flatten(item));
  const parsed = node.safeParse(value);
  if (!parsed.success) return [];
  const { components, accessory, component } = parsed.data;
  return [parsed.data, ...flatten(components ?? []), ...flatten(accessory), ...flatten(component)];
}

/** Every address inside (pictures, files, galleries), wherever it is nested. */
export function mediaUrls(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => mediaUrls(item));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const isAddress = (key === 'url' || key === 'icon_url') && typeof inner === 'string';
    return isAddress ? [inner] : mediaUrls(inner);
  });
}
