import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';

let gateway: TestApp;
let ids: Record<'release' | 'localized' | 'state' | 'topic', string>;

interface Found {
  readonly release: { readonly id: string; readonly localized: { readonly id: string } };
  readonly memberState: { readonly id: string };
  readonly topics: readonly [{ readonly id: string }];
  readonly nodes: readonly unknown[];
}

beforeAll(async () => {
  gateway = await createTestApp();
  await gateway.given(
    aRelease('305/12').about('cyber-security').in('EN').in('FR').published(),
    aRelease('306/12').in('EN').published().retracted(),
  );
  const { data } = await gateway.query<Found>(
    `{ release(number: "305/12") { id localized(languages: ["fr-CA"], audience: "HT") { id } }
       memberState(code: "HT") { id } topics { id } }`,
  );
  const { release, memberState, topics } = data;
  const localized = release.localized.id;
  ids = { release: release.id, localized, state: memberState.id, topic: topics[0].id };
});

afterAll(() => gateway.close());

async function idFor(args: string, number = '305/12'): Promise<string> {
  const { data, errors } = await gateway.query<Found>(
    `{ release(number: "${number}") { localized${args} { id } } }`,
  );
  expect(errors).toEqual([]);
  return data.release.localized.id;
}

/** An id as the server writes it, made by hand. */
const made = (...parts: unknown[]): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url');
const partsOf = (id: string): unknown[] => JSON.parse(Buffer.from(id, 'base64url').toString());

describe('the id of a localized release', () => {
  it.each([
    ['(languages: ["fr-CA"])', '(languages: ["FR-ca"])'],
    ['(languages: ["fr-CA"])', '(languages: ["fr-ca", "fr-CA"])'],
    ['(languages: ["fra"])', '(languages: ["fr"])'],
    ['(languages: ["fr"])', '(languages: "fr", audience: null, coherence: RELEASE)'],
    ['(audience: "HT")', '(audience: "ht")'],
    ['', '(languages: [])'],
  ])('is the same for %s and %s', async (one, other) => {
    expect(await idFor(one)).toBe(await idFor(other));
  });

  it('is another one for every other reader', async () => {
    const readers = [
      '',
      '(languages: ["fr"])',
      '(languages: ["fr-CA"])',
      '(languages: ["fr", "en"])',
      '(languages: ["en", "fr"])',
      '(audience: "HT")',
      '(audience: "CA")',
      '(languages: ["fr"], audience: "HT")',
      '(languages: ["fr"], coherence: FIELD)',
      '(languages: ["fr"], coherence: STRICT)',
    ];
    const found = await Promise.all(readers.map((args) => idFor(args)));
    expect(new Set(found).size).toBe(readers.length);
  });

  it('is the same however the reader was given', async () => {
    const { data } = await gateway.query<Found>(
      'query @inContext(audience: "HT") { release(number: "305/12") { localized { id } } }',
      { headers: { 'accept-language': 'FR-ca' } },
    );
    expect(data.release.localized.id).toBe(ids.localized);
  });

  it('is found again, however many languages the reader has', async () => {
    const languages = Array.from({ length: 30 }, (_, n) => `fr-x-${'abcdefgh-'.repeat(10)}${n}`);
    const { data } = await gateway.query<Found>(
      'query Q($languages: [LanguageTag!]) { release(number: "305/12") { localized(languages: $languages) { id } } }',
      { variables: { languages } },
    );
    const { id } = data.release.localized;
    const found = await gateway.query('query Q($id: ID!) { node(id: $id) { id } }', {
      variables: { id },
    });
    expect(found.data).toEqual({ node: { id } });
  });
});

const NODE = `id __typename ... on Release { number } ... on MemberState { code } ... on Topic { slug }
  ... on LocalizedRelease { reference title { lang isFallback } resolution { requested audience coherence } }`;

