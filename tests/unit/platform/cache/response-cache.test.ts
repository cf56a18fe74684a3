import { expect, it } from '@jest/globals';

import { CachedResponse } from '../../../../src/platform/cache/cached-response.js';
import { Dependencies } from '../../../../src/platform/cache/dependencies.js';
import { ResponseCache } from '../../../../src/platform/cache/response-cache.js';

const VERSION = { seq: 1, revision: 1 };
const TODAY = '2026-06-01';

interface Surroundings {
  readonly isUsable?: () => boolean;
  readonly today?: () => string;
}

function cacheOf(
  maxBytes: number,
  { isUsable = () => true, today = () => TODAY }: Surroundings = {},
): ResponseCache {
  return new ResponseCache({ maxBytes, today, version: () => (isUsable() ? VERSION : null) });
}

function responseOf(name: string): CachedResponse {
  const dependencies = new Dependencies();
  dependencies.addVersion(VERSION);
  dependencies.releases.add(name);
  return new CachedResponse(name, Buffer.from(`{"data":{"${name}":1}}`), TODAY, null, dependencies);
}

it('finds a response by the fingerprint of a request that had it before, and by no other', () => {
  const cache = cacheOf(1e6);
  const response = responseOf('a');
  cache.store(response, 'fr GET a');
  expect(cache.findByFingerprint('fr GET a')).toBe(response);
  expect(cache.findByFingerprint('pt GET a')).toBeNull();
  expect(cache.findByFingerprint('fr GET b')).toBeNull();
});

it('finds no response that changed, is of another day, or whose lease has expired', () => {
  let usable = true;
  let today = TODAY;
  const cache = cacheOf(1e6, { isUsable: () => usable, today: () => today });
  const [a, b] = [responseOf('a'), responseOf('b')];
  cache.store(a, 'GET a');
  cache.store(b, 'GET b');
  usable = false;
  expect(cache.findByFingerprint('GET a')).toBeNull();
  usable = true;
  expect(cache.findByFingerprint('GET a')).toBe(a);
  cache.invalidate([{ releaseId: 'a', place: null }]);
  expect(cache.findByFingerprint('GET a')).toBeNull();
  expect(cache.findByFingerprint('GET b')).toBe(b);
  today = '2026-06-02';
  expect(cache.findByFingerprint('GET b')).toBeNull();
});

it('stores nothing uncacheable, inconsistent, or of another version', () => {
  const cache = cacheOf(1e6);
  const uncacheable = responseOf('a');
  uncacheable.dependencies.isUncacheable = true;
  const inconsistent = responseOf('b');
  inconsistent.dependencies.addVersion({ seq: 2, revision: 1 });
  const unknown = new CachedResponse('c', Buffer.from('{}'), TODAY, null, new Dependencies());
  for (const response of [uncacheable, inconsistent, unknown]) cache.store(response, null);
  expect(cache.count).toBe(0);
});

it('limits the room of fingerprints; without one, a response is found by its operation', () => {
  const cache = cacheOf(10_000);
  const response = responseOf('a');
  const long = (letter: string) => letter.repeat(4_000);
  cache.store(response, long('a'));
  for (const letter of ['b', 'c', 'd']) cache.addFingerprint(response, long(letter));
  const known = ['a', 'b', 'c', 'd'].filter(
    (letter) => cache.findByFingerprint(long(letter)) !== null,
  );
  expect(known).toEqual(['a', 'b']);
  expect(cache.find('a')).toBe(response);
  cache.invalidate(null);
  cache.store(responseOf('b'), long('d'));
  expect(cache.findByFingerprint(long('d'))?.key).toBe('b');
});

it('evicts the response that was used least recently, also by its fingerprint', () => {
  const names = Array.from({ length: 12 }, (_, index) => `response${index}`);
  const size = responseOf('response10').size;
  const cache = cacheOf(10 * size);
  for (const name of names.slice(0, 10)) cache.store(responseOf(name), name);
  cache.findByFingerprint('response0');
  for (const name of names.slice(10)) cache.store(responseOf(name), name);
  expect(cache.findByFingerprint('response0')?.key).toBe('response0');
  expect(cache.findByFingerprint('response1')).toBeNull();
});
