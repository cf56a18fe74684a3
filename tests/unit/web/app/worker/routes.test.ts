import { describe, expect, it } from '@jest/globals';

import { routeOf } from '../../../../../src/web/app/worker/routes.js';

const navigate = 'navigate';
const cors = 'cors';

describe.each(['https://example.org/', 'https://example.org/press/'])('below %s', (scope) => {
  it.each([
    ['', navigate, 'PAGE'],
    ['fr', navigate, 'PAGE'],
    ['fr?q=OEA&after=x', navigate, 'PAGE'],
    ['fr/', navigate, 'PAGE'],
    ['pt/9001-26-um-titulo', navigate, 'PAGE'],
    ['fr/app', navigate, 'PAGE'],
    ['de', navigate, null],
    ['fr/a/b', navigate, null],
    ['newsroom', navigate, null],
    ['newsroom/fr', navigate, null],
    ['newsroom/preview/fr/x', navigate, null],
    ['graphql', navigate, null],
    ['graphql', cors, null],
    ['graphql?extensions={}', cors, null],
    ['feeds/fr.atom', navigate, null],
    ['developers', navigate, null],
    ['site/page-abc.js', cors, 'FILE'],
    ['site/a/b.js', cors, null],
    ['locales/fr/site.json', cors, 'TEXTS'],
    ['locales/fr/status.json', cors, 'TEXTS'],
    ['locales/fr/errors.json', cors, null],
    ['sw.js', cors, null],
    ['fr/app.webmanifest', cors, null],
  ])('%j with mode %s is %s', (path, mode, expected) => {
    const request = { method: 'GET', mode: mode as Request['mode'], url: `${scope}${path}` };
    expect(routeOf(request, scope)).toBe(expected);
    expect(routeOf({ ...request, method: 'POST' }, scope)).toBeNull();
  });
});

it('leaves the addresses of others on the same host alone', () => {
  const request = { method: 'GET', mode: navigate, url: 'https://example.org/fr' } as const;
  expect(routeOf(request, 'https://example.org/press/')).toBeNull();
});
