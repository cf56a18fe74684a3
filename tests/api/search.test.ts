import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp();
  await gateway.given(
    aRelease('301/12')
      .in('EN', {
        title: 'OAS Observes Elections in Guyana',
        summary: 'The mission’s chief met voters.',
        body: ['Polling stations were open; the ex-president’s well-being was discussed.'],
      })
      .in('ES', {
        title: 'La OEA observa las elecciones en Guyana',
        summary: 'El jefe de la misión se reunió con votantes.',
        body: ['Los centros de votación abrieron a las 8. Resolución AG/RES. 2438 (XXXIX-O/09).'],
      })
      .in('FR', {
        title: 'L’OEA observe les élections au Guyana',
        summary: 'Le chef de la mission a rencontré l’électorat.',
        body: ['La cybersécurité aujourd’hui ; rendez‑vous à l’école.'],
      })
      .in('PT', {
        title: 'A OEA observa as eleições na Guiana',
        summary: 'O chefe da missão reuniu-se com eleitores.',
        body: ['A segurança cibernética e a participação cidadã.'],
      })
      .published(),
    aRelease('302/12')
      .in('ES', {
        title: 'El CICTE y la ciberseguridad',
        body: ['Un taller sobre el agua potable, según la declaración CICTE/DEC.1/12.'],
      })
      .published(),
    aRelease('1305/12').in('EN', { title: 'Unlike' }).published(),
    aRelease('305/12')
      .in('EN', { title: 'Roundtable', body: ['A soft\u00adhyphen, see E-301/12. 100% of $5.'] })
      .published(),
    aRelease('AVI-127/13').ofType('ADVISORY').in('EN', { title: 'Media notice' }).published(),
    aRelease('FNE-4622').ofType('PHOTO_NEWS').in('EN', { title: 'Photographs' }).published(),
  );
});
afterAll(() => gateway.close());

interface Found {
  readonly totalCount: number;
  readonly nodes: readonly { readonly number: string }[];
}

/** @returns numbers, in the order of relevance */
async function ranked(text: string, reader: string): Promise<string[]> {
  const { data, errors } = await gateway.query<{ byDate: Found; byRelevance: Found } | null>(
    `query ($text: String) {
       byRelevance: releases(search: $text, ${reader}) { totalCount nodes { number } }
       byDate: releases(search: $text, orderBy: DATE_DESC, ${reader}) { totalCount nodes { number } } }`,
    { variables: { text } },
  );
  expect(errors).toEqual([]);
  const [found, same] = [data?.byRelevance, data?.byDate].map((list) => {
    const numbers = list?.nodes.map(({ number }) => number) ?? [];
    expect(list?.totalCount).toBe(numbers.length);
    return numbers;
  });
  // Whatever the order, the same is found.
  expect(found?.toSorted()).toEqual(same?.toSorted());
  return found ?? [];
}

async function search(text: string, reader: string) {
  return (await ranked(text, reader)).sort().join(' ');
}

const EN = 'languages: ["en"]';
const ES = 'languages: ["es"]';
const FR = 'languages: ["fr"]';
const PT = 'languages: ["pt"]';

