/** Where a backend's files may be: with it, where the operator says, or somewhere on the internet. */
import type { LookupFunction } from 'node:net';
import { isAt, readHost } from '../../core/host.ts';
import { isAddress, judgedLookup, reachOf, type Reach } from './public-address.ts';

/** `own`: the backend's own host and port. `named`: the operator named it. */
export type Whose = 'own' | 'named' | 'foreign';

export interface FileHosts {
  /** Undefined for what must not be asked. A name is not resolved here: its addresses are judged by `LOOKUPS`. */
  whose(url: URL): Whose | undefined;
}

/** How a host's name is resolved; the backend's own as any name. */
export const LOOKUPS: Record<Exclude<Whose, 'own'>, LookupFunction> = {
  named: judgedLookup((reach) => reach !== 'forbidden'),
  foreign: judgedLookup((reach) => reach === 'public'),
};

/** Their addresses are forbidden, wherever they are resolved. */
const METADATA =
  /^(?:metadata|metadata\.google\.internal|metadata\.goog|instance-data(?:\.ec2\.internal)?)\.?$/;

/** `named`: as `readHost` takes them; others are left out. */
export function createFileHosts(base: URL, named: readonly string[]): FileHosts {
  const known = named.map(readHost).filter((one) => one !== undefined);
  return {
    whose(url) {
      const reach: Reach = isAddress(url.hostname) ? reachOf(url.hostname) : 'public';
      if (reach === 'forbidden' || METADATA.test(url.hostname)) return undefined;
      if (url.origin === base.origin) return 'own';
      if (known.some((host) => isAt(host, url))) return 'named';
      return reach === 'public' ? 'foreign' : undefined;
    },
  };
}
