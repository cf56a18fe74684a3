import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type ReferenceData, ReferenceCache } from '../../src/features/audience/index.js';
import {
  availabilitySql,
  servedLocale,
  servedSql,
} from '../../src/features/reading/served-locale.sql.js';
import { SqlValues } from '../../src/features/reading/sql.js';
import { AVAILABILITY_STATUSES, availabilityFor } from '../../src/kernel/availability.js';
import { LOCALES, type Locale } from '../../src/kernel/locale.js';
import {
  COHERENCES,
  localeNumber,
  type PublishedLocales,
  type Reader,
  resolveLocale,
  wholeLocales,
} from '../../src/kernel/localization.js';
import { RELEASE_TYPES } from '../../src/kernel/release.js';
import { ReadSnapshot } from '../../src/platform/db/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { everyRelease } from '../support/published-locales.js';

const TODAY = '2026-06-01';
const RELEASES = everyRelease();
const TYPES = ['PRESS_RELEASE', 'ADVISORY', 'SPEECH'] as const;
/** Rules beside those that every database begins with: by type, over, yet to come, withholding, requiring nothing. */
const RULES = `
  INSERT INTO reference.audience_rule
    (audience, type, valid_from, valid_to, required_locales, fallback_chain, stale_policy) VALUES
    ('HT', 'SPEECH', '2015-01-01', NULL, '{FR,EN}', '{FR,EN,ORIGINAL}', 'WITHHOLD'),
    ('CA', NULL, '2000-01-01', NULL, '{EN,FR}', '{FR,EN,ES}', 'WITHHOLD'),
    ('BR', 'ADVISORY', '2010-01-01', '2030-01-01', '{}', '{ORIGINAL}', 'WITHHOLD'),
    ('SR', NULL, '2014-01-01', '2026-01-01', '{EN,ES,FR,PT}', '{PT,FR,ES,EN}', 'WITHHOLD'),
    ('US', NULL, '2026-06-02', NULL, '{ES}', '{ES}', 'WITHHOLD')`;

let test: TestDatabase;
let snapshot: ReadSnapshot;
let reference: ReferenceData;

beforeAll(async () => {
  test = await createTestDatabase();
  await test.database.dataSource.query(RULES);
  snapshot = new ReadSnapshot(test.database.readPool);
  reference = await new ReferenceCache().load(snapshot);
});
afterAll(async () => {
  await snapshot.close();
  await test.drop();
});

interface Row {
  readonly facts: PublishedLocales;
  readonly type: (typeof TYPES)[number];
  readonly date: string;
}

function rowsOn(...dates: readonly string[]): Row[] {
  return dates.flatMap((date) =>
    TYPES.flatMap((type) => RELEASES.map((facts) => ({ facts, type, date }))),
  );
}

/** The result of SQL for each row, in the order of the rows, with the same SQL as lists. */
async function evaluateInSql(
  rows: readonly Row[],
  text: (sql: SqlValues) => string,
): Promise<unknown[]> {
  const sql = new SqlValues();
  const wanted = text(sql);
  const column = (of: (row: Row) => unknown, type: string) => sql.add(rows.map(of), `${type}[]`);
  const columns = [
    column(({ type }) => RELEASE_TYPES.indexOf(type) + 1, 'smallint'),
    column(({ date }) => date, 'date'),
    column(({ facts }) => localeNumber(facts.original), 'smallint'),
    column(({ facts }) => facts.published, 'smallint'),
    column(({ facts }) => wholeLocales(facts), 'smallint'),
    column(({ facts }) => facts.stale, 'smallint'),
  ];
  const [found] = await snapshot.query<{ results: unknown[] }>(
    `SELECT json_agg(${wanted} ORDER BY r.n) AS results
       FROM unnest(${columns.join(', ')}) WITH ORDINALITY
         AS r (type, date, original, published_mask, whole_mask, stale_mask, n)`,
    sql.values,
  );
  return found?.results ?? [];
}

