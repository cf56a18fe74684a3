import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp();
  await gateway.given(aRelease('305/12').in('ES').in('FR').published());
});

afterAll(() => gateway.close());

const MALFORMED: Record<string, string> = {
  en: '“fr_CA” is not a well-formed language tag.',
  es: '«fr_CA» no es una etiqueta de idioma bien formada.',
  fr: '«\u00a0fr_CA\u00a0» n’est pas une étiquette de langue bien formée.',
  pt: '“fr_CA” não é uma etiqueta de idioma bem formada.',
};
const UNKNOWN: Record<string, string> = {
  en: '“ZZ” is not the code of a state',
  es: '«ZZ» no es el código de ningún Estado',
  fr: '«\u00a0ZZ\u00a0» n’est le code d’aucun État',
  pt: '“ZZ” não é o código de nenhum Estado',
};
const TAGS = ['en', 'es', 'fr', 'pt'];

interface Fault {
  readonly message: string;
  readonly code: string;
  readonly reason: string;
}

async function faultsOf(query: string, variables?: object, header?: string): Promise<Fault[]> {
  const { errors } = await gateway.query(query, {
    variables: variables ?? {},
    headers: header ? { 'accept-language': header } : {},
  });
  return errors.map(({ message, extensions: { code, reason } }) => {
    return { message, code, reason: reason ?? '' };
  });
}

