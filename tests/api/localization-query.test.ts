import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createTestApp, type TestApp } from '../support/app.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp({ localeOrder: ['PT', 'ES', 'FR', 'EN'] });
});

afterAll(() => gateway.close());

describe('localization reports what the server understood', () => {
  type Row = [
    query: string,
    requested: string,
    audience: string | null,
    chain: string,
    coherence: string,
  ];
  const rows: Row[] = [
    ['{ localization { F } }', 'es', null, 'ES ORIGINAL PT FR EN', 'RELEASE'],
    ['{ localization(languages: []) { F } }', '', null, 'ORIGINAL PT ES FR EN', 'RELEASE'],
    [
      '{ localization(languages: ["FR-ca", "fr", "ht"]) { F } }',
      'fr-CA fr ht',
      null,
      'FR ORIGINAL PT ES EN',
      'RELEASE',
    ],
    [
      '{ localization(languages: [], audience: "HT") { F } }',
      '',
      'HT',
      'FR ORIGINAL EN ES PT',
      'RELEASE',
    ],
    [
      '{ localization(languages: ["nl"], audience: "SR") { F } }',
      'nl',
      'SR',
      'EN ES ORIGINAL PT FR',
      'RELEASE',
    ],
    [
      '{ localization(languages: ["fr"], audience: "CA", coherence: FIELD) { F } }',
      'fr',
      'CA',
      'FR EN ORIGINAL ES PT',
      'FIELD',
    ],
    [
      '{ localization(languages: ["ht", "pt"], audience: "CA", coherence: STRICT) { F } }',
      'ht pt',
      'CA',
      'PT FR',
      'STRICT',
    ],
    [
      '{ localization(languages: [], audience: "CA", coherence: STRICT) { F } }',
      '',
      'CA',
      'EN FR',
      'STRICT',
    ],
    ['{ localization(languages: [], coherence: STRICT) { F } }', '', null, 'ORIGINAL', 'STRICT'],
    ['{ localization(languages: ["nl"], coherence: STRICT) { F } }', 'nl', null, '', 'STRICT'],
    [
      'query @inContext(audience: "BR", coherence: FIELD) { localization { F } }',
      'es',
      'BR',
      'ES PT ORIGINAL EN FR',
      'FIELD',
    ],
    [
      'query @inContext(languages: ["en"]) { localization(audience: "BR") { F } }',
      'en',
      'BR',
      'EN PT ORIGINAL ES FR',
      'RELEASE',
    ],
  ];

  it.each(rows)('%s', async (query, requested, audience, chain, coherence) => {
    const fields = 'requested audience { code } chain coherence';
    const { data, errors } = await gateway.query(query.replace(' F ', ` ${fields} `), {
      headers: { 'accept-language': 'es' },
    });
    const split = (text: string) => text.split(' ').filter(Boolean);
    const found = { requested: split(requested), audience: audience && { code: audience } };
    expect(errors).toEqual([]);
    expect(data).toEqual({ localization: { ...found, chain: split(chain), coherence } });
  });
});

interface Bundle {
  readonly locale: string;
  readonly version: string;
  readonly resources: Record<string, Record<string, string>>;
}

async function bundle(args: string, header?: string): Promise<Bundle> {
  const { data, errors } = await gateway.query<{ localeBundle: Bundle }>(
    `{ localeBundle(${args}) { namespace locale version resources } }`,
    { headers: header ? { 'accept-language': header } : {} },
  );
  expect(errors).toEqual([]);
  return data.localeBundle;
}

describe('a bundle of texts', () => {
  const rows: [tag: string, locale: string, stale: string][] = [
    ['en', 'EN', 'Out of date'],
    ['es-MX', 'ES', 'Desactualizada'],
    ['fr-CA', 'FR', 'À actualiser'],
    ['pt-PT', 'PT', 'Desatualizada'],
    ['ht', 'FR', 'À actualiser'],
    ['nl', 'PT', 'Desatualizada'],
  ];

  it.each(rows)('for %s is in %s', async (tag, locale, stale) => {
    const found = await bundle(`namespace: "status", languages: ["${tag}"]`);
    expect(found.locale).toBe(locale);
    expect(found.resources['Freshness']?.['STALE']).toBe(stale);
    expect(await bundle('namespace: "status"', tag)).toEqual(found);
  });

  it('is in the language of the audience where none is requested', async () => {
    const { data, headers } = await gateway.query(
      'query @inContext(audience: "HT", languages: []) { localeBundle(namespace: "app") { locale } }',
    );
    expect([data, headers['content-language']]).toEqual([{ localeBundle: { locale: 'FR' } }, 'fr']);
  });

  it('labels every enum of the schema in each of the four languages', async () => {
    const { data } = await gateway.query<{ __schema: { types: Enum[] } }>(
      '{ __schema { types { name kind enumValues { name } } } }',
    );
    const enums = data.__schema.types.filter(({ name, kind }) => {
      return kind === 'ENUM' && !name.startsWith('__');
    });
    expect(enums.length).toBeGreaterThan(12);
    for (const tag of ['en', 'es', 'fr', 'pt']) {
      const { resources } = await bundle(`namespace: "status", languages: ["${tag}"]`);
      const missing = enums.flatMap(({ name, enumValues }) =>
        enumValues
          .filter((value) => !resources[name]?.[value.name])
          .map((value) => `${name}.${value.name}`),
      );
      expect([tag, missing]).toEqual([tag, []]);
    }
  });

  it('has a version of its own in each language, the same in every response', async () => {
    const request = () =>
      Promise.all(
        ['en', 'es', 'fr', 'pt'].map((tag) => bundle(`namespace: "app", languages: ["${tag}"]`)),
      );
    const versions = (await request()).map(({ version }) => version);
    expect(new Set(versions).size).toBe(4);
    expect((await request()).map(({ version }) => version)).toEqual(versions);
  });

  it.each(['errors', 'cli', 'nonsense', '../errors', ''])('%j is not public', async (namespace) => {
    const { errors } = await gateway.query(
      'query Q($namespace: String!) { localeBundle(namespace: $namespace) { version } }',
      { variables: { namespace }, headers: { 'accept-language': 'fr' } },
    );
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('Il n’existe aucun espace de noms public'),
        extensions: { code: 'BAD_USER_INPUT', reason: 'NAMESPACE_UNKNOWN' },
      },
    ]);
  });
});

interface Enum {
  readonly name: string;
  readonly kind: string;
  readonly enumValues: readonly { readonly name: string }[];
}