/** Rows that differ, few enough to read. */
function differences(rows: readonly Row[], found: unknown[], expected: unknown[]): unknown[] {
  expect(found).toHaveLength(expected.length);
  const all = rows.map((row, n) => ({ ...row, found: found[n], expected: expected[n] }));
  return all.filter((row) => row.found !== row.expected).slice(0, 3);
}

it('there are as many releases as the tables allow', () => {
  expect(new Set(RELEASES.map((facts) => JSON.stringify(facts))).size).toBe(500);
});

describe('the locale that SQL computes is the one that the kernel decides', () => {
  const tags = ['', 'fr', 'pt es', 'ht', 'ht en', 'gl pt', 'nl qu en', 'es-419 pt-PT fr-CA en'];
  /** What the header refuses beside each of them. */
  const refusals: Locale[][] = [[], ['FR'], ['EN', 'ES'], [...LOCALES], [], ['PT', 'FR'], ['EN']];
  const audiences = [null, 'HT', 'CA', 'BR', 'SR', 'US'];
  const orders: Locale[][] = [[...LOCALES], ['PT', 'FR', 'ES', 'EN']];
  const rows = rowsOn(TODAY);

  async function compare(reader: Reader, order: readonly Locale[]): Promise<void> {
    const served = servedLocale(reader, reference, order, TODAY);
    const found = await evaluateInSql(rows, (sql) => servedSql(sql, served, 'r'));
    const expected = rows.map(({ facts, type, date }) => {
      const terms = reference.termsFor(reader.audience, { type, date }, TODAY);
      return localeNumber(resolveLocale(facts, reader, terms, order).locale);
    });
    const wrong = differences(rows, found, expected);
    expect({ reader, order, wrong }).toEqual({ reader, order, wrong: [] });
    // The list of locales that any release may be shown in leaves none out.
    expect(served.locales).toEqual(expect.arrayContaining([...new Set(expected)].filter(Boolean)));
  }

  const readers = audiences.flatMap((audience) =>
    COHERENCES.map((coherence): [string | null, Reader['coherence']] => [audience, coherence]),
  );

  it.each(readers)('for audience %s under %s', async (audience, coherence) => {
    for (const [index, list] of tags.entries()) {
      const requested = list.split(' ').filter(Boolean);
      const order = orders[index % orders.length] ?? [];
      const reader = { requested, audience, coherence };
      await compare(reader, order);
      for (const refused of refusals.slice(index % 2).filter((_, n) => n % 2 === 0)) {
        if (refused.length > 0) await compare({ ...reader, refused }, order);
      }
    }
  });
});

describe('the availability that SQL computes is the one that the kernel decides', () => {
  const turns = [
    '1947-12-31',
    '1948-01-01',
    '1976-12-31',
    '1977-01-01',
    '1989-12-31',
    '1990-01-01',
  ];
  const rules = [
    '2012-09-10',
    '2014-12-31',
    '2015-01-01',
    '2023-11-18',
    '2023-11-19',
    '2026-06-02',
  ];
  const rows = rowsOn(...turns, ...rules);

  it.each(['HT', 'CA', 'BR', 'SR', 'NI', 'US', 'VE'])('for %s', async (audience) => {
    const found = await evaluateInSql(rows, (sql) => {
      return availabilitySql(sql, audience, reference, LOCALES, TODAY);
    });
    const expected = rows.map(({ facts, type, date }) => {
      const terms = reference.termsFor(audience, { type, date }, TODAY);
      const { status } = availabilityFor(facts, audience, terms, LOCALES);
      return AVAILABILITY_STATUSES.indexOf(status) + 1;
    });
    expect(differences(rows, found, expected)).toEqual([]);
    // A comparison that only ever sees one result proves nothing.
    expect(new Set(expected).size).toBeGreaterThan(1);
  });

  it('and UNAVAILABLE where nothing is served', async () => {
    const nothing = 'published.availability(0::smallint, r.one, r.one, r.one, r.one, r.one)';
    const [row] = await snapshot.query(
      `SELECT ${nothing} AS status FROM (SELECT 1::smallint AS one) r`,
      [],
    );
    expect(row).toEqual({ status: AVAILABILITY_STATUSES.indexOf('UNAVAILABLE') + 1 });
  });
});