describe('a malformed tag', () => {
  const literal = '{ release(number: "305/12") { localized(languages: ["es", "fr_CA"]) { id } } }';
  const variable =
    'query Q($tags: [LanguageTag!]) { release(number: "305/12") { localized(languages: $tags) { id } } }';
  const expected = (tag: string) => [
    {
      message: expect.stringContaining(MALFORMED[tag] ?? '?'),
      code: 'BAD_USER_INPUT',
      reason: 'LANGUAGE_TAG_MALFORMED',
    },
  ];

  it.each(TAGS)('is explained in the language of the header: %s', async (tag) => {
    expect(await faultsOf(literal, {}, tag)).toEqual(expected(tag));
    expect(await faultsOf(variable, { tags: ['es', 'fr_CA'] }, tag)).toEqual(expected(tag));
  });

  it.each(TAGS)('is explained in the language of @inContext: %s', async (tag) => {
    const directive = `query @inContext(languages: ["${tag}"])`;
    expect(await faultsOf(`${directive} ${literal}`, {}, 'nl')).toEqual(expected(tag));
    const inDirective = variable.replace(') {', `) @inContext(languages: ["${tag}"]) {`);
    expect(await faultsOf(inDirective, { tags: ['fr_CA'] }, 'nl')).toEqual(expected(tag));
  });

  it.each(TAGS)('is explained in the language of a variable of @inContext: %s', async (tag) => {
    const query = `query Q($mine: [LanguageTag!], $tags: [LanguageTag!]) @inContext(languages: $mine) {
      release(number: "305/12") { localized(languages: $tags) { id } } }`;
    expect(await faultsOf(query, { mine: [tag], tags: ['fr_CA'] }, 'nl')).toEqual(expected(tag));
  });

  it('is refused wherever it stands', async () => {
    const queries = [
      'query @inContext(languages: ["fr_CA"]) { release(number: "305/12") { localized { id } } }',
      '{ releases(languages: ["fr_CA"]) { totalCount } }',
      '{ memberState(code: "HT") { name(languages: ["fr_CA"]) { value } } }',
      '{ localization(languages: "fr_CA") { chain } }',
      '{ localeBundle(namespace: "app", languages: ["fr_CA"]) { locale } }',
    ];
    for (const query of queries) expect(await faultsOf(query, {}, 'fr')).toEqual(expected('fr'));
    const inContext = `query Q($tags: [LanguageTag!]) @inContext(languages: $tags) {
      release(number: "305/12") { localized { id } } }`;
    expect(await faultsOf(inContext, { tags: ['fr_CA'] }, 'pt')).toEqual(expected('pt'));
  });

  it.each([7, true, { tag: 'fr' }, null])('and so is what is no text: %j', async (value) => {
    const found = await faultsOf(variable, { tags: [value] }, 'fr');
    expect(found).toHaveLength(1);
    expect(found[0]?.code).toMatch(/^(BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED)$/);
    expect(found[0]?.message).not.toMatch(/Error|undefined|\[object/);
  });

  it('names each of two', async () => {
    const query = '{ localization(languages: ["a", "*"]) { chain } }';
    expect((await faultsOf(query)).map(({ message }) => message.slice(0, 4))).toEqual([
      '“a” ',
      '“*” ',
    ]);
  });

  it('in the header is passed over', async () => {
    const query = '{ release(number: "305/12") { localized { reference } } }';
    const headers = { 'accept-language': 'fr_CA, *, , ;q=1, fr-CA;q=0.1' };
    const { data, errors } = await gateway.query(query, { headers });
    expect([errors, data]).toEqual([[], { release: { localized: { reference: 'F-305/12' } } }]);
  });
});

describe('a state that is none', () => {
  const query = `{ release(number: "305/12") { number localized(audience: "ZZ") { id }
    good: localized { reference } } topics { slug } }`;

  it.each(TAGS)(
    'is explained in the language of the caller, %s, and the rest is served',
    async (tag) => {
      const { data, errors } = await gateway.query(query, { headers: { 'accept-language': tag } });
      expect(errors).toEqual([
        expect.objectContaining({
          message: expect.stringContaining(UNKNOWN[tag] ?? '?'),
          path: ['release', 'localized'],
          extensions: expect.objectContaining({
            code: 'BAD_USER_INPUT',
            reason: 'COUNTRY_UNKNOWN',
          }),
        }),
      ]);
      const reference = tag === 'fr' ? 'F-305/12' : 'C-305/12';
      const release = { number: '305/12', localized: null, good: { reference } };
      expect(data).toEqual({ release, topics: [] });
    },
  );

  const rows: [query: string, path: string[]][] = [
    ['{ releases(audience: "ZZ") { totalCount } }', ['releases']],
    ['{ memberState(code: "ZZ") { code } }', ['memberState']],
    ['{ localization(audience: "ZZ") { chain } }', ['localization']],
    [
      '{ release(number: "305/12") { resolution(audience: "ZZ") { locale } } }',
      ['release', 'resolution'],
    ],
    [
      '{ release(number: "305/12") { availability(audience: "ZZ") { status } } }',
      ['release', 'availability'],
    ],
    [
      'query @inContext(audience: "ZZ") { release(number: "305/12") { localized { id } } }',
      ['release', 'localized'],
    ],
    [
      'query @inContext(audience: "ZZ") { memberState(code: "HT") { name { value } } }',
      ['memberState', 'name'],
    ],
  ];

  it.each(rows)('%s', async (query, path) => {
    const { errors } = await gateway.query(query);
    expect(errors).toMatchObject([
      { path, extensions: { code: 'BAD_USER_INPUT', reason: 'COUNTRY_UNKNOWN' } },
    ]);
  });

  it.each(['H', 'HTI', 'Haïti', '', 'h1', '../'])('%j is not even a code', async (code) => {
    const query = 'query Q($code: CountryCode!) { memberState(code: $code) { code } }';
    expect(await faultsOf(query, { code })).toMatchObject([
      { code: 'BAD_USER_INPUT', reason: 'COUNTRY_UNKNOWN' },
    ]);
  });
});

it('requires an audience where there is none', async () => {
  const query = '{ release(number: "305/12") { availability { status } } }';
  expect(await faultsOf(query, {}, 'es')).toMatchObject(
    [
      { code: 'BAD_USER_INPUT', reason: 'AUDIENCE_MISSING', message: /^Falta indicar el público/ },
    ].map((row) => ({ ...row, message: expect.stringMatching(row.message) })),
  );
});

it('refuses more languages than anybody reads', async () => {
  const languages = Array.from({ length: 31 }, (_, n) => `fr-x-${n}`);
  const query =
    'query Q($languages: [LanguageTag!]) { localization(languages: $languages) { chain } }';
  expect(await faultsOf(query, { languages })).toMatchObject([
    { code: 'BAD_USER_INPUT', reason: 'LIST_TOO_LONG' },
  ]);
  expect(await faultsOf(query, { languages: languages.slice(1) })).toEqual([]);
});
