import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Locale } from '../../src/kernel/locale.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { asOwner } from '../support/database.js';
import { fillPublished, writePublicLocales } from '../support/many-releases.js';
import { Staff } from '../support/staff.js';

interface LocaleParity {
  readonly locale: Locale;
  readonly published: number;
  readonly current: number;
  readonly stale: number;
  readonly machine: number;
  readonly lagMedian: number | null;
  readonly lagP90: number | null;
  readonly simultaneous: number;
}

interface Report {
  readonly releases: number;
  readonly locales: readonly LocaleParity[];
  readonly audiences: readonly (Record<
    'complete' | 'partial' | 'fallback' | 'unavailable',
    number
  > & {
    readonly audience: { readonly code: string };
  })[];
}

const PARITY = `query ($from: Date, $to: Date, $audience: CountryCode) {
  parity(from: $from, to: $to, audience: $audience) {
    releases
    locales { locale published current stale machine lagMedian lagP90 simultaneous }
    audiences { audience { code } complete partial fallback unavailable } } }`;

interface Month {
  readonly month: string;
  readonly releases: number;
  readonly locales: readonly (Pick<LocaleParity, 'published' | 'current' | 'simultaneous'> & {
    readonly locale: Locale;
  })[];
}

const MONTHS = `query ($from: Date, $to: Date, $audience: CountryCode) {
  parity(from: $from, to: $to, audience: $audience) {
    months { month releases locales { locale published current simultaneous } } } }`;

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp();
});
afterAll(() => gateway.close());

async function parity(variables: object = {}): Promise<Report> {
  const { data, errors } = await gateway.query<{ parity: Report }>(PARITY, { variables });
  expect(errors).toEqual([]);
  return data.parity;
}

async function months(variables: object = {}, app = gateway): Promise<readonly Month[]> {
  const { data, errors } = await app.query<{ parity: { months: Month[] } }>(MONTHS, { variables });
  expect(errors).toEqual([]);
  return data.parity.months;
}

/** Of one month: per language what is published, current and simultaneous. */
function figures({ locales }: Month): Record<string, number[]> {
  return Object.fromEntries(
    locales.map(({ locale: name, published, current, simultaneous }) => {
      return [name, [published, current, simultaneous]];
    }),
  );
}

const locale = (report: Report, name: Locale) =>
  report.locales.find((candidate) => candidate.locale === name);

function audience(report: Report, code: string): number[] | undefined {
  const found = report.audiences.find((candidate) => candidate.audience.code === code);
  return found && [found.complete, found.partial, found.fallback, found.unavailable];
}

it('is a report of nothing while nothing is public', async () => {
  const report = await parity();
  expect(report.releases).toBe(0);
  expect(report.locales.map((entry) => Object.values(entry).slice(1))).toEqual(
    Array.from({ length: 4 }, () => [0, 0, 0, 0, null, null, 0]),
  );
  expect(report.audiences).toHaveLength(35);
  expect(await months()).toEqual([]);
});

