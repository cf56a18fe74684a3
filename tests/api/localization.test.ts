import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp();
  await gateway.given(
    aRelease('305/12').in('ES').in('EN').in('FR').in('PT').published(),
    aRelease('306/12').in('PT').published(),
  );
});

afterAll(() => gateway.close());

interface Seen {
  readonly requested: string[];
  readonly audience: string | null;
  readonly coherence: string;
  readonly locale: string | null;
}

type Case = [directive: string, args: string, header: string, seen: string];

/** What the server took the reader for, in one line: tags, audience, coherence, locale served. */
async function seenBy(directive: string, args: string, header: string, variables?: object) {
  const declared = variables
    ? '($languages: [LanguageTag!], $audience: CountryCode, $coherence: Coherence)'
    : '';
  const { data, errors } = await gateway.query<{ release: { resolution: Seen } }>(
    `query Q${declared} ${directive} { release(number: "305/12") {
       resolution${args} { requested audience coherence locale } } }`,
    { variables: variables ?? {}, headers: header ? { 'accept-language': header } : {} },
  );
  expect(errors).toEqual([]);
  const { requested, audience, coherence, locale } = data.release.resolution;
  return `${requested.join(' ')} | ${audience} | ${coherence} | ${locale}`;
}

describe('an argument wins over @inContext, which wins over Accept-Language', () => {
  const all = '@inContext(languages: ["pt"], audience: "BR", coherence: STRICT)';
  const rows: Case[] = [
    ['', '', '', ' | null | RELEASE | ES'],
    ['', '', 'fr-CA, en;q=0.5', 'fr-CA en | null | RELEASE | FR'],
    ['', '', 'en;q=0.1, fr;q=0.2, *;q=0.3', 'fr en | null | RELEASE | FR'],
    ['', '', 'fr;q=0, en', 'en | null | RELEASE | EN'],
    ['', '', 'fr_CA, en', 'en | null | RELEASE | EN'],
    ['', '', '*', ' | null | RELEASE | ES'],
    [all, '', 'fr', 'pt | BR | STRICT | PT'],
    [all, '(languages: ["en"])', 'fr', 'en | BR | STRICT | EN'],
    [all, '(audience: "HT")', 'fr', 'pt | HT | STRICT | PT'],
    [all, '(coherence: FIELD)', 'fr', 'pt | BR | FIELD | PT'],
    [
      all,
      '(languages: ["en"], audience: "HT", coherence: RELEASE)',
      'fr',
      'en | HT | RELEASE | EN',
    ],
    ['@inContext(audience: "HT")', '', 'en', 'en | HT | RELEASE | EN'],
    ['@inContext(audience: "HT")', '', '', ' | HT | RELEASE | FR'],
    ['@inContext(languages: ["pt"])', '(audience: "HT")', 'en', 'pt | HT | RELEASE | PT'],
    ['@inContext(coherence: FIELD)', '', 'en', 'en | null | FIELD | EN'],
    // An empty list is a statement: no language in particular.
    ['@inContext(languages: ["pt"])', '(languages: [])', 'en', ' | null | RELEASE | ES'],
    ['@inContext(languages: [])', '', 'en', ' | null | RELEASE | ES'],
    ['@inContext(languages: [], audience: "HT")', '', 'en', ' | HT | RELEASE | FR'],
    ['', '(languages: ["nl", "zh"])', 'fr', 'nl zh | null | RELEASE | ES'],
    ['', '(languages: ["FR-ca", "fr-CA", "fra", "fr"])', '', 'fr-CA fr | null | RELEASE | FR'],
    ['', '(audience: "ht")', '', ' | HT | RELEASE | FR'],
    ['', '(languages: "pt")', '', 'pt | null | RELEASE | PT'],
  ];

  it.each(rows)('%s %s, header %j: %s', async (directive, args, header, seen) => {
    expect(await seenBy(directive, args, header)).toBe(seen);
  });
});

