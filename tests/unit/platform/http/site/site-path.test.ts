import { describe, expect, it } from '@jest/globals';

import type { Locale } from '../../../../../src/kernel/locale.js';
import {
  type AddressedRelease,
  isSlug,
  readPath,
  redirectOf,
} from '../../../../../src/platform/http/site/site-path.js';

describe('readPath', () => {
  it.each([
    ['/fr', { locale: 'FR', name: '' }],
    ['/fr/', { locale: 'FR', name: '' }],
    ['/pt/languages', { locale: 'PT', name: 'languages' }],
    ['/en/9001-12-a-title', { locale: 'EN', name: '9001-12-a-title' }],
    ['/', null],
    ['/ht', null],
    ['/FR', null],
    ['/french', null],
    ['/fr/a/b', null],
    ['/graphql', null],
  ])('of %s is %j', (path, found) => expect(readPath(path)).toEqual(found));
});

describe('isSlug', () => {
  it.each(['9001-12-a-title', 'x'])('accepts %s', (text) => expect(isSlug(text)).toBe(true));
  it.each(['', '-a', 'a-', 'a--b', 'A', 'é', '%41', 'a.php', 'a'.repeat(121)])(
    'refuses "%s"',
    (text) => expect(isSlug(text)).toBe(false),
  );
});

describe('redirectOf', () => {
  const alternates = [
    { locale: 'EN' as Locale, slug: 'title' },
    { locale: 'FR' as Locale, slug: 'titre' },
  ];
  const shown = (locale: Locale, slug: string): AddressedRelease => {
    return { addressed: { slug, resolution: { locale } }, alternates };
  };

  it.each<[string, string, Locale, AddressedRelease, object | null]>([
    ['its own slug', 'titre', 'FR', shown('FR', 'titre'), null],
    ['a former slug', 'ancien', 'FR', shown('FR', 'titre'), { status: 301, slug: 'titre' }],
    [
      'the slug of another language',
      'title',
      'FR',
      shown('FR', 'titre'),
      { status: 302, slug: 'titre' },
    ],
    ["the original's slug, while Spanish is missing", 'title', 'ES', shown('EN', 'title'), null],
    [
      'any other slug, while Spanish is missing',
      'titre',
      'ES',
      shown('EN', 'title'),
      { status: 302, slug: 'title' },
    ],
    ['a release without a text for the reader', 'x', 'ES', { addressed: null, alternates }, null],
  ])('of %s', (_, name, locale, release, redirect) => {
    expect(redirectOf({ locale, name }, release)).toEqual(redirect);
  });
});
