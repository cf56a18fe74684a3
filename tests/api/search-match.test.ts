import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { Staff } from '../support/staff.js';

let gateway: TestApp;

const FILLER = Array.from({ length: 60 }, (_, at) => `filler${at}`).join(' ');

beforeAll(async () => {
  gateway = await createTestApp();
  await gateway.given(
    aRelease('301/12')
      .in('EN', {
        title: 'OAS Observes *Elections* in Guyana',
        summary: 'The mission’s chief met voters.',
        body: ['Polling stations were open.', `${FILLER} the **electoral mission** ${FILLER}`],
      })
      .in('FR', {
        title: 'L’OEA observe les élections au Guyana',
        summary: 'Le chef de la mission a rencontré l’électorat.',
        body: ['Aujourd’hui, l’Organisation a ouvert 🕊️ un bureau : cœur et CŒUR.'],
      })
      .published(),
    aRelease('302/12')
      .in('ES', {
        title: 'El CICTE y la ciberseguridad',
        body: ['Un taller sobre el agua, véase E-305/12.'],
      })
      .published(),
    aRelease('303/12').in('EN', { title: 'Nothing but a title', body: [] }).published(),
    aRelease('305/12')
      .in('EN', { title: 'Roundtable', body: ['A drafty room.'] })
      .published(),
    // Under FIELD its summary is that of the original.
    aRelease('306/12')
      .in('ES', { title: 'Sesión', summary: 'Sobre la pesca.', body: ['Texto.'] })
      .in('FR', { title: 'Séance', summary: 'Sur la pêche.', body: ['Texte.'] })
      .published(),
  );
  const staff = new Staff(gateway.database);
  await staff.translate('305/12', 'FR', { title: 'Secret draft', body: ['Secret.'] });
});
afterAll(() => gateway.close());

interface Range {
  readonly start: number;
  readonly end: number;
}

interface Edge {
  readonly node: { readonly number: string };
  readonly localized: { readonly title: { readonly value: string } };
  readonly match: {
    readonly title: readonly Range[];
    readonly snippet: {
      readonly value: string;
      readonly lang: string;
      readonly locale: string;
      readonly isFallback: boolean;
      readonly freshness: string;
      readonly origin: string;
    };
    readonly snippetRanges: readonly Range[];
  } | null;
}

async function edges(search: string | null, reader: string): Promise<Edge[]> {
  const { data, errors } = await gateway.query<{ releases: { edges: Edge[] } }>(
    `query ($search: String) { releases(search: $search, orderBy: DATE_DESC, ${reader}) { edges {
       node { number } localized { title { value } }
       match { title { start end } snippetRanges { start end }
         snippet { value lang locale isFallback freshness origin } } } } }`,
    { variables: { search } },
  );
  expect(errors).toEqual([]);
  return data.releases.edges;
}

function marked(text: string, ranges: readonly Range[]): string {
  return ranges.reduceRight((result, { start, end }) => {
    return `${result.slice(0, start)}[${result.slice(start, end)}]${result.slice(end)}`;
  }, text);
}

/** `number: title / snippet` with the matches in brackets. */
async function found(search: string, reader: string): Promise<string[]> {
  return (await edges(search, reader)).map(({ node, localized, match }) => {
    if (!match) return `${node.number}: none`;
    const title = marked(localized.title.value, match.title);
    return `${node.number}: ${title} / ${marked(match.snippet.value, match.snippetRanges)}`;
  });
}

const EN = 'languages: ["en"]';
const ES = 'languages: ["es"]';
const FR = 'languages: ["fr"]';

