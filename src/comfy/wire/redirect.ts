/**
 * Where a redirect may lead. Comfy Cloud's `/api/view` answers 302 to a signed URL on another host; the client goes
 * there by hand and without the key. Neither the errors here nor the log name the target: its query is a secret.
 */
import type { FileHosts } from './file-hosts.ts';

export const MAX_HOPS = 3;

/** The next URL, or undefined if the redirect must not be followed. */
export function nextHop(
  location: string | undefined,
  from: URL,
  base: URL,
  hosts: FileHosts,
): URL | undefined {
  if (location === undefined || !URL.canParse(location, from.href)) return undefined;
  const next = new URL(location, from);
  // plain http only for a backend that is spoken to in plain http itself, and never again after an https hop
  const plainAllowed = base.protocol === 'http:' && from.protocol === 'http:';
  if (next.protocol !== 'https:' && !(next.protocol === 'http:' && plainAllowed)) return undefined;
  if (next.username !== '' || next.password !== '') return undefined;
  return hosts.whose(next) && next;
}
