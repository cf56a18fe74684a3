import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createTestApp, type TestApp } from '../support/app.js';

let open: TestApp;
let hidden: TestApp;

beforeAll(async () => {
  open = await createTestApp();
  hidden = await createTestApp({ limits: { introspection: false } });
});
afterAll(async () => {
  await open.close();
  await hidden.close();
});

interface Row {
  readonly kind: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Names of the schema that are not in the query. */
  readonly names: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    kind: 'an argument',
    query: '{ release(numbr: "305/12") { id } }',
    names: ['number'],
  },
  { kind: 'a field', query: '{ releases { nodes { numbr } } }', names: ['number'] },
  {
    kind: 'a field of one of its types',
    query: '{ node(id: "x") { originalLocale } }',
    names: ['EditorialRelease', 'Release'],
  },
  { kind: 'a type', query: '{ node(id: "x") { ... on Relase { id } } }', names: ['Release'] },
  {
    kind: 'an enum value',
    query: '{ releases(orderBy: DATE_DESK) { totalCount } }',
    names: ['DATE_DESC'],
  },
  {
    kind: 'an enum value in quotation marks',
    query: '{ releases(orderBy: "DATE_DESK") { totalCount } }',
    names: ['DATE_DESC'],
  },
  {
    kind: 'an enum value in a variable',
    query: 'query ($order: ReleaseOrder) { releases(orderBy: $order) { totalCount } }',
    variables: { order: 'DATE_DESK' },
    names: ['DATE_DESC'],
  },
  {
    kind: 'an input field',
    query: '{ releases(filter: { dateFron: "2026-01-01" }) { totalCount } }',
    names: ['dateFrom'],
  },
  {
    kind: 'an input field in a variable',
    query: 'query ($filter: ReleaseFilter) { releases(filter: $filter) { totalCount } }',
    variables: { filter: { dateFron: '2026-01-01' } },
    names: ['dateFrom'],
  },
  {
    kind: 'a directive',
    query: 'query @inContxt(audience: "HT") { topics { id } }',
    names: ['@inContext'],
  },
  {
    kind: 'an argument of a directive',
    query: 'query @inContext(audiense: "HT") { topics { id } }',
    names: ['audience'],
  },
  {
    kind: 'the type of a variable',
    query: 'query ($code: ContryCode!) { memberState(code: $code) { code } }',
    names: ['CountryCode'],
  },
];

/** The suggestion begins so, and quotes so. */
const FORMS: Readonly<Record<string, readonly [words: string, quoted: (name: string) => string]>> =
  {
    en: ['Did you mean', (name) => `“${name}”`],
    es: ['¿Quiso ', (name) => `«${name}»`],
    fr: ['Vouliez-vous ', (name) => `«\u00a0${name}\u00a0»`],
    pt: ['Você quis ', (name) => `“${name}”`],
  };

const messagesOf = async (app: TestApp, { query, variables }: Row, tag: string) => {
  const { errors } = await app.query(query, {
    headers: { 'accept-language': tag },
    ...(variables && { variables }),
  });
  expect(errors.length).toBeGreaterThan(0);
  return errors;
};

describe('with introspection, a message suggests', () => {
  it.each(ROWS)('$kind, in the language of the caller', async (row) => {
    for (const [tag, [words, quoted]] of Object.entries(FORMS)) {
      const errors = await messagesOf(open, row, tag);
      const [message = ''] = errors
        .map((error) => error.message)
        .filter((text) => text.includes(words));
      const suggestion = message.slice(message.indexOf(words));
      for (const name of row.names) expect(suggestion).toContain(quoted(name));
      expect(suggestion).toMatch(tag === 'fr' ? /\u202f\?$/ : /[^\s]\?$/);
    }
  });

  it('nothing for a name that resembles none', async () => {
    const [error] = (await open.query('{ qqqqqqqq }')).errors;
    expect(error?.message).toBe('The type “Query” has no field “qqqqqqqq”.');
  });

  it('nothing that only the caller wrote', async () => {
    const order = 'X". Did you mean "DROP"?';
    const query = 'query ($order: ReleaseOrder) { releases(orderBy: $order) { totalCount } }';
    const { errors } = await open.query(query, { variables: { order } });
    expect(errors[0]?.message).not.toContain('“DROP”');
  });

  it('over an event stream too', async () => {
    const response = await fetch(open.url, {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'subscription { releaseChangd { cursor } }' }),
    });
    expect(await response.text()).toContain('Did you mean “releaseChanged”?');
  });
});

describe('without introspection', () => {
  it.each(ROWS)('no message names $kind that the caller did not', async (row) => {
    for (const tag of Object.keys(FORMS)) {
      const text = JSON.stringify(await messagesOf(hidden, row, tag));
      expect(text).not.toMatch(/Did you mean|¿Quiso|Vouliez-vous|Você quis/);
      for (const name of row.names)
        expect(text).not.toMatch(new RegExp(`\\b${name.replace('@', '')}\\b`));
    }
  });

  it('nor over an event stream', async () => {
    const response = await fetch(hidden.url, {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'subscription { releaseChangd { cursor } }' }),
    });
    expect(await response.text()).not.toMatch(/releaseChanged|Did you mean/);
  });
});
