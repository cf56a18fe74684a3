import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type GraphqlError, type TestApp } from '../support/app.js';
import { LiveClient } from '../support/live.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp({ responseCache: { maxBytes: 1_000_000, maxAge: 0 } });
  await gateway.given(aRelease('305/12').in('ES').in('FR').published());
});
afterAll(() => gateway.close());

/** Words that only messages of one language have. */
const WORDS: readonly (readonly [tag: string, words: RegExp])[] = [
  ['en', /\b(is not the code|must be an integer|is not a valid|has no field)\b/],
  ['es', /(no es el código|debe ser un número|no es un valor|no tiene ningún campo)/],
  ['fr', /(n’est le code|doit être un nombre|n’est pas une valeur|n’a pas de champ)/],
  ['pt', /(não é o código|deve ser um número|não é um valor|não tem nenhum campo)/],
];
const languageOf = (message: string) =>
  WORDS.filter(([, words]) => words.test(message)).map(([tag]) => tag);
const languagesOf = (errors: readonly Pick<GraphqlError, 'message'>[]) =>
  errors.map(({ message }) => languageOf(message).join());

interface Row {
  readonly name: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Of the messages, in their order. */
  readonly languages: readonly string[];
  /** Default: the languages of the messages. */
  readonly contentLanguage?: string;
}

const RELEASE = 'release(number: "305/12")';
const EXCERPT = 'excerpt(maxLength: 1) { value }';

/** Each with Accept-Language: en. */
const ROWS: readonly Row[] = [
  {
    name: 'a literal',
    query: '{ releases(languages: ["fr"], audience: "ZZ") { totalCount } }',
    languages: ['fr'],
  },
  {
    name: 'one tag without brackets',
    query: '{ releases(languages: "ht", audience: "ZZ") { totalCount } }',
    languages: ['fr'],
  },
  {
    name: 'a variable',
    query:
      'query ($tags: [LanguageTag!]) { releases(languages: $tags, audience: "ZZ") { totalCount } }',
    variables: { tags: ['pt-PT', 'fr'] },
    languages: ['pt'],
  },
  {
    name: 'a variable within a list',
    query:
      'query ($tag: LanguageTag!) { releases(languages: [$tag, "fr"], audience: "ZZ") { totalCount } }',
    variables: { tag: 'es-MX' },
    languages: ['es'],
  },
  {
    name: 'the default value of a variable',
    query:
      'query ($tags: [LanguageTag!] = ["pt"]) { releases(languages: $tags, audience: "ZZ") { totalCount } }',
    languages: ['pt'],
  },
  {
    name: 'a variable without a value',
    query:
      'query ($tags: [LanguageTag!]) { releases(languages: $tags, audience: "ZZ") { totalCount } }',
    languages: ['en'],
  },
  {
    name: 'null and an empty list, which state nothing',
    query: `{ ${RELEASE} { a: localized(languages: null, audience: "ZZ") { id }
      b: localized(languages: [], audience: "ZZ") { id } } }`,
    languages: ['en', 'en'],
  },
  {
    name: 'aliases of one field in four languages',
    query: `{ ${RELEASE} { ${['fr', 'en', 'pt', 'es']
      .map((tag) => `${tag}: localized(languages: ["${tag}"], audience: "ZZ") { id }`)
      .join(' ')} } }`,
    languages: ['fr', 'en', 'pt', 'es'],
    contentLanguage: 'en, es, fr, pt',
  },
  {
    name: 'a variable that is not valid, of a field with languages',
    query: `query ($tags: [LanguageTag!], $audience: CountryCode) { ${RELEASE} { ...R } }
      fragment R on Release { localized(languages: $tags, audience: $audience) { id } }`,
    variables: { tags: ['fr'], audience: 'ZZ' },
    languages: ['fr'],
  },
  {
    name: 'the languages of an outer field',
    query: `{ ${RELEASE} { localized(languages: ["fr"]) { ${EXCERPT} } } }`,
    languages: ['fr'],
  },
  {
    name: 'the innermost statement',
    query: `query @inContext(languages: ["pt"]) {
      releases(first: 5, languages: ["fr"]) { nodes { localized(languages: ["es"]) { ${EXCERPT} } } edges { localized { ${EXCERPT} } } } }`,
    languages: ['es', 'fr'],
    contentLanguage: 'es, fr',
  },
  {
    name: '@inContext where no field states any',
    query: `query @inContext(languages: ["pt"]) { ${RELEASE} { localized { ${EXCERPT} } } }`,
    languages: ['pt'],
  },
  {
    name: 'a failed field beside texts in another language',
    query: `{ ${RELEASE} { localized(languages: ["es"]) { title { value } }
      other: localized(languages: ["pt"], audience: "ZZ") { id } } }`,
    languages: ['pt'],
    contentLanguage: 'es, pt',
  },
  {
    name: 'named and inline fragments',
    query: `query ($tags: [LanguageTag!]) { ... on Query { ...Q } }
      fragment Q on Query { found: ${RELEASE} { ... { ...R } } }
      fragment R on Release { fr: localized(languages: $tags, audience: "ZZ") { id }
        es: localized(languages: ["es"]) { ...L } }
      fragment L on LocalizedRelease { ${EXCERPT} }`,
    variables: { tags: ['fr'] },
    languages: ['fr', 'es'],
    contentLanguage: 'es, fr',
  },
  {
    name: 'one response name with other languages on each type',
    query: `{ localization(languages: ["pt"]) { chain } node(id: "none") { id }
      a: ${RELEASE} { ... on Release { x: localized(languages: ["fr"]) { ${EXCERPT} } } ... on Release { x: localized(languages: ["fr"]) { id } } } }`,
    languages: ['fr'],
    contentLanguage: 'fr',
  },
  {
    name: 'a value that is not valid, beside the languages',
    query: '{ releases(languages: ["fr"], first: "ten") { totalCount } }',
    languages: ['fr'],
  },
  {
    name: 'an unknown field within a field with languages, in a fragment',
    query: `query ($tags: [LanguageTag!]) { ${RELEASE} { ...R } }
      fragment R on Release { localized(languages: $tags) { xyzzy } }`,
    variables: { tags: ['pt'] },
    languages: ['pt'],
  },
  {
    name: 'the request’s, where the languages of the field are not valid',
    query: `query @inContext(languages: ["es"]) {
      releases(languages: ["fr", 7], first: 1) { totalCount } }`,
    languages: [''],
  },
];

