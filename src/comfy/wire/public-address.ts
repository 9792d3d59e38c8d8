/**
 * Which addresses a redirect of a backend may lead to: whoever controls a backend, or a file's name on it, must not make
 * us fetch what only we can reach, by address or by a name that leads there.
 */
import { lookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net';

/** `forbidden`: nobody's file is there. `private`: only our own network leads there. */
export type Reach = 'public' | 'private' | 'forbidden';

type Subnet = readonly [net: string, prefix: number];

function blockList(ipv4: readonly Subnet[], ipv6: readonly Subnet[]): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of ipv4) list.addSubnet(net, prefix, 'ipv4');
  for (const [net, prefix] of ipv6) list.addSubnet(net, prefix, 'ipv6');
  return list;
}

/** Loopback, private, shared, multicast and reserved (IANA's special-purpose registries). IPv4 in IPv6's ::ffff:0:0/96 counts as itself. */
const OURS = blockList(
  [
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ],
  [
    ['::', 96], // with an IPv4 address at its end, as the next three have one inside
    ['64:ff9b::', 96],
    ['64:ff9b:1::', 48],
    ['2002::', 16],
    ['fc00::', 7],
    ['fec0::', 10],
    ['ff00::', 8],
  ],
);

/** Link-local, and where clouds tell a machine its secrets. */
const FORBIDDEN = blockList(
  [
    ['169.254.0.0', 16],
    ['100.100.100.200', 32], // Alibaba
    ['168.63.129.16', 32], // Azure
    ['192.0.0.192', 32], // Oracle
  ],
  [
    ['fe80::', 10],
    ['fd00:ec2::254', 128], // AWS
    ['fd20:ce::254', 128], // Google
    // 169.254.0.0/16 and Alibaba's inside of IPv6
    ['::a9fe:0', 112],
    ['64:ff9b::a9fe:0', 112],
    ['2002:a9fe::', 32],
    ['::6464:64c8', 128],
    ['64:ff9b::6464:64c8', 128],
    ['2002:6464:64c8::', 48],
  ],
);

/** `address` as a URL or a resolver has it. */
export function reachOf(address: string): Reach {
  const bare = address.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '');
  const family = isIPv6(bare) ? 'ipv6' : 'ipv4';
  if (FORBIDDEN.check(bare, family)) return 'forbidden';
  return OURS.check(bare, family) ? 'private' : 'public';
}

/** True for an address, false for a name. `host` as a URL has it. */
export function isAddress(host: string): boolean {
  return isIP(host.replace(/^\[(.*)\]$/, '$1')) !== 0;
}

/**
 * As `dns.lookup`, without the addresses that are not `allowed`; a name that has no others is unreachable. The connection
 * is made to what was judged here: nothing asks for the name again. Not asked for addresses: see `reachOf`.
 */
export function judgedLookup(allowed: (reach: Reach) => boolean, resolve = lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found: LookupAddress[] | undefined) => {
      const good = (found ?? []).filter(({ address }) => allowed(reachOf(address)));
      const [first] = good;
      if (error) callback(error, []);
      else if (!first) callback(Object.assign(new Error('no address that may be asked'), UNREACHABLE), []);
      else if (options.all) callback(null, good);
      else callback(null, first.address, first.family);
    });
  };
}

const UNREACHABLE = { code: 'EHOSTUNREACH' };
