/** What a person picks in a menu: checked as the client checks it, with what the ids stand for. */
import { z } from 'zod';
import type { FlatComponent } from './component-walk.ts';
import { channelJson, memberJson, roleJson, userJson } from './render.ts';
import { known, type World } from './world.ts';

const menu = z.looseObject({
  type: z.number(),
  custom_id: z.string(),
  options: z.array(z.looseObject({ value: z.string() })).optional(),
  min_values: z.number().nullish(),
  max_values: z.number().nullish(),
});

type Resolved = Record<string, Record<string, unknown>>;

/** `resolved` as an interaction carries it; empty for a menu of plain options. Throws where the client would not send. */
export function resolvePicks(
  world: World,
  component: FlatComponent,
  values: readonly string[],
): { resolved?: Resolved } {
  const { type, custom_id: id, options, min_values: min, max_values: max } = menu.parse(component);
  const missing = values.find((value) => options && !options.some((option) => option.value === value));
  if (missing !== undefined) throw new Error(`${id} does not offer ${missing}`);
  if (values.length < (min ?? 1) || values.length > (max ?? 1))
    throw new Error(`${id} takes ${min ?? 1} to ${max ?? 1} values, not ${values.length}`);
  if (type === 3) return {};
  const resolved: Resolved = {};
  const put = (kind: string, key: string, value: unknown): void => {
    resolved[kind] = { ...resolved[kind], [key]: value };
  };
  for (const value of values) {
    const role = world.roles.get(value);
    if (type === 8) {
      const channel = known(world.channels, value, 'channel');
      put('channels', value, { ...channelJson(world, channel), permissions: '0' });
    } else if (role && type !== 5) put('roles', value, roleJson(role));
    else if (type === 6) throw new Error(`${id} takes roles, and ${value} is none`);
    else {
      const user = known(world.users, value, 'user');
      const { user: _left, ...member } = memberJson(user, '0');
      put('members', value, member);
      put('users', value, userJson(user));
    }
  }
  return { resolved };
}
