/** What a Web API method is: who may call it, which arguments it takes, and what it answers. */
import { z } from 'zod';
import { issueMessages, Refusal } from './refusal.ts';
import type { World } from './world.ts';

export interface Method {
  readonly token: 'bot' | 'app' | 'user';
  /** Any one of them is enough; none are needed if it is empty. */
  readonly scopes: readonly string[];
  call(world: World, raw: Readonly<Record<string, unknown>>): Record<string, unknown>;
}

export type MethodTable = Readonly<Record<string, Method>>;

/** `chat.postMessage` → what it is. Arguments that Slack does not know are noted: it would silently ignore them. */
export function method<Shape extends z.ZodRawShape>(
  name: string,
  scopes: readonly string[],
  shape: Shape,
  run: (world: World, args: z.infer<z.ZodObject<Shape>>, name: string) => Record<string, unknown>,
  token: Method['token'] = 'bot',
): MethodTable {
  const schema = z.object(shape);
  const call: Method['call'] = (world, raw) => {
    // the clients add these two to everything
    const unknown = Object.keys(raw).filter((key) => !(key in shape) && key !== 'team_id' && key !== 'token');
    if (unknown.length > 0) world.violations.push(`${name}: unknown arguments ${unknown.join(', ')}`);
    const parsed = schema.safeParse(raw);
    if (parsed.success) return run(world, parsed.data, name);
    throw new Refusal('invalid_arguments', { messages: issueMessages(parsed.error, '') });
  };
  return { [name]: { token, scopes, call } };
}

/** Forms carry everything as text; JSON bodies carry it as it is. */
export const flag = z
  .union([
    z.boolean(),
    z.enum(['true', '1']).transform(() => true),
    z.enum(['false', '0']).transform(() => false),
  ])
  .optional();
export const count = z.coerce.number().int().min(0).optional();
export const text = z.string().optional();
export const id = z.string().min(1);
export const json = z.unknown().optional();
export const ts = z.string().regex(/^\d{10}\.\d{6}$/, 'must be a message timestamp in a string');
