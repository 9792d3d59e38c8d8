/** Makes text from a backend fit for people. */
import type { Blot } from '../../core/secrets.ts';

const DETAIL = 300;
/** More is not looked at: a message may have megabytes, and looking for URLs in it takes the square of that. */
export const LOOKED_AT = 4000;
/** ComfyUI shows what there is to choose from; a name may have any mark in it, so the list ends with its line. */
const LIST = /( not in )\[.*/g;
const FILE = /\.\w{1,5}['"]/;

/** What a person is not to read: our secrets, and where the backend is. */
export interface Secrets {
  blot: Blot;
  base?: URL | undefined;
}

/**
 * Text from a backend, fit for a person: without our secrets, its own address, signed URLs' queries and the files that
 * others have there, and not too long.
 */
export function clean(text: string, { blot, base }: Secrets): string {
  const line = addressesOf(base)
    .reduce((rest, address) => rest.replaceAll(address, '…'), blot(text))
    .trim()
    .slice(0, LOOKED_AT)
    .replaceAll(/(https?:\/\/[^\s?#]+)[?#]\S+/gi, '$1')
    .replaceAll(LIST, (found, before: string) => (FILE.test(found) ? `${before}the list` : found))
    .trim();
  return line.length > DETAIL ? `${line.slice(0, DETAIL - 1)}…` : line;
}

/** Comfy's own, whichever of them. */
export function isComfyOrg(hostname: string): boolean {
  return /(?:^|\.)comfy\.org$/i.test(hostname);
}

/** As an error's words may name it; a host's name without a dot may be any word. Comfy Cloud's is no secret. */
function addressesOf(base: URL | undefined): string[] {
  if (!base || isComfyOrg(base.hostname)) return [];
  return base.hostname.includes('.') ? [base.host, base.hostname] : [base.host];
}