describe('a search', () => {
  it.each([
    [EN, 'election', '301/12'],
    [EN, 'ELECTIONS', '301/12'],
    [EN, 'observed electing', '301/12'],
    [ES, 'elección', '301/12'],
    [ES, 'eleccion', '301/12'],
    [ES, 'elecciones observadas', '301/12'],
    [ES, 'mision', '301/12'],
    [ES, 'misiones', '301/12'],
    [FR, 'cybersécurité', '301/12'],
    [FR, 'cybersecurite', '301/12'],
    [FR, 'CYBERSÉCURITÉ', '301/12'],
    [FR, 'élection', '301/12'],
    [FR, 'electorat', '301/12'],
    [PT, 'eleições', '301/12'],
    [PT, 'eleição', '301/12'],
    [PT, 'eleicoes', '301/12'],
    [PT, 'eleicao', '301/12'],
    [PT, 'eleic\u0327a\u0303o', '301/12'],
    [PT, 'participacao', '301/12'],
    [PT, 'cidada', '301/12'],
  ])('folds accents and finds other forms of a word: %s %s', async (reader, text, found) => {
    expect(await search(text, reader)).toBe(found);
  });

  it.each([
    [FR, 'elecciones', ''],
    [EN, 'votación', ''],
    [ES, 'polling', ''],
    [`${ES}, coherence: STRICT`, 'roundtable', ''],
    [ES, 'roundtable', '305/12'],
    [`${FR}, coherence: STRICT`, 'ciberseguridad', ''],
    [FR, 'ciberseguridad', '302/12'],
    ['languages: ["nl"], coherence: STRICT', 'Guyana', ''],
    ['audience: "BR"', 'eleições', '301/12'],
    ['audience: "BR"', 'elections', ''],
    [`${PT}, coherence: FIELD`, 'elecciones', ''],
    ['', 'ciberseguridad', '302/12'],
  ])('searches only what this reader is shown: %s %s', async (reader, text, found) => {
    expect(await search(text, reader || 'coherence: RELEASE')).toBe(found);
  });

  it.each([
    ['E-305/12', '305/12'],
    ['e-305/12', '305/12'],
    ['305/12', '305/12'],
    ['E‑305/12', '305/12'],
    ['E–305/12.', '305/12'],
    ['(305/12)', '305/12'],
    ['1305/12', '1305/12'],
    ['05/12', ''],
    ['AVI-127/13', 'AVI-127/13'],
    ['avi-127/13', 'AVI-127/13'],
    ['FNE-4622', 'FNE-4622'],
    ['301/12', '301/12 305/12'],
    ['E-305/12 roundtable', '305/12'],
    ['E-305/12 guyana', ''],
    ['"305/12"', '305/12'],
  ])('finds references however they are written: %s', async (text, found) => {
    expect(await search(text, EN)).toBe(found);
  });

  it.each([
    ['CICTE', '302/12'],
    ['cicte', '302/12'],
    ['CICTE/DEC.1/12', '302/12'],
    ['AG/RES. 2438', '301/12'],
    ['AG/RES 2438', '301/12'],
    ['2438', '301/12'],
    ['XXXIX-O/09', '301/12'],
    ['agua potable', '302/12'],
  ])('finds the acronyms and codes of documents: %s', async (text, found) => {
    expect(await search(text, ES)).toBe(found);
  });

  it.each([
    [FR, "l'OEA", '301/12'],
    [FR, 'l’OEA', '301/12'],
    [FR, 'OEA', '301/12'],
    [FR, "aujourd'hui", '301/12'],
    [FR, 'école', '301/12'],
    [FR, 'rendez-vous', '301/12'],
    [FR, 'rendez‑vous', '301/12'],
    [FR, 'rendez vous', '301/12'],
    [EN, 'well-being', '301/12'],
    [EN, 'well‐being', '301/12'],
    [EN, 'ex-president', '301/12'],
    [EN, 'president', '301/12'],
    [EN, "mission's", '301/12'],
    [EN, 'missionʼs', '301/12'],
    [EN, 'softhyphen', '305/12'],
    [EN, 'soft\u00adhyphen', '305/12'],
    [PT, 'reuniu-se', '301/12'],
  ])('takes all hyphens and apostrophes alike: %s %s', async (reader, text, found) => {
    expect(await search(text, reader)).toBe(found);
  });

  it.each([
    ['"polling stations"', '301/12'],
    ['"stations polling"', ''],
    ['stations polling', '301/12'],
    ['guyana or roundtable', '301/12 305/12'],
    ['guyana OR roundtable', '301/12 305/12'],
    ['guyana -voters', ''],
    ['guyana -roundtable', '301/12'],
    ['roundtable -"soft hyphen"', '305/12'],
    ['guyana -305/12', '301/12'],
    ['guyana -301/12', ''],
    ['305/12 or AVI-127/13', '305/12 AVI-127/13'],
    ['roundtable -E-305/12', ''],
    ['305/12 or guyana', '301/12 305/12'],
  ])('understands quotation marks, minus and or: %s', async (text, found) => {
    expect(await search(text, EN)).toBe(found);
  });

  it.each([
    ['?!.,;:', ''],
    ['-', ''],
    ['"', ''],
    ['""', ''],
    ['" " "', ''],
    ['the', ''],
    ['"guyana', '301/12'],
    ['guyana"', '301/12'],
    ['guy\0ana', ''],
    ['\0guyana\0', '301/12'],
    ["guyana' OR '1'='1", '301/12'],
    ["'; DROP TABLE published.text; --", ''],
    ['guyana & !voters | (x <-> y):*', ''],
    ["':A & x", ''],
    ['\\', ''],
    ['guyana\\', '301/12'],
    ['100% $5', '305/12'],
    ['<b>guyana</b>', ''],
    ['https://example.org/guyana?x=1', ''],
    ['a@b.c', ''],
    ['🗳️', ''],
    ['\ud800', ''],
    ['or', ''],
    ['or or or', ''],
    ['-guyana -', 'AVI-127/13 FNE-4622 1305/12 302/12 305/12'],
    ["x/1'", ''],
    ["1/'2", ''],
    ["ſ-1/2 1/2'&", ''],
    ['1-‘2', ''],
    ['"305/12', '305/12'],
    ['9'.repeat(500), ''],
    [`${'a '.repeat(249)}b`, ''],
    ['1/1-'.repeat(120), ''],
  ])('takes any input: %j', async (text, found) => {
    expect(await search(text, EN)).toBe(found.split(' ').sort().join(' '));
  });

  it.each(['', ' ', '\n\t', '\0', '\u00a0'])('of nothing is no search: %j', async (text) => {
    expect((await search(text, EN)).split(' ')).toHaveLength(6);
  });

  it('of more than 500 characters is refused', async () => {
    const { errors } = await gateway.query(
      'query ($text: String) { releases(search: $text) { totalCount } }',
      { variables: { text: 'a'.repeat(501) }, headers: { 'accept-language': 'es' } },
    );
    expect(errors.map(({ extensions }) => extensions.reason)).toEqual(['SEARCH_TOO_LONG']);
    expect(errors[0]?.message).toContain('500');
  });
});

