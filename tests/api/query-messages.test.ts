import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createTestApp, type TestApp } from '../support/app.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp();
});
afterAll(() => gateway.close());

interface Row {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** In English. */
  readonly message: string;
}

const ROWS: readonly Row[] = [
  { query: '{ nope }', message: 'The type “Query” has no field “nope”.' },
  { query: '{ topics { nmae } }', message: 'The type “Topic” has no field “nmae”.' },
  {
    query: '{ releases(first: 1, frist: 2) { totalCount } }',
    message: '“Query.releases” has no argument “frist”.',
  },
  {
    query: '{ topics @include(when: true, if: true) { id } }',
    message: '“@include” has no argument “when”.',
  },
  {
    query: '{ memberState { code } }',
    message: '“memberState” requires the argument “code” of type CountryCode!.',
  },
  {
    query: '{ topics @skip { id } }',
    message: '“@skip” requires the argument “if” of type Boolean!.',
  },
  {
    query: '{ releases(first: "ten") { totalCount } }',
    message: 'The value "ten" is not a valid Int.',
  },
  {
    query: '{ releases(first: 1.5) { totalCount } }',
    message: 'The value 1.5 is not a valid Int.',
  },
  {
    query: '{ releases(first: 99999999999) { totalCount } }',
    message: 'The value 99999999999 is not a valid Int.',
  },
  {
    query: '{ releases(orderBy: NEWEST) { totalCount } }',
    message: 'The value NEWEST is not a valid ReleaseOrder.',
  },
  {
    query: '{ releases(orderBy: "DATE_DESC") { totalCount } }',
    message: 'The value "DATE_DESC" is not a valid ReleaseOrder.',
  },
  {
    query: '{ releases(filter: { nope: 1 }) { totalCount } }',
    message: 'The type “ReleaseFilter” has no field “nope”.',
  },
  {
    query: '{ releases(filter: 3) { totalCount } }',
    message: 'The value 3 is not a valid ReleaseFilter.',
  },
  { query: '{ topics { ... on Nope { id } } }', message: 'There is no type “Nope”.' },
  {
    query: 'query ($x: Topic) { topics { id } release(number: $x) { id } }',
    message: 'The variable “$x” cannot have the type “Topic”.',
  },
  { query: '{ topics @nope { id } }', message: 'There is no directive “@nope”.' },
  {
    query: '{ topics @inContext(audience: "HT") { id } }',
    message: 'The directive “@inContext” is not allowed here.',
  },
  {
    query: '{ topics @skip(if: true) @skip(if: false) { id } }',
    message: 'The directive “@skip” is used twice in the same place.',
  },
  { query: 'query ($x: Int) { topics { id } }', message: 'The variable “$x” is not used.' },
  {
    query: '{ releases(first: $x) { totalCount } }',
    message: 'The variable “$x” is not defined.',
  },
  {
    query: 'query ($x: String) { releases(first: $x) { totalCount } }',
    message: 'The variable “$x” of type String cannot be used where Int is expected.',
  },
  {
    query: 'query ($code: CountryCode!) { memberState(code: $code) { code } }',
    message: 'The variable “$code” requires a value of type CountryCode!.',
  },
  {
    query: 'query ($code: CountryCode!) { memberState(code: $code) { code } }',
    variables: { code: null },
    message: 'The variable “$code” requires a value of type CountryCode!.',
  },
  {
    query: 'query ($n: Int) { releases(first: $n) { totalCount } }',
    variables: { n: 'ten; at "x"' },
    message: 'Variable “$n”: The value "ten; at \\"x\\"" is not a valid Int.',
  },
  {
    query: 'query ($o: ReleaseOrder) { releases(orderBy: $o) { totalCount } }',
    variables: { o: 'NEWEST' },
    message: 'Variable “$o”: The value NEWEST is not a valid ReleaseOrder.',
  },
  {
    query: 'query ($f: ReleaseFilter) { releases(filter: $f) { totalCount } }',
    variables: { f: { nope: 1 } },
    message: 'Variable “$f”: The type “ReleaseFilter” has no field “nope”.',
  },
  {
    query: 'query ($f: ReleaseFilter) { releases(filter: $f) { totalCount } }',
    variables: { f: 7 },
    message: 'Variable “$f”: The value 7 is not a valid ReleaseFilter.',
  },
  { query: '{ releases }', message: '“releases” of type ReleaseConnection! requires a selection' },
  {
    query: '{ topics { id { x } } }',
    message: '“id” of type ID! has no fields to select.',
  },
  {
    query: '{ releases(first: 1) { totalCount } releases(first: 2) { totalCount } }',
    message: 'The fields “releases” conflict. Use different aliases to request both.',
  },
  {
    query: 'query A { topics { id } } query A { topics { id } }',
    message: '“A” is defined more than once.',
  },
  { query: '{ releases(first: 1, first: 2) { totalCount } }', message: '“first” is defined more' },
  {
    query: 'query A { topics { id } } query B { topics { id } }',
    message: 'The document contains several operations.',
  },
  {
    query: '{ topics { id } } query B { topics { id } }',
    message: 'An operation without a name must be the only one in the document.',
  },
  { query: 'fragment F on Query { topics { id } }', message: 'The fragment “F” is not used.' },
  { query: '{ ...F }', message: 'There is no fragment “F”.' },
  {
    query: '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
    message: 'The fragment “A” includes itself.',
  },
  {
    query: '{ topics { ... on Release { id } } }',
    message: 'A fragment on “Release” cannot be used within “Topic”.',
  },
  {
    query: '{ topics { ... on Int { id } } }',
    message: 'A fragment cannot be defined on “Int”, which has no fields.',
  },
  {
    query: 'subscription { ... @skip(if: true) { releaseChanged { cursor } } }',
    message: 'A subscription must not use @skip or @include at its root.',
  },
  {
    query: 'type T { x: Int } query { topics { id } }',
    message: 'The document must contain operations and fragments only.',
  },
  {
    query: '{\n  topics { id }',
    message: 'The GraphQL query has a syntax error at line 2, column 16.',
  },
];

