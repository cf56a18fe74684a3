import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createTestApp, type TestApp } from '../support/app.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp();
});
afterAll(() => gateway.close());

type Wrong = [what: string, query: string, code: string, reason: string];

const conditional = (argument: string): Wrong => [
  `a subscription under @include(${argument})`,
  `subscription ($x: Boolean!) { releaseChanged @include(${argument}) { cursor } }`,
  'GRAPHQL_VALIDATION_FAILED',
  'QUERY_INVALID',
];

/** A query that the caller can mend, and how it is refused. */
const WRONG: readonly Wrong[] = [
  ['an unknown field', '{ nope }', 'GRAPHQL_VALIDATION_FAILED', 'QUERY_INVALID'],
  [
    'an unknown member of an input',
    '{ releases(filter: { nope: 1 }) { totalCount } }',
    'GRAPHQL_VALIDATION_FAILED',
    'QUERY_INVALID',
  ],
  [
    'an unknown value of an enum',
    '{ releases(orderBy: NEWEST) { totalCount } }',
    'GRAPHQL_VALIDATION_FAILED',
    'QUERY_INVALID',
  ],
  [
    'a text for a number',
    '{ releases(first: "ten") { totalCount } }',
    'GRAPHQL_VALIDATION_FAILED',
    'QUERY_INVALID',
  ],
  [
    'a number beyond 32 bits',
    '{ releases(first: 99999999999) { totalCount } }',
    'GRAPHQL_VALIDATION_FAILED',
    'QUERY_INVALID',
  ],
  ['no closing brace', '{ topics { id }', 'GRAPHQL_PARSE_FAILED', 'QUERY_SYNTAX'],
  ['no GraphQL at all', 'SELECT 1', 'GRAPHQL_PARSE_FAILED', 'QUERY_SYNTAX'],
  [
    'a required variable that is missing',
    'query ($code: CountryCode!) { memberState(code: $code) { code } }',
    'GRAPHQL_VALIDATION_FAILED',
    'QUERY_INVALID',
  ],
  [
    'two operations and no name',
    'query A { topics { id } } query B { topics { id } }',
    'GRAPHQL_VALIDATION_FAILED',
    'QUERY_INVALID',
  ],
  [
    'a mutation, of which there are none',
    'mutation { x }',
    'GRAPHQL_VALIDATION_FAILED',
    'QUERY_INVALID',
  ],
  ['a subscription', 'subscription { x }', 'GRAPHQL_VALIDATION_FAILED', 'QUERY_INVALID'],
  ...['if: [1]', 'if: true', 'if: $x', 'if: "x", x: 1'].map(conditional),
  [
    'a subscription under @skip',
    'subscription { ...F } fragment F on Subscription { ... @skip { releaseChanged { cursor } } }',
    'GRAPHQL_VALIDATION_FAILED',
    'QUERY_INVALID',
  ],
  [
    'a fragment within itself',
    '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
    'GRAPHQL_VALIDATION_FAILED',
    'QUERY_INVALID',
  ],
  ['nothing', '', 'BAD_REQUEST', 'REQUEST_INVALID'],
  [
    'a malformed tag',
    '{ localization(languages: ["fr_CA"]) { chain } }',
    'BAD_USER_INPUT',
    'LANGUAGE_TAG_MALFORMED',
  ],
];

