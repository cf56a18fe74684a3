import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

import proxyAddr from '@fastify/proxy-addr';
import ipaddr from 'ipaddr.js';

/** Addresses of proxies whose X-Forwarded-For is trusted: single ones, or blocks (`10.0.0.0/8`). */
export function trustedProxies(addresses: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of addresses) {
    const [address = '', prefix] = entry.split('/');
    if (prefix === undefined) list.addAddress(address, familyOf(address));
    else list.addSubnet(address, Number(prefix), familyOf(address));
  }
  return list;
}

/** @returns whether it is an address, or a block of them */
export function isAddressBlock(entry: string): boolean {
  const [address = ''] = entry.split('/');
  // ipaddr.js alone would also accept zones, and IPv4 addresses with octal, hexadecimal or missing parts.
  if (isIP(address) === 0 || address.includes('%')) return false;
  return entry === address || ipaddr.isValidCIDR(entry);
}

/**
 * The address that identifies a client, which the client cannot choose freely: that of the connection or, behind
 * trusted proxies, the last address from which such a proxy was reached. Proxies append these addresses to
 * X-Forwarded-For from left to right.
 *
 * @returns an IPv4 address, or the first 64 bits of an IPv6 address, because a household chooses the rest itself
 */
export function clientKey(request: IncomingMessage, trusted: BlockList): string {
  const hops = proxyAddr.all(request, (hop, distance) => {
    return distance < MAX_PROXIES && isTrusted(plain(hop), trusted);
  });
  // A trusted proxy does not write an invalid address; if the last one is invalid, the proxy is the client.
  return keyOf(hops.map(plain).findLast((address) => isIP(address) !== 0) ?? '');
}

/** A chain of proxies is short. */
const MAX_PROXIES = 50;

function isTrusted(address: string, trusted: BlockList): boolean {
  return isIP(address) !== 0 && trusted.check(address, familyOf(address));
}

/** Without the port that some proxies add, and without a zone; an IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2) as IPv4. */
function plain(hop: string | undefined = ''): string {
  const address = hop.replace(PORT, '$<v4>$<v6>');
  return isIP(address) === 6 ? ipaddr.process(address.split('%')[0] ?? '').toString() : address;
}

/** An address in brackets or with a port. */
const PORT = /^(?:(?<v4>[\d.]+):\d+|\[(?<v6>.+)\](?::\d+)?)$/;

function keyOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const network = ipaddr.IPv6.parse(address).parts.slice(0, 4);
  return `${network.map((part) => part.toString(16)).join(':')}::/64`;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
