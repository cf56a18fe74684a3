import { describe, expect, it } from '@jest/globals';

import {
  encodeBody,
  encodingFor,
  isCompressible,
  StoredBody,
  withVary,
} from '../../../../src/platform/http/content-encoding.js';
import { etagIn, matchingTag } from '../../../../src/platform/http/etag.js';

describe('the encoding of a body', () => {
  const rows: [header: string | undefined, length: number, encoding: string][] = [
    [undefined, 5_000, 'identity'],
    ['', 5_000, 'identity'],
    ['gzip', 5_000, 'gzip'],
    ['GZIP', 5_000, 'gzip'],
    ['x-gzip', 5_000, 'gzip'],
    ['br', 5_000, 'br'],
    ['gzip, deflate, br, zstd', 5_000, 'br'],
    ['gzip;q=1.0, br;q=0.9', 5_000, 'gzip'],
    ['br;q=0.001', 5_000, 'br'],
    ['br;q=0, gzip', 5_000, 'gzip'],
    ['br;q=0, *', 5_000, 'gzip'],
    ['*', 5_000, 'br'],
    ['*;q=0', 5_000, 'identity'],
    ['*;q=0, gzip', 5_000, 'gzip'],
    ['identity', 5_000, 'identity'],
    ['identity;q=1, gzip;q=0.5', 5_000, 'identity'],
    ['identity;q=0', 5_000, 'identity'],
    ['identity;q=0, gzip', 5_000, 'gzip'],
    ['deflate, zstd', 5_000, 'identity'],
    ['gzip;q=nonsense', 5_000, 'identity'],
    ['gzip, br', 999, 'identity'],
    ['gzip, br', 1_000, 'br'],
    ['gzip, identity;q=0', 10, 'gzip'],
    ['gzip, *;q=0', 10, 'gzip'],
    ['identity;q=0', 10, 'identity'],
  ];
  it.each(rows)('Accept-Encoding "%s", %d bytes: %s', (header, length, encoding) => {
    expect(encodingFor(header, length)).toBe(encoding);
  });
});

it.each([
  ['application/json; charset=utf-8', true],
  ['application/graphql-response+json', true],
  ['application/atom+xml; charset=utf-8', true],
  ['application/xml', true],
  ['text/html', true],
  ['image/svg+xml', true],
  ['text/event-stream; charset=utf-8', false],
  ['image/png', false],
  ['font/woff2', false],
  ['', false],
])('the type "%s" is compressible: %s', (type, expected) => {
  expect(isCompressible(type)).toBe(expected);
});

it.each([
  [undefined, ['Accept-Encoding'], 'Accept-Encoding'],
  ['Accept', ['Accept-Encoding'], 'Accept, Accept-Encoding'],
  ['accept-encoding, Accept', ['Accept-Encoding'], 'accept-encoding, Accept'],
])('Vary "%s" with %j is "%s"', (vary, names, expected) => {
  expect(withVary(vary, ...names)).toBe(expected);
});

it.each([
  [undefined, null],
  ['"x"', '"x"'],
  ['"x-br"', '"x-br"'],
  ['W/"x-gzip"', '"x-gzip"'],
  ['"y", "x-gzip"', '"x-gzip"'],
  ['*', '"x"'],
  ['"y"', null],
  ['"x-zstd"', null],
])('If-None-Match %s has the body "x" by %s', (header, tag) => {
  expect(matchingTag(header, '"x"')).toBe(tag);
});

it('gives each encoding a tag of its own', () => {
  expect([etagIn('"x"', 'identity'), etagIn('"x"', 'br')]).toEqual(['"x"', '"x-br"']);
});

describe('a body that is sent more than once', () => {
  it('is compressed once for each encoding, also for requests that come together', async () => {
    const body = new StoredBody(Buffer.from('text '.repeat(1_000)));
    const [one, two] = await Promise.all([body.for('gzip'), body.for('gzip, br;q=0.5')]);
    expect(one.encoding).toBe('gzip');
    expect(two.bytes).toBe(one.bytes);
    expect(body.for('gzip')).toEqual(one);
    expect((await body.for('br')).bytes).not.toBe(one.bytes);
  });
});

it('lets other work go on while it compresses', async () => {
  const large = Buffer.from('a longer text that repeats '.repeat(400_000));
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  await encodeBody(large, 'br');
  clearInterval(timer);
  expect(turns).toBeGreaterThan(3);
});