describe('a search under FIELD', () => {
  it('matches each field in the language in which it is shown, and only there', async () => {
    await gateway.given(
      aRelease('401/12')
        .ofType('SPEECH')
        .in('EN', { title: 'Harvest', summary: 'Summertext', body: ['Bodytext of the harvest.'] })
        .published(),
    );
    const later = { title: 'Sunrise', summary: 'Dawnsummary', body: ['Dawnbody.'] };
    await gateway.given(
      aRelease('402/12')
        .ofType('SPEECH')
        .in('EN', { title: 'Sunrise', body: ['Dawnbody.'] })
        .in('ES', { title: 'Cosecha', body: ['Cuerpo.'] })
        .published()
        .revised('SUBSTANTIVE', later)
        .published('EN'),
    );
    const field = `${ES}, coherence: FIELD`;
    expect(await search('Dawnsummary', field)).toBe('402/12');
    expect(await search('Cosecha Cuerpo', field)).toBe('402/12');
    expect(await search('Sunrise', field)).toBe('');
    expect(await search('Dawnbody', field)).toBe('');
    expect(await search('Summertext harvest', field)).toBe('401/12');
  });
});

describe('the order of relevance', () => {
  const TITLE = { title: 'Glacier treaty', summary: 'Talks.', body: ['Talks.'] };
  const LEAD = { title: 'Talks', summary: 'On a glacier.', body: ['The treaty, the treaty.'] };
  const BODY = { title: 'Talks', summary: 'Talks.', body: ['Glacier, glacier, glacier treaty.'] };
  const number = (day: number, place: number) => `${500 + day * 3 + place}/12`;

  beforeAll(async () => {
    for (const [day, date] of ['2012-05-01', '2012-05-03', '2012-05-02'].entries()) {
      for (const [place, text] of [BODY, TITLE, LEAD].entries()) {
        await gateway.given(
          aRelease(number(day, place)).dated(date).in('EN', text).in('FR', text).published(),
        );
      }
    }
  });

  const [body, title, lead] = [0, 1, 2].map((place) => [1, 2, 0].map((day) => number(day, place)));

  it.each([EN, `${EN}, coherence: STRICT`, `${EN}, coherence: FIELD`, `${FR}, audience: "HT"`])(
    'begins with what is in titles, then in summaries, the newest first in each: %s',
    async (reader) => {
      const all = [...(title ?? []), ...(lead ?? []), ...(body ?? [])];
      expect(await ranked('glacier', reader)).toEqual(all);
      expect(await ranked('glacier -unheardof', reader)).toEqual(all);
      expect(await ranked('glacier or unheardof', reader)).toEqual(all);
      expect(await ranked('glacier treaty', reader)).toEqual([
        ...(title ?? []),
        // Words of which one is in the summary only, or in neither.
        ...[1, 2, 0].flatMap((day) => [number(day, 2), number(day, 0)]),
      ]);
    },
  );

  it('counts what is excluded in the whole text', async () => {
    expect(await ranked('glacier -treaty', EN)).toEqual([]);
    expect(await ranked('talks -"glacier treaty"', EN)).toEqual(lead);
  });
});