describe('the parity of some releases', () => {
  beforeAll(async () => {
    await gateway.given(
      aRelease('101/20').dated('2020-01-10').in('EN').in('ES').in('FR').in('PT').published(),
      aRelease('102/20').dated('2020-01-20').in('ES').published().in('FR').published(),
      aRelease('103/20').dated('2020-02-01').addressedTo('HT', 'CA').in('EN').in('FR').published(),
      aRelease('104/20').dated('2020-02-02').in('PT').in('ES').published().retracted('ES'),
      aRelease('105/20').dated('2020-02-03').in('EN').published().retracted(),
      aRelease('106/20').dated('2020-02-03').in('EN').in('FR'),
    );
    const staff = new Staff(gateway.database);
    await staff.revise('103/20', 'SUBSTANTIVE', { title: 'New', body: ['A.', 'B.'] }, 'APPROVED');
    await staff.publish('103/20', ['EN']);
    // French came out 36 hours behind the Spanish original of 102/20, and one paragraph of it is a machine's.
    await asOwner(
      gateway.database,
      `UPDATE published.release SET locales = (
         SELECT jsonb_agg(CASE l ->> 'locale' WHEN 'FR'
                  THEN jsonb_set(l, '{publishedAt}', to_jsonb('2020-01-22T00:00:00.000Z'::text))
                  ELSE jsonb_set(l, '{publishedAt}', to_jsonb('2020-01-20T12:00:00.000Z'::text)) END)
           FROM jsonb_array_elements(locales) AS l) WHERE number = '102/20'`,
    );
    await asOwner(
      gateway.database,
      `UPDATE published.text SET content = jsonb_set(content, '{blocks,1,origin}', '"MACHINE"')
        WHERE number = '102/20' AND locale = 3`,
    );
  });

  it('counts what is published now, and how current it is', async () => {
    const report = await parity();
    expect(report.releases).toBe(4);
    expect(locale(report, 'EN')).toMatchObject({ published: 2, current: 2, stale: 0, machine: 0 });
    expect(locale(report, 'ES')).toMatchObject({ published: 2, current: 2, stale: 0, machine: 0 });
    expect(locale(report, 'FR')).toMatchObject({ published: 3, current: 2, stale: 1, machine: 1 });
    expect(locale(report, 'PT')).toMatchObject({ published: 2, current: 2, stale: 0, machine: 0 });
  });

  it('reports how long after the original translations follow, without originals', async () => {
    const report = await parity();
    // Lags of 0, 36 and 0 hours; the French of 102/20 was not out with its original.
    expect(locale(report, 'FR')).toMatchObject({ lagMedian: 0, simultaneous: 2 });
    expect(locale(report, 'FR')?.lagP90).toBeCloseTo(28.8);
    expect(locale(report, 'ES')).toMatchObject({ lagMedian: 0, lagP90: 0, simultaneous: 2 });
    expect(locale(report, 'EN')).toMatchObject({ lagMedian: null, lagP90: null, simultaneous: 2 });
    const later = await parity({ from: '2020-01-11', to: '2020-01-31' });
    expect(locale(later, 'FR')).toMatchObject({ lagMedian: 36, lagP90: 36, simultaneous: 0 });
    expect(locale(later, 'PT')).toMatchObject({ published: 0, lagMedian: null, simultaneous: 0 });
  });

  it('takes the dates of the releases, both days included', async () => {
    const counts = [
      [{}, 4],
      [{ from: '2020-01-10', to: '2020-01-10' }, 1],
      [{ from: '2020-01-11' }, 3],
      [{ to: '2020-02-01' }, 3],
      [{ from: null, to: null, audience: null }, 4],
      [{ from: '2020-03-01' }, 0],
    ] as const;
    for (const [variables, releases] of counts) {
      expect([variables, (await parity(variables)).releases]).toEqual([variables, releases]);
    }
  });

  it('counts by the month of the date, oldest first, without empty months', async () => {
    await gateway.given(aRelease('107/20').dated('2020-04-30').in('PT').published());
    const [january, february, april, ...rest] = await months();
    expect(rest).toEqual([]);
    expect(january).toMatchObject({ month: '2020-01-01', releases: 2 });
    expect(february).toMatchObject({ month: '2020-02-01', releases: 2 });
    expect(april).toMatchObject({ month: '2020-04-01', releases: 1 });
    expect(january?.locales.map((entry) => entry.locale)).toEqual(['EN', 'ES', 'FR', 'PT']);
    // The French of 102/20 came out 36 hours after its original.
    expect(january && figures(january)).toEqual({
      EN: [1, 1, 1],
      ES: [2, 2, 2],
      FR: [2, 2, 1],
      PT: [1, 1, 1],
    });
    // The French of 103/20 is stale; the Spanish of 104/20 is retracted.
    expect(february && figures(february)).toEqual({
      EN: [1, 1, 1],
      ES: [0, 0, 0],
      FR: [1, 0, 1],
      PT: [1, 1, 1],
    });
    const own = await months({ audience: 'BR', from: '2020-01-15', to: '2020-02-29' });
    expect(own.map(({ month, releases }) => [month, releases])).toEqual([
      ['2020-01-01', 1],
      ['2020-02-01', 1],
    ]);
    await new Staff(gateway.database).retract('107/20');
    expect(await months({ from: '2020-03-01' })).toEqual([]);
  });

  it('counts a translation as simultaneous in its month up to 24 hours after the original', async () => {
    const publishFrench = (at: string) =>
      asOwner(
        gateway.database,
        `UPDATE published.release SET locales = (
           SELECT jsonb_agg(CASE l ->> 'locale' WHEN 'FR'
                    THEN jsonb_set(l, '{publishedAt}', to_jsonb($1::text)) ELSE l END)
             FROM jsonb_array_elements(locales) AS l) WHERE number = '102/20'`,
        [at],
      );
    const [before] = await months({ to: '2020-01-31' });
    await publishFrench('2020-01-21T12:00:00.000Z');
    const [inTime] = await months({ to: '2020-01-31' });
    await publishFrench('2020-01-21T12:00:00.001Z');
    const [late] = await months({ to: '2020-01-31' });
    await publishFrench('2020-01-22T00:00:00.000Z');
    const french = [before, inTime, late].map((month) => month && figures(month).FR?.[2]);
    expect(french).toEqual([1, 2, 1]);
  });

  it('judges each audience by what is addressed to it', async () => {
    const report = await parity();
    expect(report.audiences.map(({ audience: { code } }) => code).sort()).toHaveLength(35);
    // 101, 102 and, stale, 103 for Haiti; 104 is in Portuguese alone.
    expect(audience(report, 'HT')).toEqual([2, 1, 1, 0]);
    // 103/20 is not for Brazil.
    expect(audience(report, 'BR')?.reduce((sum, count) => sum + count)).toBe(3);
    const own = await parity({ audience: 'BR' });
    expect([own.releases, own.audiences.length]).toEqual([3, 1]);
    expect(audience(own, 'BR')).toEqual(audience(report, 'BR'));
  });

  it('matches Release.availability for each release', async () => {
    const { data } = await gateway.query<{
      releases: { nodes: { availabilities: { audience: { code: string }; status: string }[] }[] };
    }>('{ releases { nodes { availabilities { audience { code } status } } } }');
    const found = data.releases.nodes.flatMap(({ availabilities }) => availabilities);
    const report = await parity();
    for (const code of ['HT', 'CA', 'BR', 'SR', 'US', 'AR']) {
      const counts = ['COMPLETE', 'PARTIAL', 'FALLBACK', 'UNAVAILABLE'].map((status) => {
        return found.filter((one) => one.audience.code === code && one.status === status).length;
      });
      expect([code, audience(report, code)]).toEqual([code, counts]);
    }
  });

  it.each([
    [{ from: '2020-02-01', to: '2020-01-31' }, 'DATE_RANGE_EMPTY'],
    [{ audience: 'ZZ' }, 'COUNTRY_UNKNOWN'],
  ])('refuses %j: %s', async (variables, reason) => {
    const { errors } = await gateway.query(PARITY, { variables });
    expect(errors.map(({ extensions }) => extensions.reason)).toEqual([reason]);
  });
});

