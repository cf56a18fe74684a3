import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { expect, it } from '@jest/globals';

import { CompressedBodies } from '../../../../src/platform/http/compressed-bodies.js';

/** Compresses well, as a sitemap does. */
const large = (name: string) =>
  Buffer.from(`<loc>https://www.example.org/fr/${name}</loc>\n`.repeat(40_000));

it('compresses a body once for each encoding, however large it is', async () => {
  const bodies = new CompressedBodies(100_000);
  const bytes = large('communique');
  expect(bytes.length).toBeGreaterThan(1_500_000);
  const [first, meanwhile] = await Promise.all([bodies.get(bytes, 'br'), bodies.get(bytes, 'br')]);
  // The next request brings the same text in other memory.
  const later = await bodies.get(Buffer.from(bytes), 'gzip, br');
  expect(first.encoding).toBe('br');
  expect(meanwhile.bytes).toBe(first.bytes);
  expect(later.bytes).toBe(first.bytes);
  expect(brotliDecompressSync(first.bytes).equals(bytes)).toBe(true);
  const packed = await bodies.get(bytes, 'gzip');
  expect(packed.encoding).toBe('gzip');
  expect(gunzipSync(packed.bytes).equals(bytes)).toBe(true);
});

it('never takes one body for another, and leaves as it is what nobody wants compressed', async () => {
  const bodies = new CompressedBodies(100_000);
  const one = await bodies.get(large('a'), 'br');
  const other = await bodies.get(large('b'), 'br');
  expect(other.bytes.equals(one.bytes)).toBe(false);
  const bytes = large('a');
  expect(await bodies.get(bytes, 'identity')).toEqual({ encoding: 'identity', bytes });
  expect(await bodies.get(bytes, undefined)).toEqual({ encoding: 'identity', bytes });
});
