import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { walkList } from '../support/list-walk.js';

let gateway: TestApp;

/** One title per release, in a locale and in no other, so that each list below sorts its own. */
const TITLES = {
  ES: ['nube', 'ñandú', 'oasis', 'Nación', 'noche', 'Ñame', 'chile', 'cielo', 'llave', 'luz'],
  FR: ['côté', 'cote', 'coté', 'côte', 'Cote d’or', 'œuvre', 'odeur', 'ouvrage', 'École', 'état'],
  EN: ['B-52', 'b', 'A', 'a', 'Zürich', 'zebra', '10 things', '9 things', '“Quoted”', 'éclair'],
} as const;

beforeAll(async () => {
  gateway = await createTestApp();
  for (const [index, [locale, titles]] of Object.entries(TITLES).entries()) {
    const releases = titles.map((title, row) =>
      aRelease(`${(index + 1) * 100 + row}/16`)
        .in(locale as keyof typeof TITLES, { title })
        .published(),
    );
    await gateway.given(...releases);
  }
});
afterAll(() => gateway.close());

async function titles(reader: string, locale: keyof typeof TITLES): Promise<(string | null)[]> {
  const only = `filter: { originalLocale: [${locale}] }`;
  const list = `orderBy: TITLE_ASC, ${reader}, ${only}`;
  return (await walkList(gateway, list, { size: 3 })).rows.map(({ title }) => title);
}

describe('titles are sorted', () => {
  it.each([
    ['languages: ["es"]'],
    ['languages: ["es-MX", "fr-CA"]'],
    ['languages: ["qu"]'],
    ['audience: "PE"'],
    ['languages: ["es"], coherence: STRICT'],
  ])('with ñ behind all of n, for a reader of Spanish: %s', async (reader) => {
    const sorted = 'chile cielo llave luz Nación noche nube Ñame ñandú oasis';
    expect((await titles(reader, 'ES')).join(' ')).toBe(sorted);
  });

  it('with ñ among n for anyone else', async () => {
    const sorted = 'chile cielo llave luz Nación Ñame ñandú noche nube oasis';
    expect((await titles('languages: ["en"]', 'ES')).join(' ')).toBe(sorted);
    expect((await titles('coherence: RELEASE', 'ES')).join(' ')).toBe(sorted);
  });

  it.each([['languages: ["fr-CA"]'], ['languages: ["fr-CA", "en"], audience: "HT"']])(
    'with the last accent first in Canadian French: %s',
    async (reader) => {
      const sorted = 'cote côte coté côté Cote d’or École état odeur œuvre ouvrage';
      expect((await titles(reader, 'FR')).join(' ')).toBe(sorted);
    },
  );

  it.each([['languages: ["fr"]'], ['languages: ["fr-FR"]'], ['languages: ["ht"], audience: "HT"']])(
    'with the first accent first in other French: %s',
    async (reader) => {
      const sorted = 'cote coté côte côté Cote d’or École état odeur œuvre ouvrage';
      expect((await titles(reader, 'FR')).join(' ')).toBe(sorted);
    },
  );

  it('without regard to capitals and accents before letters', async () => {
    const sorted = ['“Quoted”', '10 things', '9 things', 'a', 'A', 'b', 'B-52', 'éclair', 'zebra'];
    expect(await titles('languages: ["en"]', 'EN')).toEqual([...sorted, 'Zürich']);
  });

  it.each([
    ['es', 'languages: ["es"]'],
    ['fr-CA', 'languages: ["fr-CA"]'],
    ['en', 'languages: ["en"]'],
  ])('as CLDR sorts them in %s, over all languages', async (tag, reader) => {
    const { rows } = await walkList(gateway, `orderBy: TITLE_ASC, ${reader}`, { size: 100 });
    const shown = rows.map(({ title }) => title ?? '');
    expect(shown).toHaveLength(30);
    expect(shown).toEqual(shown.toSorted(new Intl.Collator(tag).compare));
  });
});

it('titles are sorted by the one that this reader is shown', async () => {
  await gateway.given(
    aRelease('901/16')
      .ofType('SPEECH')
      .in('EN', { title: 'Aardvark' })
      .in('ES', { title: 'Zorro' })
      .published(),
    aRelease('902/16')
      .ofType('SPEECH')
      .in('EN', { title: 'Zoo' })
      .in('ES', { title: 'Abeja' })
      .published(),
    aRelease('903/16').ofType('SPEECH').in('EN', { title: 'Middle' }).published(),
  );
  const speeches = 'orderBy: TITLE_ASC, filter: { type: [SPEECH] }';
  const sorted = async (reader: string) => {
    const { rows } = await walkList(gateway, `${speeches}, ${reader}`, { size: 2 });
    return rows.map(({ title }) => title);
  };
  expect(await sorted('languages: ["en"]')).toEqual(['Aardvark', 'Middle', 'Zoo']);
  expect(await sorted('languages: ["es"]')).toEqual(['Abeja', 'Middle', 'Zorro']);
  expect(await sorted('languages: ["es"], coherence: STRICT')).toEqual(['Abeja', 'Zorro', null]);
});