describe('the message of an error is in the language of its field:', () => {
  it.each(ROWS)('$name', async ({ query, variables, languages, contentLanguage }) => {
    // More than once: the second time a document is compiled.
    for (let time = 0; time < 3; time += 1) {
      const { errors, headers } = await gateway.query(query, {
        variables: variables ?? {},
        headers: { 'accept-language': 'en' },
      });
      expect(languagesOf(errors)).toEqual(languages);
      if (languages.includes('')) continue;
      const expected = contentLanguage ?? [...new Set(languages)].sort().join(', ');
      expect(headers['content-language']).toBe(expected);
    }
  });

  it('the request’s, where the languages of the field are malformed', async () => {
    const query = '{ releases(languages: ["fr", "fr_CA"]) { totalCount } }';
    const { errors, headers } = await gateway.query(query, {
      headers: { 'accept-language': 'pt' },
    });
    expect(errors[0]?.message).toContain('não é uma etiqueta de idioma');
    expect(headers['content-language']).toBe('pt');
  });

  it('the request’s, where a field names too many languages', async () => {
    const tags = Array.from({ length: 60 }, () => '"fr"').join();
    const query = `{ releases(languages: [${tags}]) { totalCount } }`;
    const { errors } = await gateway.query(query, { headers: { 'accept-language': 'es' } });
    expect(errors[0]?.extensions.reason).toBe('LIST_TOO_LONG');
    expect(errors[0]?.message).toMatch(/ como máximo |admite|elementos/);
  });

  it('whatever response another caller had before', async () => {
    const query =
      'query ($tags: [LanguageTag!]) { releases(languages: $tags, audience: "ZZ") { totalCount } }';
    for (const tag of ['fr', 'es', 'fr', 'pt']) {
      const { errors } = await gateway.query(query, { variables: { tags: [tag] } });
      expect(languagesOf(errors)).toEqual([tag]);
    }
  });

  it('and Accept-Language is ignored', async () => {
    const query = '{ releases(languages: ["fr"], audience: "ZZ") { totalCount } }';
    const { headers } = await gateway.query(query, { headers: { 'accept-language': 'en' } });
    expect(headers.vary ?? '').not.toContain('Accept-Language');
  });

  it('and an error that is left out does not count', async () => {
    const fields = Array.from({ length: 25 }, (_, index) => {
      return `f${index}: localized(languages: ["${index < 20 ? 'fr' : 'es'}"], audience: "ZZ") { id }`;
    });
    const { errors, headers } = await gateway.query(`{ ${RELEASE} { ${fields.join(' ')} } }`, {
      headers: { 'accept-language': 'pt' },
    });
    expect(errors.at(-1)?.extensions.reason).toBe('ERRORS_OMITTED');
    expect(new Set(languagesOf(errors.slice(0, -1)))).toEqual(new Set(['fr']));
    expect(headers['content-language']).toBe('fr, pt');
  });
});

describe.each([
  ['a WebSocket', (client: LiveClient) => client.overSocket({ acceptLanguage: 'en' })],
  ['an event stream', (client: LiveClient) => client.overEvents()],
] as const)('over %s', (_name, connect) => {
  it.each([
    ['of the subscription that cannot begin', { languages: ['fr'], audience: 'ZZ' }, 'fr'],
    ['of its languages, tried in order', { languages: ['nl', 'pt'], audience: 'ZZ' }, 'pt'],
  ])('the message is in the language %s', async (_what, context, language) => {
    const client = connect(new LiveClient(gateway.url, context));
    try {
      await client.until(({ errors }) => errors.length > 0);
      expect(languagesOf(client.errors as GraphqlError[])).toEqual([language]);
    } finally {
      client.stop();
    }
  });
});

it('an event stream names the languages of the errors that it consists of', async () => {
  const query = 'subscription { releaseChanged(languages: ["fr"], xyzzy: 1) { cursor } }';
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      'accept-language': 'pt',
    },
    body: JSON.stringify({ query }),
  });
  expect(response.headers.get('content-language')).toBe('fr');
  expect(await response.text()).toContain('n’a pas d’argument');
});
