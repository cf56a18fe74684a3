import { describe, expect, it } from '@jest/globals';

import { readConfig } from '../../../../src/app/config.js';
import { SiteAddress, DEFAULT_RELEASE_URL } from '../../../../src/platform/http/site-address.js';
import { nameUuid } from '../../../../src/platform/name-uuid.js';

const listening =
  (address: string, family = 'IPv4') =>
  () => [{ address, family, port: 4000 }];

describe('the addresses that are given to the public', () => {
  it.each([
    ['127.0.0.1', undefined, 'http://127.0.0.1:4000'],
    ['127.0.0.1', 'localhost:8080', 'http://localhost:8080'],
    ['127.0.0.1', '[::1]:8080', 'http://[::1]:8080'],
    ['127.0.0.1', 'evil.example', 'http://127.0.0.1:4000'],
    ['127.0.0.1', 'localhost.evil.example', 'http://127.0.0.1:4000'],
    ['127.0.0.1', '127.0.0.1:80@evil.example', 'http://127.0.0.1:4000'],
    ['127.0.0.1', 'localhost/evil', 'http://127.0.0.1:4000'],
    ['0.0.0.0', 'press.example', 'http://localhost:4000'],
  ])('on %s, requested as %s, begin with %s', (address, host, root) => {
    const settings = { publicUrl: null, releaseUrl: DEFAULT_RELEASE_URL };
    const site = new SiteAddress(settings, listening(address)).site(host);
    expect(site.own('/x')).toBe(`${root}/x`);
    expect(site.release('FR', 'a-b')).toBe(`${root}/fr/a-b`);
    expect(site.home('FR')).toBe(`${root}/`);
  });

  it('are those of the settings for every client', () => {
    const settings = {
      publicUrl: 'https://api.oas.example/gateway',
      releaseUrl: 'https://{lang}.oas.example/news?release={slug}',
    };
    const site = new SiteAddress(settings, listening('0.0.0.0')).site('localhost');
    expect(site.own('/sitemap.xml')).toBe('https://api.oas.example/gateway/sitemap.xml');
    expect(site.release('PT', '305-12-é&$&')).toBe(
      'https://pt.oas.example/news?release=305-12-%C3%A9%26%24%26',
    );
    expect(site.home('PT')).toBe('https://pt.oas.example/');
  });
});

it('makes the UUIDs of RFC 9562, appendix A.4', () => {
  const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
  expect(nameUuid(dns, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
});

describe('the settings of public addresses', () => {
  it.each([
    [{}, null, '{PUBLIC_URL}/{lang}/{slug}'],
    [{ PUBLIC_URL: 'https://a.example/b//' }, 'https://a.example/b', '{PUBLIC_URL}/{lang}/{slug}'],
    [
      { RELEASE_URL: 'https://{lang}.a.example/?r={slug}' },
      null,
      'https://{lang}.a.example/?r={slug}',
    ],
  ])('%j', (env, publicUrl, releaseUrl) => {
    expect(readConfig(env).site).toEqual({ publicUrl, releaseUrl });
  });

  it.each([
    [{}, true],
    [{ PUBLIC_URL: 'https://a.example/b' }, true],
    [{ PUBLIC_URL: 'https://a.example', RELEASE_URL: 'https://a.example/{lang}/{slug}' }, true],
    [{ RELEASE_URL: 'https://news.example/{lang}/{slug}' }, false],
    [{ RELEASE_URL: '{PUBLIC_URL}/{lang}/news/{slug}' }, false],
    [{ RELEASE_URL: 'https://news.example/{lang}/{slug}', SITE: '1' }, true],
    [{ SITE: '0' }, false],
  ])('%j: the pages are served: %s', (env, pages) => {
    expect(readConfig(env).pages).toBe(pages);
  });

  it.each([
    { PUBLIC_URL: 'a.example' },
    { PUBLIC_URL: 'https://a.example/?x=' },
    { PUBLIC_URL: 'ftp://a.example' },
    { RELEASE_URL: 'https://a.example/{lang}' },
    { RELEASE_URL: '/{lang}/{slug}' },
    { RELEASE_URL: 'https://a.example/{locale}/{slug}' },
    { RELEASE_URL: '{PUBLIC_URL}{slug}' },
  ])('%j is refused', (env) => {
    expect(() => readConfig(env)).toThrow('SETTING_INVALID');
  });
});
