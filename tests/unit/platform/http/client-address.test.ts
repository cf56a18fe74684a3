import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';

import {
  clientKey,
  isAddressBlock,
  trustedProxies,
} from '../../../../src/platform/http/client-address.js';

const PROXIES = ['10.0.0.0/8', '192.0.2.200', '2001:db8:ff::/48'];

const keyOf = (remoteAddress: string | undefined, forwarded?: string, proxies = PROXIES) =>
  clientKey(
    {
      socket: { remoteAddress },
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    } as unknown as IncomingMessage,
    trustedProxies(proxies),
  );

describe('whom a request comes from', () => {
  it.each([
    ['192.0.2.1', undefined, '192.0.2.1'],
    ['::ffff:192.0.2.1', undefined, '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2::/64'],
    ['2001:db8::1', undefined, '2001:db8:0:0::/64'],
    ['::1', undefined, '0:0:0:0::/64'],
    ['fe80::1%eth0', undefined, 'fe80:0:0:0::/64'],
    ['64:ff9b::192.0.2.1', undefined, '64:ff9b:0:0::/64'],
    // Not of a proxy that is trusted.
    ['192.0.2.1', '198.51.100.1', '192.0.2.1'],
    ['2001:db8:fe::1', '198.51.100.1', '2001:db8:fe:0::/64'],
    // Of one that is.
    ['10.1.2.3', '198.51.100.1', '198.51.100.1'],
    ['::ffff:10.1.2.3', '198.51.100.1', '198.51.100.1'],
    ['192.0.2.200', '2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8:ff::1', '198.51.100.1:4711', '198.51.100.1'],
    ['10.1.2.3', '[2001:db8:1:2::9]:4711', '2001:db8:1:2::/64'],
    // The entries before it come from the caller.
    ['10.1.2.3', '1.1.1.1, 198.51.100.1', '198.51.100.1'],
    ['10.1.2.3', '1.1.1.1, 198.51.100.1, 10.0.0.9', '198.51.100.1'],
    ['10.1.2.3', '10.0.0.8, 10.0.0.9', '10.0.0.8'],
    // Nonsense.
    ['10.1.2.3', '', '10.1.2.3'],
    ['10.1.2.3', 'unknown', '10.1.2.3'],
    ['10.1.2.3', '198.51.100.1, _hidden', '10.1.2.3'],
    ['10.1.2.3', `${'1.1.1.1, '.repeat(10_000)}198.51.100.1`, '198.51.100.1'],
    [undefined, '198.51.100.1', ''],
  ])('%s, X-Forwarded-For: %s', (address, forwarded, key) => {
    expect(keyOf(address, forwarded)).toBe(key);
  });

  it('is the address of the connection where no proxy is trusted', () => {
    expect(keyOf('127.0.0.1', '198.51.100.1', [])).toBe('127.0.0.1');
  });
});

it.each([
  ['10.0.0.1', true],
  ['10.0.0.0/8', true],
  ['::1', true],
  ['2001:db8::/128', true],
  ['10.0.0.0/33', false],
  ['10.0.0.0/', false],
  ['10.0.0.0/8/8', false],
  ['10.0.0', false],
  ['fe80::1%eth0', false],
  ['proxy.example', false],
  ['', false],
])('a proxy is recognized by its address, or by a block of them: %s', (entry, isOne) => {
  expect(isAddressBlock(entry)).toBe(isOne);
});