describe('a query with a fault of the caller', () => {
  it.each(WRONG)('%s is refused by name', async (_, query, code, reason) => {
    const { status, errors, data } = await gateway.query(query);
    expect(errors[0]?.extensions).toMatchObject({ code, reason, requestId: expect.any(String) });
    expect(status).toBe(400);
    expect(data).toBeUndefined();
  });

  it.each([
    ['en', 'The type “Query” has no field'],
    ['es', 'El tipo «Query» no tiene ningún campo'],
    ['fr', 'Le type «\u00a0Query\u00a0» n’a pas de champ'],
    ['pt', 'O tipo “Query” não tem nenhum campo'],
  ])('gets an error in the language of the caller: %s', async (tag, beginning) => {
    const { errors, headers } = await gateway.query('{ nope }', {
      headers: { 'accept-language': tag },
    });
    expect(errors[0]?.message.startsWith(beginning)).toBe(true);
    expect(errors[0]?.message).toContain('nope');
    expect(headers['vary']).toContain('Accept-Language');
  });

  it('reveals no internals', async () => {
    for (const [, query] of WRONG) {
      const response = JSON.stringify(await gateway.query(query));
      expect(response).not.toMatch(/stacktrace|node_modules|\.[jt]s:\d|at \w+ \(/);
    }
  });
});

const repeated = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
const nested = (depth: number) =>
  `{ releases { nodes { ${'localized { release { '.repeat(depth)} id ${'} }'.repeat(depth)} } } }`;

const TOO_MUCH: readonly [what: string, query: string, reason: string][] = [
  ['depth', nested(10), 'QUERY_DEPTH'],
  [
    'depth within a fragment',
    `${nested(8).replace(' id ', ' ...F ')} fragment F on Release { localized { release { localized { id } } } }`,
    'QUERY_DEPTH',
  ],
  [
    'aliases',
    `{ releases { nodes { ${repeated(61, (index) => `a${index}: number`)} } } }`,
    'QUERY_ALIASES',
  ],
  [
    'root fields',
    `{ ${repeated(31, (index) => `a${index}: topics { id }`)} }`,
    'QUERY_ROOT_FIELDS',
  ],
  ['tokens', `{ ${'topics { id } '.repeat(1000)} }`, 'QUERY_TOKENS'],
  ['one field again and again', `{ ${'topics { id } '.repeat(700)} }`, 'QUERY_ROOT_FIELDS'],
  [
    'values within values',
    `{ releases(filter: ${'['.repeat(700)}1${']'.repeat(700)}) { totalCount } }`,
    'QUERY_DEPTH',
  ],
  [
    'types within types',
    `query ($x: ${'['.repeat(700)}Int${']'.repeat(700)}) { topics { id } }`,
    'QUERY_DEPTH',
  ],
  [
    'fragments that multiply each other',
    `{ releases { nodes { ...F0 } } } ${repeated(7, (index) => `fragment F${index} on Release { localized { release { ...F${index + 1} } } again: localized { release { ...F${index + 1} } } }`)} fragment F7 on Release { id number date type }`,
    'QUERY_ALIASES',
  ],
  [
    'fragments of the schema that multiply each other',
    `{ __schema { types { ...F0 } } } ${repeated(7, (index) => `fragment F${index} on __Type { ofType { ...F${index + 1} } interfaces { ...F${index + 1} } possibleTypes { ...F${index + 1} } }`)} fragment F7 on __Type { name }`,
    'QUERY_FIELDS',
  ],
  [
    'pages within pages of availabilities',
    `{ ${repeated(9, (index) => `a${index}: releases(first: 100) { nodes { availabilities { locales { locale } } } }`)} }`,
    'QUERY_COST',
  ],
  [
    'the same through fragments',
    `{ ${repeated(9, (index) => `a${index}: releases(first: 100) { ...P }`)} } fragment P on ReleaseConnection { nodes { availabilities { locales { locale } } } }`,
    'QUERY_COST',
  ],
];

describe('a query that requests too much', () => {
  it.each(TOO_MUCH)('%s', async (_, query, reason) => {
    const { status, errors } = await gateway.query(query);
    expect(errors[0]?.extensions.reason).toBe(reason);
    expect(status).toBe(400);
  });

  it('may still request a full page with the availability for every state', async () => {
    const { errors } = await gateway.query(
      '{ releases(first: 100) { nodes { number availabilities { status servedLocale missingRequired audience { code } } } } }',
    );
    expect(errors).toEqual([]);
  });

  it('gains nothing by a page of less than nothing', async () => {
    const heavy = repeated(
      9,
      (index) =>
        `a${index}: releases(first: 100) { nodes { availabilities { locales { locale } } } }`,
    );
    const { errors } = await gateway.query(
      `{ less: releases(first: -2000000) { nodes { id } } ${heavy} }`,
    );
    expect(errors[0]?.extensions.code).toBe('QUERY_TOO_COMPLEX');
  });

  it('counts a page size that comes in a variable', async () => {
    const document = `query ($n: Int) { ${repeated(9, (index) => `a${index}: releases(first: $n) { nodes { availabilities { locales { locale } } } }`)} }`;
    const small = await gateway.query(document, { variables: { n: 1 } });
    const large = await gateway.query(document, { variables: { n: 100 } });
    expect(small.errors).toEqual([]);
    expect([large.status, large.errors[0]?.extensions.code]).toEqual([400, 'QUERY_TOO_COMPLEX']);
  });
});