describe('node', () => {
  const rows: [kind: 'release' | 'localized' | 'state' | 'topic', found: object][] = [
    ['release', { __typename: 'Release', number: '305/12' }],
    [
      'localized',
      {
        __typename: 'LocalizedRelease',
        reference: 'F-305/12',
        title: { lang: 'fr', isFallback: false },
        resolution: { requested: ['fr-CA'], audience: 'HT', coherence: 'RELEASE' },
      },
    ],
    ['state', { __typename: 'MemberState', code: 'HT' }],
    ['topic', { __typename: 'Topic', slug: 'cyber-security' }],
  ];

  it.each(rows)('gives a %s to every reader', async (kind, found) => {
    const id = ids[kind];
    // Its reader is in the id: neither the header nor the directive makes another one of it.
    const query = `query Q($id: ID!) @inContext(languages: ["pt"], audience: "BR") { node(id: $id) { ${NODE} } }`;
    const { data, errors } = await gateway.query(query, { variables: { id } });
    expect([data, errors]).toEqual([{ node: { id, ...found } }, []]);
  });

  it('gives several in the order of their ids, null for each that is not there', async () => {
    const wanted = [ids.topic, 'nonsense', ids.release, ids.localized, ids.state, ids.release];
    const { data } = await gateway.query<Found>(
      'query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      { variables: { ids: wanted } },
    );
    const found = wanted.map((id) => (id === 'nonsense' ? null : { id }));
    expect(data.nodes).toEqual(found);
  });

  it('gives at most a hundred', async () => {
    const nodes = (count: number) =>
      gateway.query('query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
        variables: { ids: Array(count).fill(ids.state) },
      });
    expect((await nodes(100)).errors).toEqual([]);
    const { errors } = await nodes(101);
    expect(errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', reason: 'LIST_TOO_LONG' } },
    ]);
  });
});

describe('an id that we never gave', () => {
  const uuid = '0b0c7d3e-6f0a-4c55-9d5e-0a0b0c0d0e0f';
  const strange: [what: string, id: () => string][] = [
    ['nothing', () => ''],
    ['no base64url', () => '%%%'],
    ['a long one', () => 'A'.repeat(100_000)],
    ['no list', () => Buffer.from('{}').toString('base64url')],
    ['an unknown type', () => made('Draft', uuid)],
    ['a release that is not there', () => made('Release', uuid)],
    ['a release without an id', () => made('Release')],
    ['a release by a number', () => made('Release', 7)],
    ['SQL', () => made('Release', "' OR 1=1 --")],
    ['a release with more in its id', () => made(...partsOf(ids.release), 'more')],
    ['a release in capitals', () => made('Release', String(partsOf(ids.release)[1]).toUpperCase())],
    ['padded', () => `${ids.release}==`],
    ['a state that is none', () => made('MemberState', 'ZZ')],
    ['a state in small letters', () => made('MemberState', 'ht')],
    ['a state with more in its id', () => made('MemberState', 'HT', 1)],
    ['a topic that is not there', () => made('Topic', uuid)],
    ['a reader without coherence', () => made(...partsOf(ids.localized).slice(0, -1))],
    ['an unknown coherence', () => made(...partsOf(ids.localized).slice(0, -1), 'ANY')],
    [
      'a malformed tag',
      () => made('LocalizedRelease', partsOf(ids.release)[1], ['fr_CA'], null, 'RELEASE'),
    ],
    [
      'a tag in another form',
      () => made('LocalizedRelease', partsOf(ids.release)[1], ['FR-ca'], null, 'RELEASE'),
    ],
    [
      'a tag twice',
      () => made('LocalizedRelease', partsOf(ids.release)[1], ['fr', 'fr'], null, 'RELEASE'),
    ],
    [
      'an audience that is none',
      () => made('LocalizedRelease', partsOf(ids.release)[1], ['fr'], 'ZZ', 'RELEASE'),
    ],
    ['a reader with more', () => made(...partsOf(ids.localized), 'more')],
  ];

  it.each(strange)('%s: null, as for what is not public', async (_, id) => {
    const { data, errors } = await gateway.query(
      'query Q($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }',
      { variables: { id: id() } },
    );
    expect([data, errors]).toEqual([{ node: null, nodes: [null] }, []]);
    const release = await gateway.query('query Q($id: ID!) { release(id: $id) { id } }', {
      variables: { id: id() },
    });
    expect(release.data).toEqual({ release: null });
    // What has the form of another kind of id is refused by its form, whether or not there is something.
    const reasons = release.errors.map(({ extensions }) => extensions.reason);
    expect(reasons.filter((reason) => reason !== 'SELECTOR_MISPLACED')).toEqual([]);
  });

  it('nor one of another thing for a release', async () => {
    for (const id of [ids.localized, ids.state, ids.topic]) {
      const { data } = await gateway.query('query Q($id: ID!) { release(id: $id) { id } }', {
        variables: { id },
      });
      expect(data).toEqual({ release: null });
    }
  });
});
