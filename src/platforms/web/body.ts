/** JSON as the page sends it, checked at the border. */
import type { z } from 'zod';
import { EaselError } from '../../core/errors.ts';

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