describe('a query with a fault', () => {
  it.each(ROWS)('$query: $message', async ({ query, variables, message }) => {
    const { errors } = await gateway.query(query, variables && { variables });
    expect(errors.map((error) => error.message)).toContainEqual(expect.stringContaining(message));
    const found = errors.find((error) => error.message.includes(message));
    // The message of graphql-js stands beside it, with its language.
    expect(found?.extensions).toMatchObject({ detail: expect.any(String), detailLang: 'en' });
    expect(JSON.stringify(found?.extensions)).not.toContain('Did you mean');
  });

  it.each(['es', 'fr', 'pt'])('is explained in one language: %s', async (tag) => {
    for (const { query, variables } of ROWS) {
      const { errors } = await gateway.query(query, {
        headers: { 'accept-language': tag },
        ...(variables && { variables }),
      });
      expect(errors.length).toBeGreaterThan(0);
      for (const { message } of errors) {
        expect(message).not.toMatch(/\b(the|is|not|field|unknown|cannot|expected)\b/i);
      }
    }
  });
});

/** A literal that is no string where a string belongs, and how it is named. */
const LITERALS: readonly (readonly [literal: string, named: string])[] = [
  ['CA', 'CA'],
  ['5', '5'],
  ['true', 'true'],
  ['[HT]', '[HT]'],
  ['{ code: "HT" }', '{code: "HT"}'],
];

describe('a literal that is no string', () => {
  it.each(LITERALS)('%s is named as it was written', async (literal, named) => {
    for (const query of [
      `query @inContext(audience: ${literal}) { topics { id } }`,
      `{ memberState(code: ${literal}) { code } }`,
      `{ localization(languages: ["es", ${literal}]) { chain } }`,
      `{ releases(filter: { dateFrom: ${literal} }) { totalCount } }`,
    ]) {
      const { errors } = await gateway.query(query);
      const [error] = errors;
      expect(error?.extensions.code).toBe('BAD_USER_INPUT');
      expect(error?.message).toBe(
        `A string is expected, not ${named}. Strings are written in quotation marks.`,
      );
    }
  });
});
