import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Addresses of proxies whose X-Forwarded-For is trusted: single ones, or blocks (`10.0.0.0/8`). */
export function trustedProxies(addresses: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of addresses) {
    const [address = '', prefix] = entry.split('/');
    const family = familyOf(address);
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

/** @returns whether it is an address, or a block of them */
export function isAddressBlock(entry: string): boolean {
  const [address = '', prefix, ...rest] = entry.split('/');
  const version = isIP(address);
  if (version === 0 || address.includes('%') || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= sizeOf(version));
}

/**
 * The address that identifies a client, which the client cannot choose freely: that of the connection or, behind
 * trusted proxies, the last address from which such a proxy was reached. Proxies append these addresses to
 * X-Forwarded-For from left to right.
 *
 * @returns an IPv4 address, or the first 64 bits of an IPv6 address, because a household chooses the rest itself
 */
export function clientKey(request: IncomingMessage, trusted: BlockList): string {
  let address = plain(request.socket.remoteAddress ?? '');
  const forwarded = request.headers['x-forwarded-for'];
  if (forwarded === undefined || !isTrusted(address, trusted)) return keyOf(address);
  const hops = String(forwarded).slice(-MAX_FORWARDED).split(',');
  while (hops.length > 0 && isTrusted(address, trusted)) {
    const hop = plain((hops.pop() ?? '').trim());
    // A trusted proxy does not write an invalid address.
    if (isIP(hop) === 0) break;
    address = hop;
  }
  return keyOf(address);
}

/** In characters; a chain of proxies is short. */
const MAX_FORWARDED = 1_000;

function isTrusted(address: string, trusted: BlockList): boolean {
  return isIP(address) !== 0 && trusted.check(address, familyOf(address));
}

/** Without the port that some proxies add; an IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2) as IPv4. */
function plain(address: string): string {
  const bare = /^\[(.+)\](:\d+)?$/.exec(address)?.[1] ?? address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1] ?? bare;
  return /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(mapped)?.[1] ?? mapped;
}

function keyOf(address: string): string {
  return isIP(address) === 6 ? networkOf(address) : address;
}

function networkOf(address: string): string {
  const [start = '', tail] = (address.split('%')[0] ?? '').split('::');
  const left = start === '' ? [] : start.split(':');
  if (tail !== undefined) {
    const right = tail === '' ? [] : tail.split(':');
    // An IPv4 address at the end takes the room of two groups.
    const groups = right.length + (tail.includes('.') ? 1 : 0);
    while (left.length + groups < 8) left.push('0');
    left.push(...right);
  }
  const network = left.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

function sizeOf(version: number): number {
  return version === 6 ? 128 : 32;
}
