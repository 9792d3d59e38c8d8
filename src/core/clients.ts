/**
 * Who is at the other end. Headers say what anybody wants them to say, so they count only where a proxy that the operator
 * has declared (`TRUSTED_PROXIES`) is the one that we speak with.
 */
import { isIP, isIPv6 } from 'node:net';
import { memberOf } from './networks.ts';

export interface Clients {
  /**
   * One text for each client: its address, of IPv6 the network that one household or server has. `peer`: whom we speak with;
   * `forwarded`: the header `X-Forwarded-For`.
   */
  of(peer: string, forwarded: string | undefined): string;
  /** It is a declared proxy. */
  isTrusted(peer: string): boolean;
}

/** `proxies`: addresses and networks (`10.0.0.0/8`). */
export function createClients(proxies: readonly string[]): Clients {
  const isTrusted = memberOf(proxies);

  return {
    of(peer, forwarded) {
      let client = plain(peer);
      const hops = forwarded?.split(',') ?? [];
      // each proxy adds whom it saw at the end; what stands before the first stranger is that stranger's word
      while (isTrusted(client)) {
        const before = plain(hops.pop() ?? '');
        if (isIP(before) === 0) break;
        client = before;
      }
      return isIPv6(client) ? network(client) : client;
    },
    isTrusted: (peer) => isTrusted(plain(peer)),
  };
}

/** Without the port that some proxies add, and as IPv4 where it is one. */
function plain(address: string): string {
  const bare = /^\s*\[?(.*?)(?:\]:\d{1,5}|\])?\s*$/.exec(address)?.[1] ?? '';
  const short = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?$/i.exec(bare)?.[1];
  return (short ?? bare).replace(/%.*$/, '');
}

/** The first 64 bits of an IPv6 address. */
function network(address: string): string {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => '0');
  return `${[...first, ...zeros, ...last].slice(0, 4).join(':')}::/64`;
}
