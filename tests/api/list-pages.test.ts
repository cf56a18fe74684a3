import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { LOCALES } from '../../src/kernel/locale.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { walkList } from '../support/list-walk.js';

const COUNT = 53;

let gateway: TestApp;

const WORDS = ['agua', 'Ñandú', 'nube', 'Äpfel', 'zona', 'côte', 'cote', 'E-1', '10', '«x»'];

/** Many of one day, many of one title, each in some of the four locales. */
function someRelease(index: number) {
  const release = aRelease(`${100 + index}/15`).dated(`2015-03-${10 + (index % 5)}`);
  const originals = LOCALES.filter((_, bit) => ((index % 15) + 1) & (1 << bit));
  for (const locale of originals) {
    const title = `${WORDS[index % WORDS.length]} ${locale === 'EN' ? 'same' : index % 7}`;
    const place = (index + originals.length) % 3;
    release.in(locale, {
      title: place === 0 ? `${title} walk` : title,
      summary: place === 1 ? 'A walk.' : null,
      body: ['Everywhere the word walk is.'],
    });
  }
  return release.published();
}

beforeAll(async () => {
  gateway = await createTestApp();
  await gateway.given(...Array.from({ length: COUNT }, (_, index) => someRelease(index)));
});
afterAll(() => gateway.close());

const ORDERS = ['DATE_DESC', 'DATE_ASC', 'TITLE_ASC'];
const READERS = [
  '',
  'languages: ["es"]',
  'languages: ["fr-CA"], coherence: STRICT',
  'languages: ["pt", "fr"], coherence: FIELD',
  'languages: ["nl"], coherence: STRICT',
  'audience: "CA", coherence: STRICT',
];
const LISTS = [
  ...ORDERS.flatMap((order) => READERS.map((reader) => `orderBy: ${order}, ${reader}`)),
  'orderBy: TITLE_ASC, languages: ["fr"], coherence: STRICT, filter: { publishedIn: { any: [EN] } }',
  'search: "walk", languages: ["en"]',
  'search: "walk -agua", languages: ["es"]',
  'search: "walk", languages: ["fr"], coherence: STRICT',
  'search: "walk", languages: ["pt", "en"], coherence: FIELD',
  'search: "walk", filter: { dateTo: "2015-03-13", publishedIn: { any: [EN] } }',
  'search: "walk", filter: { publishedIn: { any: [EN] } }, audience: "CA"',
  'search: "-agua", languages: ["es"]',
  'search: "walk", orderBy: TITLE_ASC, languages: ["es"], coherence: STRICT',
  'search: "walk", orderBy: DATE_ASC, languages: ["fr"], coherence: FIELD',
];

describe('the pages of a list', () => {
  it.each(LISTS)('are one list, forwards and backwards: %s', async (list) => {
    const whole = await walkList(gateway, list, { size: 100 });
    const numbers = whole.rows.map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(whole.totals).toEqual([numbers.length]);
    if (!list.includes('search') && !list.includes('filter')) expect(numbers).toHaveLength(COUNT);
    for (const size of [1, 7, 26]) {
      if (size === 1 && !list.includes('STRICT')) continue;
      for (const backward of [false, true]) {
        const walk = await walkList(gateway, list, { size, backward });
        expect(walk.rows).toEqual(whole.rows);
        expect(new Set(walk.totals)).toEqual(new Set([numbers.length]));
      }
    }
  });

  it.each(ORDERS)('end with what may not be shown, whatever the order: %s', async (order) => {
    const list = `orderBy: ${order}, languages: ["fr"], coherence: STRICT`;
    const { rows } = await walkList(gateway, list, { size: 100 });
    const shown = rows.map(({ title }) => title !== null);
    expect(shown).toEqual(shown.toSorted((a, b) => Number(b) - Number(a)));
    expect([shown.includes(true), shown.includes(false)]).toEqual([true, true]);
    const search = await walkList(gateway, `search: "walk", ${list}`, { size: 100 });
    expect(search.rows.map(({ title }) => title)).not.toContain(null);
    expect(search.rows).toHaveLength(shown.filter(Boolean).length);
  });

  it('lose and repeat nothing when something is published in between', async () => {
    const list = 'orderBy: DATE_DESC';
    const before = await walkList(gateway, list, { size: 100 });
    const walk = await walkList(gateway, list, {
      size: 10,
      between: async (page) => {
        if (page !== 2) return;
        await gateway.given(aRelease('901/15').dated('2015-03-20').in('EN').published());
        await gateway.given(aRelease('902/15').dated('2015-03-01').in('EN').published());
        await gateway.given(aRelease('903/15').dated('2015-03-12').in('EN').published());
      },
    });
    const numbers = walk.rows.map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
    const old = numbers.filter((number) => !number.startsWith('90'));
    expect(old).toEqual(before.rows.map(({ number }) => number));
    expect(numbers).not.toContain('901/15');
    expect(numbers.at(-1)).toBe('902/15');
  });
});

