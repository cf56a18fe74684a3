import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';

import { loadDemo } from '../../src/cli/demo.js';
import { createTestApp, type GraphqlError, type TestApp } from '../support/app.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp();
  await loadDemo(gateway.database.dataSource);
});
afterAll(() => gateway.close());

const JSON_TYPE = { 'content-type': 'application/json' };

interface Refusal {
  readonly status: number;
  readonly reasons: (string | undefined)[];
  readonly codes: string[];
  readonly text: string;
}

async function send(path: string, init: RequestInit): Promise<Refusal> {
  const reply = await fetch(`${gateway.url}${path}`, init);
  const text = await reply.text();
  const { errors } = JSON.parse(text) as { errors?: GraphqlError[] };
  const extensions = (errors ?? []).map((error) => error.extensions);
  return {
    status: reply.status,
    reasons: extensions.map(({ reason }) => reason),
    codes: extensions.map(({ code }) => code),
    text,
  };
}

const post = (body: string, headers: Record<string, string> = JSON_TYPE) =>
  send('', { method: 'POST', headers, body });

const QUERY = '{ topics { id } }';

/** A request that is no query, and the status that it gets. */
const REFUSED: readonly [what: string, request: () => Promise<Refusal>, status: number][] = [
  ['malformed JSON', () => post('{"query": '), 400],
  ['no JSON at all', () => post('hello'), 400],
  ['an empty body', () => post(''), 400],
  ['JSON null', () => post('null'), 400],
  ['a JSON string', () => post('"{ topics { id } }"'), 400],
  ['a batch', () => post(JSON.stringify([{ query: QUERY }, { query: QUERY }])), 400],
  ['no query', () => post('{}'), 400],
  ['a query that is a number', () => post('{"query": 1}'), 400],
  ['variables that are a text', () => post(JSON.stringify({ query: QUERY, variables: 'x' })), 400],
  ['a plain text body', () => post(QUERY, { 'content-type': 'text/plain' }), 400],
  [
    'a form, as another site can make a browser send it',
    () => post(`query=${QUERY}`, { 'content-type': 'application/x-www-form-urlencoded' }),
    415,
  ],
  ['GET without a query', () => send('', { headers: JSON_TYPE }), 400],
  ['PUT', () => send('', { method: 'PUT', headers: JSON_TYPE, body: '{}' }), 404],
];

it('a request of more than 1 MiB is refused, with the limit', async () => {
  const refusal = await post(JSON.stringify({ query: QUERY, x: 'a'.repeat(1_100_000) }));
  expect(refusal).toMatchObject({
    status: 413,
    reasons: ['REQUEST_TOO_LARGE'],
    codes: ['REQUEST_TOO_LARGE'],
  });
  expect(refusal.text).toContain('1,048,576 bytes');
});

describe('a request that is no query', () => {
  it.each(REFUSED)('is refused: %s', async (_, request, status) => {
    const refusal = await request();
    const reason = status === 404 ? 'NOT_FOUND' : 'REQUEST_INVALID';
    expect(refusal).toMatchObject({ status, reasons: [reason] });
    expect(refusal.text).not.toMatch(/stack|node_modules|FST_|SyntaxError|\.js:\d|Unexpected/);
  });

  it.each([
    ['es', 'La solicitud'],
    ['fr-CA', 'La requête'],
    ['pt', 'solicitação'],
    ['en', 'The request'],
  ])('is refused in the language of the caller: %s', async (tag, words) => {
    const refusal = await post('{', { ...JSON_TYPE, 'accept-language': tag });
    expect(refusal.text).toContain(words);
  });
});

describe('a request', () => {
  it('may be a GET, for queries only', async () => {
    const found = await send(`?query=${encodeURIComponent(QUERY)}`, {});
    expect([found.status, found.codes]).toEqual([200, []]);
    const changed = await send(`?query=${encodeURIComponent('mutation { x }')}`, {});
    expect([changed.status >= 400 && changed.status < 500, changed.codes.length]).toEqual([
      true,
      1,
    ]);
    expect(changed.codes).not.toContain('INTERNAL');
  });

  it('names an operation that is there, or is refused', async () => {
    const query = 'query A { topics { id } } query B { topics { slug } }';
    expect(await post(JSON.stringify({ query, operationName: 'B' }))).toMatchObject({ codes: [] });
    for (const one of [query, QUERY, 'query A { topics { id } }']) {
      expect(await post(JSON.stringify({ query: one, operationName: 'C' }))).toMatchObject({
        status: 400,
        codes: ['GRAPHQL_VALIDATION_FAILED'],
      });
    }
  });

  it.each([
    ['{"first":"ten"}', 'query ($first: Int) { releases(first: $first) { totalCount } }'],
    ['{"code":null}', 'query ($code: CountryCode!) { memberState(code: $code) { code } }'],
    [
      '{"tags":["fr_CA"]}',
      'query ($tags: [LanguageTag!]) { localization(languages: $tags) { chain } }',
    ],
  ])('with wrong variables is refused: %s', async (variables, query) => {
    const refusal = await post(
      JSON.stringify({ query, variables: JSON.parse(variables) as object }),
    );
    expect(refusal.status).toBe(400);
    expect(refusal.codes).not.toContain('INTERNAL');
    expect(refusal.codes).toHaveLength(1);
  });

  it('may request the schema', async () => {
    const { data, errors } = await gateway.query<{ __schema: { types: object[] } }>(
      getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true }),
    );
    expect(errors).toEqual([]);
    expect(data.__schema.types.length).toBeGreaterThan(30);
  });
});

describe('the ready queries of the explorer', () => {
  const folder = new URL('../../src/web/explorer/queries/', import.meta.url);

  // A subscription and a mutation run elsewhere: in tests/long/explorer.test.ts.
  const queries = readdirSync(folder).filter((name) => {
    return !/^(?:subscription|mutation)\b/m.test(readFileSync(new URL(name, folder), 'utf8'));
  });

  it.each(queries.sort())('%s finds something, without an error', async (name) => {
    const query = readFileSync(new URL(name, folder), 'utf8');
    const { data, errors, status } = await gateway.query<object>(query);
    expect([status, errors]).toEqual([200, []]);
    const empty = Object.entries(data).filter(([, value]) => {
      const { totalCount, nodes, edges } = (value ?? {}) as Record<string, unknown>;
      return (
        value === null ||
        totalCount === 0 ||
        [nodes, edges].some((list) => list && (list as []).length === 0)
      );
    });
    expect(empty).toEqual([]);
  });
});
