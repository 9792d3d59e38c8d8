/** The kinds of servers that Easel speaks to, and which of them one is. */
import type { Dialect } from '../runs/dialect.ts';
import { cloud } from './cloud.ts';
import { comfyui } from './comfyui.ts';

export const dialects = {
  comfyui,
  cloud,
} satisfies Record<string, Dialect>;

export type DialectName = keyof typeof dialects;

/** Where Comfy Cloud takes jobs. */
export const CLOUD_URL = 'https://cloud.comfy.org';

/** Comfy's own, whichever of them. */
export function isCloudHost(hostname: string): boolean {
  return /(?:^|\.)comfy\.org$/i.test(hostname);
}

/** Comfy Cloud if the host is Comfy's or a key is given (a plain ComfyUI has no keys); else a ComfyUI server. */
export function detectDialect(base: URL, apiKey: string | undefined): DialectName {
  return isCloudHost(base.hostname) || apiKey !== undefined ? 'cloud' : 'comfyui';
}

/** For who runs Easel: what it is, and where. */
export function addressOf(base: URL, { title }: Dialect): string {
  return base.origin === CLOUD_URL ? title : `${title} at ${base.host}`;
}
