/** The kinds of servers that Easel speaks to, and which of them one is. */
import { nameAt } from '../../core/backend-name.ts';
import type { Dialect } from '../runs/dialect.ts';
import { cloud } from './cloud.ts';
import { comfyui } from './comfyui.ts';

export const dialects = {
  comfyui,
  cloud,
} satisfies Record<string, Dialect>;

export type DialectName = keyof typeof dialects;

export function isDialectName(name: unknown): name is DialectName {
  return typeof name === 'string' && Object.hasOwn(dialects, name);
}

/** Where Comfy Cloud takes jobs. */
export const CLOUD_URL = 'https://cloud.comfy.org';

/** For who runs Easel: what it is, and where. */
export function addressOf(base: URL, { title }: Dialect): string {
  return base.origin === CLOUD_URL ? title : nameAt(title, base.host);
}
