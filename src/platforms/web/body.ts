/** JSON as the page sends it, checked at the border. */
import type { z } from 'zod';
import { EaselError } from '../../core/errors.ts';

export interface Body {
  json(): Promise<unknown>;
}

/** Rejects with EaselError `bad-request`. */
export async function readBody<T>(schema: z.ZodType<T>, request: Body): Promise<T> {
  const read = schema.safeParse(await jsonOf(request));
  if (read.success) return read.data;
  throw new EaselError({ code: 'bad-request' }, { cause: read.error });
}

async function jsonOf(request: Body): Promise<unknown> {
  try {
    return await request.json();
  } catch (error) {
    throw new EaselError({ code: 'bad-request' }, { cause: error });
  }
}