describe('null counts as absent', () => {
  const given = '@inContext(languages: ["pt"], audience: "BR", coherence: STRICT)';
  const nulls = '(languages: null, audience: null, coherence: null)';
  const variables = '(languages: $languages, audience: $audience, coherence: $coherence)';
  const inContext = `@inContext${variables}`;
  const none = { languages: null, audience: null, coherence: null };
  const some = { languages: ['FR-ca'], audience: 'HT', coherence: 'FIELD' };
  const rows: [directive: string, args: string, variables: object | undefined, seen: string][] = [
    [given, nulls, undefined, 'pt | BR | STRICT | PT'],
    [`@inContext${nulls}`, '', undefined, 'en | null | RELEASE | EN'],
    [`@inContext${nulls}`, nulls, undefined, 'en | null | RELEASE | EN'],
    [given, variables, none, 'pt | BR | STRICT | PT'],
    [given, variables, {}, 'pt | BR | STRICT | PT'],
    [given, variables, some, 'fr-CA | HT | FIELD | FR'],
    [inContext, '', none, 'en | null | RELEASE | EN'],
    [inContext, '', {}, 'en | null | RELEASE | EN'],
    [inContext, '', some, 'fr-CA | HT | FIELD | FR'],
    [inContext, nulls, some, 'fr-CA | HT | FIELD | FR'],
    [inContext, '', { ...none, audience: 'HT' }, 'en | HT | RELEASE | EN'],
  ];

  it.each(rows)('%s %s with %j: %s', async (directive, args, given, seen) => {
    expect(await seenBy(directive, args, 'en', given)).toBe(seen);
  });

  const pairs: [withNull: string, without: string][] = [
    ['release(id: null, number: "305/12", slug: null) { id }', 'release(number: "305/12") { id }'],
    ['releases(first: null, after: null) { nodes { id } }', 'releases { nodes { id } }'],
    ['releases(last: null, before: null) { nodes { id } }', 'releases { nodes { id } }'],
    ['releases(filter: null, search: null) { totalCount }', 'releases { totalCount }'],
    ['releases(filter: { type: null }, orderBy: null) { totalCount }', 'releases { totalCount }'],
    ['memberStates(on: null) { code }', 'memberStates { code }'],
    [
      'memberState(code: "HT") { name(languages: null) { lang } membership(on: null) { until } }',
      'memberState(code: "HT") { name { lang } membership { until } }',
    ],
    [
      'memberState(code: "HT") { requiredLocales(type: null, on: null) }',
      'memberState(code: "HT") { requiredLocales }',
    ],
    [
      'release(number: "305/12") { localized { excerpt(maxLength: null) { value } } }',
      'release(number: "305/12") { localized { excerpt { value } } }',
    ],
    ['localization(languages: null, coherence: null) { chain }', 'localization { chain }'],
    [
      'localeBundle(namespace: "app", languages: null) { locale }',
      'localeBundle(namespace: "app") { locale }',
    ],
  ];

  it.each(pairs)('%s is %s', async (withNull, without) => {
    const headers = { 'accept-language': 'fr' };
    const [found, same] = await Promise.all(
      [withNull, without].map((field) => gateway.query(`{ ${field} }`, { headers })),
    );
    expect(found?.errors).toEqual([]);
    expect(found?.data).toEqual(same?.data);
  });
});

it('gives each field what its own arguments request, in one response', async () => {
  const { data, headers } = await gateway.query(
    `query @inContext(languages: ["en"]) { release(number: "305/12") {
       a: localized { reference } b: localized(languages: ["fr"]) { reference title { lang } }
       c: localized(audience: "BR", languages: []) { reference title { lang } } d: localized(languages: ["gn"]) { reference }
     } }`,
  );
  expect(data).toEqual({
    release: {
      a: { reference: 'E-305/12' },
      b: { reference: 'F-305/12', title: { lang: 'fr' } },
      c: { reference: 'P-305/12', title: { lang: 'pt' } },
      d: { reference: 'C-305/12' },
    },
  });
  expect(headers['content-language']).toBe('fr, pt');
});

it('shows an edge to the reader of the list, and a node to the reader of the operation', async () => {
  const { data } = await gateway.query(
    `query @inContext(languages: ["en"], coherence: STRICT) {
       releases(languages: ["pt"], audience: "BR", orderBy: DATE_ASC) {
         edges { localized { reference resolution { requested audience coherence } }
                 node { localized { reference resolution { requested audience coherence } } } }
         nodes { localized { reference } } } }`,
  );
  const ofList = { requested: ['pt'], audience: 'BR', coherence: 'STRICT' };
  const ofOperation = { requested: ['en'], audience: null, coherence: 'STRICT' };
  expect(data).toEqual({
    releases: {
      edges: [
        {
          localized: { reference: 'P-305/12', resolution: ofList },
          node: { localized: { reference: 'E-305/12', resolution: ofOperation } },
        },
        { localized: { reference: 'P-306/12', resolution: ofList }, node: { localized: null } },
      ],
      nodes: [{ localized: { reference: 'E-305/12' } }, { localized: null }],
    },
  });
});

describe('Content-Language and Vary', () => {
  const rows: [
    query: string,
    header: string | null,
    language: string | null,
    vary: string | null,
  ][] = [
    [
      '{ release(number: "305/12") { localized { title { value } } } }',
      'fr',
      'fr',
      'Accept-Language',
    ],
    [
      '{ release(number: "305/12") { localized { title { value } } } }',
      null,
      'es',
      'Accept-Language',
    ],
    [
      '{ release(number: "305/12") { localized(languages: ["pt"]) { title { value } } } }',
      'fr',
      'pt',
      null,
    ],
    [
      'query @inContext(languages: ["pt"]) { release(number: "305/12") { localized { title { value } } } }',
      'fr',
      'pt',
      null,
    ],
    [
      'query @inContext(audience: "HT") { release(number: "305/12") { localized { title { value } } } }',
      'en',
      'en',
      'Accept-Language',
    ],
    ['{ release(number: "305/12") { number date } }', 'fr', null, null],
    ['{ memberState(code: "HT") { name { value } } }', 'nl', 'nl', 'Accept-Language'],
    ['{ memberState(code: "HT") { name(languages: ["fr-CA"]) { value } } }', 'nl', 'fr', null],
    ['{ localeBundle(namespace: "app") { locale } }', 'pt-PT', 'pt', 'Accept-Language'],
    ['{ release(number: "305/12") { availability(audience: "HT") { status } } }', 'fr', null, null],
  ];

  it.each(rows)('%s, header %s: %s, %s', async (query, header, language, vary) => {
    const { headers } = await gateway.query(query, {
      headers: header === null ? {} : { 'accept-language': header },
    });
    expect(headers['content-language'] ?? null).toBe(language);
    expect(headers['vary'] ?? null).toBe(vary);
  });
});
