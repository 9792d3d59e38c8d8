/** Bodies as the page sends them: bounded before they are read, JSON checked. */
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { z } from 'zod';
import { EaselError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { localeOf } from './door/denial.ts';
import { refuse } from './refusal.ts';

/** Refuses a larger body with `request-too-large`. `maxSize` in bytes. */
export function bodyUpTo(maxSize: number, log: Log): MiddlewareHandler {
  return bodyLimit({
    maxSize,
    onError: (context) =>
      refuse(context, new EaselError({ code: 'request-too-large', maxSize }), {
        locale: localeOf(context),
        log,
      }),
  });
}

export interface Body {
  json(): Promise<unknown>;
}

/** Rejects with EaselError `bad-request`. */
export async function readBody<T>(schema: z.ZodType<T>, request: Body): Promise<T> {
  try {
    // zod itself may trip: it compares the `length` of whatever has one, be it a number or not (4.6.7)
    return schema.parse(await request.json());
  } catch (error) {
    throw new EaselError({ code: 'bad-request' }, { cause: error });
  }
}
