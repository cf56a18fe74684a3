import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';

let gateway: TestApp;
let id: string;

beforeAll(async () => {
  gateway = await createTestApp({ responseCache: { maxBytes: 8 * 2 ** 20, maxAge: 1 } });
  await gateway.given(aRelease('101/20').dated('2020-01-10').in('EN').in('FR').published());
  const { data } = await gateway.query<{ release: { id: string } }>(release('id'));
  id = data?.release.id ?? '';
});
afterAll(() => gateway.close());

/** Cache-Control of the response to a GET without a token. */
async function cacheControl(query: string, variables: object = {}): Promise<string | null> {
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  const headers = { 'apollo-require-preflight': '1', accept: 'application/json' };
  const response = await fetch(`${gateway.url}?${String(search)}`, { headers });
  await response.text();
  return response.headers.get('cache-control');
}

const release = (selection: string) => `{ release(number: "101/20") { ${selection} } }`;
const localized = (selection: string) => release(`localized(languages: ["en"]) { ${selection} }`);
const state = (selection: string) => `{ memberState(code: "BR") { ${selection} } }`;

describe('a response from public data only may be cached', () => {
  it.each([
    '{ viewer { grants { role } } }',
    '{ releases { totalCount nodes { number } edges { cursor localized { id } } pageInfo { hasNextPage } } }',
    '{ localization(languages: ["fr"]) { __typename } }',
    '{ memberStates { code } topics { slug name(languages: ["fr"]) { value } } }',
    state('name(languages: ["fr"]) { value } membership { status } requiredLocales fallbackChain'),
    release('number topics { slug } audiences { code } mentions { code } locales { locale }'),
    release('alternates { locale } availabilities { status } resolution { locale }'),
    release('availability(audience: "BR") { status }'),
    localized(
      'id reference slug url title { value } summary { value } excerpt { value } body { html }',
    ),
    localized('dateText publishedAt modifiedAt resolution { locale }'),
    localized('corrections { note { value } }'),
    '{ parity { releases locales { published } audiences { audience { code } complete } } }',
    '{ parity(from: "2020-01-01", audience: "BR") { months { month locales { published } } } }',
    '{ releases(search: "title") { edges { match { title { start } snippet { value } } } } }',
  ])('%s', async (query) => {
    expect(await cacheControl(query)).toBe('public, max-age=1, must-revalidate');
  });

  it('a node', async () => {
    const query = 'query ($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }';
    expect(await cacheControl(query, { id })).toBe('public, max-age=1, must-revalidate');
  });
});

describe('a response from anything else may not', () => {
  it.each([
    '{ localeBundle(namespace: "app") { version } }',
    '{ releaseChanges { cursor } }',
    '{ audienceRules { __typename } }',
    '{ worklist { totalCount } }',
    '{ node(id: "unknown") { id } }',
    localized('jsonLd'),
    `{ topics { slug } localeBundle(namespace: "app") { version } }`,
  ])('%s', async (query) => {
    expect(await cacheControl(query)).toBe('no-store');
  });
});

it('counts only fields that are executed', async () => {
  const query =
    'query ($isPage: Boolean!) { release(number: "101/20") { localized { id jsonLd @include(if: $isPage) } } }';
  expect(await cacheControl(query, { isPage: true })).toBe('no-store');
  expect(await cacheControl(query, { isPage: false })).toBe('public, max-age=1, must-revalidate');
  const unknown = '{ release(number: "999/99") { localized { jsonLd } } }';
  expect(await cacheControl(unknown)).toBe('public, max-age=1, must-revalidate');
});