describe('the match of a search', () => {
  it.each([
    [
      EN,
      'election',
      '301/12: OAS Observes [Elections] in Guyana / The mission’s chief met voters.',
    ],
    [
      EN,
      'mission election',
      '301/12: OAS Observes [Elections] in Guyana / The [mission]’s chief met voters.',
    ],
    [
      FR,
      'organisation coeur',
      '301/12: L’OEA observe les élections au Guyana / Aujourd’hui, l’[Organisation] a ouvert 🕊️ un bureau : [cœur] et [CŒUR].',
    ],
    // By its own reference.
    [EN, 'E-303/12', '303/12: Nothing but a title / '],
    [EN, 'title -chief', '303/12: Nothing but a [title] / '],
  ])('%s: %s', async (reader, search, expected) => {
    expect(await found(search, reader)).toEqual([expected]);
  });

  it('is around the words in a long body, without markup', async () => {
    const [edge] = await edges('"electoral mission"', EN);
    const { snippet, snippetRanges = [] } = edge?.match ?? {};
    const value = snippet?.value ?? '';
    expect(snippetRanges.map(({ start, end }) => value.slice(start, end))).toEqual([
      'electoral mission',
    ]);
    expect(value).toMatch(/^…filler\d+ .* the electoral mission filler0 .*…$/);
    expect(value.length).toBeGreaterThanOrEqual(160);
    expect(value.length).toBeLessThanOrEqual(240);
    expect(edge?.match?.title).toEqual([]);
  });

  it('marks a code in another release, and nothing in the one that has it as its own', async () => {
    expect(await found('E-305/12', 'languages: ["en", "es"]')).toEqual([
      '305/12: Roundtable / A drafty room.',
      '302/12: El CICTE y la ciberseguridad / Un taller sobre el agua, véase [E-305/12].',
    ]);
  });

  it('is in the language that this reader is shown, and names it', async () => {
    const [edge] = await edges('agua', FR);
    expect(edge?.match?.snippet).toMatchObject({
      lang: 'es',
      locale: 'ES',
      isFallback: true,
      freshness: 'CURRENT',
      origin: 'ORIGINAL',
    });
    expect(await found('pesca', ES)).toEqual(['306/12: Sesión / Sobre la [pesca].']);
    expect(await found('pêche', FR)).toEqual(['306/12: Séance / Sur la [pêche].']);
  });

  it('follows each field under FIELD', async () => {
    await gateway.given(
      aRelease('307/12')
        .in('ES', { title: 'Puertos', summary: 'Sobre los barcos.', body: ['Texto.'] })
        .published(),
    );
    const staff = new Staff(gateway.database);
    await staff.translate('307/12', 'FR', { title: 'Ports', body: ['Texte.'] }, 'APPROVED');
    const waivers = [{ audience: null, locale: 'FR' as const, reason: 'for a test' }];
    await staff.publish('307/12', ['FR'], waivers);
    const [edge] = await edges('barco', `${FR}, coherence: FIELD`);
    expect(edge?.localized.title.value).toBe('Ports');
    expect(edge?.match).toMatchObject({
      title: [],
      snippet: { value: 'Sobre los barcos.', lang: 'es', isFallback: true },
      snippetRanges: [{ start: 10, end: 16 }],
    });
  });

  it('is null without search', async () => {
    for (const search of [null, '', '  ']) {
      const matches = (await edges(search, EN)).map(({ match }) => match);
      expect(matches.length).toBeGreaterThan(4);
      expect(new Set(matches)).toEqual(new Set([null]));
    }
  });

  it('shows nothing that is not public', async () => {
    expect(await found('secret', FR)).toEqual([]);
    expect(await found('salle or draft or roundtable', FR)).toEqual([
      '305/12: [Roundtable] / A drafty room.',
    ]);
  });

  it('marks something wherever words are found, and only there', async () => {
    const words =
      'election observes guyana mission chief polling stations open title roundtable room';
    for (const word of words.split(' ')) {
      for (const { match } of await edges(word, EN)) {
        const count = (match?.title.length ?? 0) + (match?.snippetRanges.length ?? 0);
        expect([word, count > 0]).toEqual([word, true]);
      }
    }
  });
});

it('reads the texts of a page in one statement, however many they are', async () => {
  await gateway.given(
    ...Array.from({ length: 30 }, (_, at) => {
      return aRelease(`${401 + at}/12`)
        .in('EN', {
          title: `Harbor ${at}`,
          summary: 'Of ships.',
          body: ['A harbor and its ships.'],
        })
        .published();
    }),
  );
  const counts: number[] = [];
  const sizes: number[] = [];
  for (const first of [1, 10, 30]) {
    await gateway.query('{ topics { slug } }');
    const before = gateway.snapshots.length;
    const { data } = await gateway.query<{ releases: { edges: Edge[] } }>(
      `{ releases(search: "harbor", first: ${first}, languages: ["en"]) { edges {
           match { title { start end } snippet { value } snippetRanges { start end } } } } }`,
    );
    sizes.push(data.releases.edges.filter(({ match }) => match?.title[0]?.end === 6).length);
    counts.push(gateway.snapshots.slice(before).flatMap(({ log }) => log).length);
  }
  expect(sizes).toEqual([1, 10, 30]);
  // The page and its texts; where titles alone do not fill the page, two more parts of the list.
  expect(counts).toEqual([2, 2, 4]);
});