interface PageResponse {
  readonly releases: {
    edges: { cursor: string; node: { number: string } }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean };
  };
}

async function page(list: string, variables: object = {}) {
  const declared = Object.keys(variables).map((name) => `$${name}: String`);
  const { data, errors } = await gateway.query<PageResponse | null>(
    `query ${declared.length > 0 ? `(${declared.join(', ')})` : ''} { releases(${list}) {
       edges { cursor node { number } } pageInfo { hasNextPage hasPreviousPage } } }`,
    { variables },
  );
  return {
    cursors: data?.releases.edges.map(({ cursor }) => cursor) ?? [],
    numbers: data?.releases.edges.map(({ node }) => node.number) ?? [],
    pageInfo: data?.releases.pageInfo,
    reasons: errors.map(({ extensions }) => extensions.reason),
    messages: errors.map(({ message }) => message),
  };
}

describe('a page', () => {
  it.each([
    ['first: 0', 'PAGE_SIZE_OUT_OF_RANGE'],
    ['first: -1', 'PAGE_SIZE_OUT_OF_RANGE'],
    ['first: 101', 'PAGE_SIZE_OUT_OF_RANGE'],
    ['last: 0', 'PAGE_SIZE_OUT_OF_RANGE'],
    ['last: 101', 'PAGE_SIZE_OUT_OF_RANGE'],
    ['last: 2147483647', 'PAGE_SIZE_OUT_OF_RANGE'],
    ['first: 1, last: 1', 'PAGE_DIRECTION_UNCLEAR'],
    ['after: "x"', 'CURSOR_UNKNOWN'],
    ['before: ""', 'CURSOR_UNKNOWN'],
    [`after: "${'A'.repeat(5000)}"`, 'CURSOR_UNKNOWN'],
    ['orderBy: RELEVANCE', 'RELEVANCE_WITHOUT_SEARCH'],
    ['orderBy: RELEVANCE, search: " "', 'RELEVANCE_WITHOUT_SEARCH'],
  ])('(%s) is refused: %s', async (list, reason) => {
    expect((await page(list)).reasons).toEqual([reason]);
  });

  it.each([
    ['', 20],
    ['first: null', 20],
    ['last: null, after: null, before: null', 20],
    ['first: null, last: 3', 3],
    ['first: 4, last: null', 4],
    ['search: null, orderBy: null, languages: null, audience: null, coherence: null', 20],
    ['first: 100', COUNT + 3],
  ])('(%s) has %i rows', async (list, count) => {
    const { numbers, reasons } = await page(list === '' ? 'search: null' : list);
    expect([numbers.length, reasons]).toEqual([count, []]);
  });

  it('lies between two cursors', async () => {
    const { cursors, numbers } = await page('first: 30');
    const bounds = { after: cursors[4], before: cursors[9] };
    const between = await page('first: 20, after: $after, before: $before', bounds);
    expect(between.numbers).toEqual(numbers.slice(5, 9));
    const last = await page('last: 2, after: $after, before: $before', bounds);
    expect(last.numbers).toEqual(numbers.slice(7, 9));
    const none = await page('after: $after, before: $before', {
      after: cursors[9],
      before: cursors[4],
    });
    expect(none.numbers).toEqual([]);
  });

  it.each([
    'orderBy: DATE_ASC',
    'orderBy: TITLE_ASC',
    'search: "walk"',
    'languages: ["fr"]',
    'audience: "HT"',
    'coherence: STRICT',
    'filter: { type: [SPEECH] }',
  ])('of another list refuses the cursor: %s', async (other) => {
    const [after] = (await page('first: 1')).cursors;
    const { reasons } = await page(`${other}, after: $after`, { after });
    expect(reasons).toEqual(['CURSOR_UNKNOWN']);
  });

  it.each([
    [['not a date', '100/15']],
    [['2015-02-31', '100/15']],
    [['99999-01-01', '100/15']],
    [['2015-03-10', 'a\0b']],
    [['2015-03-10']],
    [[1, 2]],
    [['2015-03-10', "'; DROP TABLE published.text; --"]],
  ])('refuses or survives a cursor that was tampered with: %j', async (values) => {
    const [cursor = ''] = (await page('first: 1')).cursors;
    const [key, part] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    const after = Buffer.from(JSON.stringify([key, part, values])).toString('base64url');
    const { reasons } = await page('after: $after', { after });
    expect(reasons.filter((reason) => reason !== 'CURSOR_UNKNOWN')).toEqual([]);
  });
});
