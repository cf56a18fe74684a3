import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';

import { createTestApp, type TestApp } from '../support/app.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp({ limits: { introspection: false } });
});
afterAll(() => gateway.close());

const sizeOf = (errors: unknown) => JSON.stringify({ errors }).length;

describe('an error', () => {
  it.each([
    ['a field', '{ topic { id } }'],
    ['an argument', '{ releases(firsts: 1) { totalCount } }'],
    ['a type', 'query ($x: Strin) { topics { id } }'],
    ['a value of an enum', '{ releases(filter: { type: [PRESS_RELEAS] }) { totalCount } }'],
    ['a member of an input', '{ releases(filter: { typ: [PRESS_RELEASE] }) { totalCount } }'],
  ])('guesses at nothing: %s', async (_, query) => {
    const { errors } = await gateway.query(query);
    expect(errors.length).toBeGreaterThan(0);
    expect(JSON.stringify(errors)).not.toContain('Did you mean');
  });

  it('guesses at nothing in a variable', async () => {
    const query = 'query ($f: ReleaseFilter) { releases(filter: $f) { totalCount } }';
    const filters = [{ typ: ['PRESS_RELEASE'] }, { type: ['PRESS_RELEAS'] }];
    for (const f of filters) {
      const { errors } = await gateway.query(query, { variables: { f } });
      expect(errors[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
      expect(JSON.stringify(errors)).not.toContain('Did you mean');
    }
  });

  it('is short, however long what it is about', async () => {
    const name = 'n'.repeat(500_000);
    const tag = '-'.repeat(500_000);
    const queries = [
      `{ ${name} }`,
      `{ topics(${name}: 1) { id } }`,
      `{ ${name}: release(number: "x", id: "y") { id } }`,
      `{ localization(languages: ["${tag}"]) { chain } }`,
      `{ topics { id } } "${name}`,
    ];
    for (const query of queries) {
      const { errors } = await gateway.query(query);
      expect(errors.length).toBeGreaterThan(0);
      expect(sizeOf(errors)).toBeLessThan(3_000);
    }
  });

  it('comes with few others, in number and in size', async () => {
    const wrong = Array.from({ length: 400 }, (_, index) => `wrong${index}`).join(' ');
    const invalid = await gateway.query(`{ releases { ${wrong} } }`);
    expect(invalid.errors).toHaveLength(6);
    const { errors, data } = await gateway.query(
      `{ ${Array.from({ length: 30 }, (_, index) => `a${index}: node(id: "${'x'.repeat(400)}${index}") { id }`).join(' ')} }`,
    );
    expect(data).toBeDefined();
    expect(errors.length).toBeLessThanOrEqual(21);
    expect(sizeOf(errors)).toBeLessThan(8_192);
  });

  it('in a long list is found once, not for each of its entries', async () => {
    const x = Array.from({ length: 20_000 }, (_, at) => `x${at}`);
    for (const [type, use] of [
      ['[LanguageTag!]', 'localization(languages: $x) { chain }'],
      ['[ReleaseType!]', 'releases(filter: { type: $x }) { totalCount }'],
    ]) {
      const query = `query ($x: ${type}) { ${use} }`;
      const { errors, status } = await gateway.query(query, { variables: { x } });
      expect(status).toBe(400);
      expect(sizeOf(errors)).toBeLessThan(8_192);
    }
  });

  it('reports how many others there are', async () => {
    const name = 'a'.repeat(400);
    const fields = Array.from(
      { length: 25 },
      (_, at) => `${name}${at}: release(number: $n, id: $i) { id }`,
    );
    const { errors } = await gateway.query(`query ($n: String, $i: ID) { ${fields.join(' ')} }`, {
      variables: { n: '1/26', i: 'x' },
      headers: { 'accept-language': 'pt' },
    });
    const reported = errors.filter(({ extensions }) => extensions.code === 'BAD_USER_INPUT');
    const rest = errors.at(-1);
    expect(rest?.extensions).toMatchObject({ code: 'ERRORS_OMITTED' });
    expect(rest?.message).toBe(`Mais ${25 - reported.length} erros não são exibidos.`);
    expect(sizeOf(errors)).toBeLessThan(8_192);
  });
});

describe('introspection', () => {
  it.each([
    ['es', getIntrospectionQuery(), 'introspección está desactivada'],
    ['en', '{ __type(name: "Release") { name } }', 'Introspection is disabled'],
    [
      'en',
      '{ ...F } fragment F on Query { __schema { types { name } } }',
      'Introspection is disabled',
    ],
  ])('can be turned off (%s)', async (tag, query, words) => {
    const { status, errors } = await gateway.query(query, { headers: { 'accept-language': tag } });
    expect([status, errors[0]?.extensions.reason]).toEqual([400, 'INTROSPECTION_OFF']);
    expect(errors[0]?.message).toContain(words);
  });

  it('takes __typename along for nobody', async () => {
    const { errors } = await gateway.query('{ __typename topics { __typename } }');
    expect(errors).toEqual([]);
  });
});