it('counts 5,000 releases in two statements, by month in one more, well within a second', async () => {
  const many = await createTestApp();
  try {
    await fillPublished(many.database, 5_000);
    await writePublicLocales(many.database);
    await many.query('{ topics { slug } }');
    await many.query(PARITY);
    const before = many.snapshots.length;
    const start = performance.now();
    const { data } = await many.query<{ parity: Report }>(PARITY);
    expect(performance.now() - start).toBeLessThan(3_000);
    expect(many.snapshots.slice(before).flatMap(({ log }) => log)).toHaveLength(2);
    expect(data.parity.releases).toBe(5_000);
    expect(data.parity.locales.map(({ lagMedian, lagP90 }) => [lagMedian, lagP90])).toEqual(
      Array.from({ length: 4 }, () => [2, 4]),
    );
    const first = many.snapshots.length;
    const began = performance.now();
    const counted = await months({}, many);
    expect(performance.now() - began).toBeLessThan(3_000);
    // One statement more than the report without its months.
    expect(many.snapshots.slice(first).flatMap(({ log }) => log)).toHaveLength(3);
    expect(counted).toHaveLength(166);
    expect(counted.reduce((sum, { releases }) => sum + releases, 0)).toBe(5_000);
    for (const { locale: name, published, current } of data.parity.locales) {
      const sums = counted.map((month) => figures(month)[name] ?? []);
      expect(sums.reduce((sum, [count = 0]) => sum + count, 0)).toBe(published);
      expect(sums.reduce((sum, [, count = 0]) => sum + count, 0)).toBe(current);
    }
  } finally {
    await many.close();
  }
});
