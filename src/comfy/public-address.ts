/**
 * Keeps redirects of a backend on the internet out of our own network: whoever controls such a backend must not make
 * us fetch what only we can reach, by address or by a name that leads there.
 */
import { lookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net';

/** Loopback, private, link-local (cloud metadata), shared, multicast and reserved (IANA's special-purpose registries). */
const OURS = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  OURS.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  OURS.addSubnet(net, prefix, 'ipv6');

/** True for an address that only our own network leads to; false for names. `host` as a URL has it. */
export function isPrivateAddress(host: string): boolean {
  const address = host.replace(/^\[(.*)\]$/, '$1');
  return isIP(address) !== 0 && OURS.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** As `dns.lookup`; a name with a private address is unreachable. Not asked for addresses: see `isPrivateAddress`. */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[] | undefined) => {
    const refused = found?.some(({ address }) => isPrivateAddress(address));
    const [first] = found ?? [];
    if (error) callback(error, []);
    else if (refused || !first)
      callback(Object.assign(new Error('a private address'), { code: 'EHOSTUNREACH' }), []);
    else if (options.all) callback(null, found ?? []);
    else callback(null, first.address, first.family);
  });
};
