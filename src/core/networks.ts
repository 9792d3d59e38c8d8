/** Whether an address is one of those, or in one of those networks, that somebody has named. */
import { BlockList, isIP, isIPv6 } from 'node:net';

/** `networks`: addresses, and networks as `10.0.0.0/8`; they are checked where they are read. */
export function memberOf(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const one of networks) {
    const [address = '', bits] = one.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => isIP(address) > 0 && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** As IPv4 where a socket of both families shows it as IPv6. */
export function unmapped(address: string): string {
  return address.replace(/^::ffff:(?=\d{1,3}(?:\.\d{1,3}){3}$)/i, '');
}
