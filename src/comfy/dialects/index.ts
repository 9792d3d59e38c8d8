/** The kinds of servers that Easel speaks to, and which of them one is. */
import type { Dialect } from '../runs/dialect.ts';
import { cloud } from './cloud.ts';
import { comfyui } from './comfyui.ts';

export const dialects = {
  comfyui,
  cloud,
} satisfies Record<string, Dialect>;

export type DialectName = keyof typeof dialects;

/** Comfy Cloud if the host is Comfy's or a key is given (a plain ComfyUI has no keys); else a ComfyUI server. */
export function detectDialect(base: URL, apiKey: string | undefined): DialectName {
  const host = base.hostname.toLowerCase();
  return host === 'comfy.org' || host.endsWith('.comfy.org') || apiKey !== undefined ? 'cloud' : 'comfyui';
}

/** For who runs Easel: what it is, and where. */
export function addressOf(base: URL, { title }: Dialect): string {
  return base.hostname === 'cloud.comfy.org' ? title : `${title} at ${base.host}`;
}
