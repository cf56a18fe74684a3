import { createHmac } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { findOrCreateSecret } from '../../src/platform/db/secret.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { Copy, type CopyContext } from '../support/copy.js';
import { Staff } from '../support/staff.js';

const DATES = ['2010-01-01', '2012-05-01', '2012-05-01', '2015-03-01', '2018-07-01', '2020-02-02'];

let gateway: TestApp;
let staff: Staff;

beforeAll(async () => {
  gateway = await createTestApp();
  staff = new Staff(gateway.database);
  // The oldest dates do not have the smallest numbers.
  const releases = DATES.map((date, index) =>
    aRelease(`${(index * 7) % 10}0${index}/20`).dated(date),
  );
  await gateway.given(
    ...releases.map((release, index) => {
      const addressed = index % 3 === 0 ? release.addressedTo('HT') : release;
      const written = addressed.in(index % 2 === 0 ? 'EN' : 'ES');
      return (index % 4 === 0 ? written.in('FR') : written).published();
    }),
  );
}, 240_000);
afterAll(() => gateway.close());

const query: TestApp['query'] = (document, request) => gateway.query(document, request);
const copyFor = (context: CopyContext) => new Copy(query, context);
const dates = (copy: Copy) => copy.changes.map(({ localized }) => localized?.release.date);

describe('a first copy', () => {
  it('comes newest first, whatever the size of a page', async () => {
    for (const size of [1, 2, 4, 100]) {
      const copy = copyFor({ languages: ['en'] });
      await copy.sync(size);
      expect(dates(copy)).toEqual([...DATES].sort().reverse());
    }
  });

  it.each<[CopyContext]>([
    [{ languages: ['en'] }],
    [{ languages: ['fr'], coherence: 'STRICT' }],
    [{ languages: ['fr'], audience: 'CA', coherence: 'FIELD', dateFrom: '2012-05-01' }],
    [{ languages: ['en'], addressedTo: 'CA' }],
    [{ languages: ['es'], coherence: 'STRICT', addressedTo: 'HT', dateFrom: '2011-01-01' }],
    [{ languages: ['en'], dateFrom: '2031-01-01' }],
  ])(
    'reports how many releases it has, on each of its pages and on none after: %j',
    async (context) => {
      const copy = copyFor(context);
      const totals: (number | null)[] = [];
      for (let more = true; more;) {
        const page = await copy.pull(1);
        totals.push(page.total);
        more = page.hasMore;
      }
      expect(new Set(totals)).toEqual(new Set([copy.changes.length]));
      expect((await copy.pull()).total).toBeNull();
    },
  );

  it('counts none that is withheld', async () => {
    const context = { languages: ['fr'], audience: 'HT', coherence: 'STRICT' as const };
    await gateway.given(
      aRelease('901/20')
        .in('EN')
        .in('FR')
        .published()
        .revised('SUBSTANTIVE', { title: 'New', body: ['A.', 'B.'] })
        .published('EN'),
    );
    const input = { audience: 'HT', validFrom: '2026-05-01', stalePolicy: 'WITHHOLD' };
    const { errors } = await gateway
      .as('ADMIN')
      .mutate(
        'mutation ($input: AudienceRuleInput!) { setAudienceRule(input: $input) { __typename } }',
        { variables: { input } },
      );
    expect(errors).toEqual([]);
    const copy = copyFor(context);
    const { total } = await copy.pull(100);
    expect(copy.changes.map(({ number }) => number)).not.toContain('901/20');
    expect(total).toBe(copy.changes.length);
  });

  it('is counted in one statement, when it begins', async () => {
    const copy = copyFor({ languages: ['en'] });
    const counts: number[] = [];
    for (let more = true; more;) {
      const before = gateway.snapshots.length;
      more = (await copy.pull(2)).hasMore;
      const log = gateway.snapshots.slice(before).flatMap((snapshot) => snapshot.log);
      counts.push(log.filter((text) => text.includes('count(*)')).length);
    }
    expect(counts).toEqual([1, ...counts.slice(1).map(() => 0)]);
    expect(counts.length).toBeGreaterThan(2);
  });
});

describe('a copy from a date on', () => {
  it('has no older release, and goes on by the cursor alone', async () => {
    const from = { languages: ['en'], dateFrom: '2015-03-01' };
    const copy = copyFor(from);
    await copy.sync(2);
    expect(dates(copy)).toEqual(['2020-05-04', '2020-02-02', '2018-07-01', '2015-03-01']);
    const without = copyFor({ languages: ['en'] });
    without.cursor = copy.cursor;
    await gateway.given(
      aRelease('910/20').dated('2014-01-01').in('EN').published(),
      aRelease('911/20').dated('2016-01-01').in('EN').published(),
    );
    expect((await without.sync()).map(({ number }) => number)).toEqual(['911/20']);
    expect(without.resets).toBe(0);
  });

  it('loses a release whose date is corrected to an earlier one, and gets it back', async () => {
    await gateway.given(aRelease('920/20').dated('2019-01-01').in('EN').published());
    const copy = copyFor({ languages: ['en'], dateFrom: '2018-12-31' });
    await copy.sync();
    for (const [date, expected] of [
      ['2018-12-30', 'REMOVE NO_LONGER_SERVED 920/20'],
      ['2018-12-31', 'UPSERT PUBLISHED 920/20'],
    ] as const) {
      await staff.changeFacts('920/20', { date });
      await staff.publish('920/20', ['EN']);
      const changes = await copy.sync();
      expect(changes.map(({ kind, reason, number }) => `${kind} ${reason} ${number}`)).toEqual([
        expected,
      ]);
    }
  });

  it.each([
    ['an earlier date', '2012-05-01'],
    ['a later date', '2018-01-01'],
  ])('begins anew with %s', async (_, dateFrom) => {
    const copy = copyFor({ languages: ['en'], dateFrom: '2015-03-01' });
    await copy.sync();
    const other = copyFor({ languages: ['en'], dateFrom });
    other.cursor = copy.cursor;
    const page = await other.pull(100);
    expect(page.reset).toBe(true);
    const fresh = copyFor({ languages: ['en'], dateFrom });
    await fresh.sync(100);
    expect(other.content).toEqual(fresh.content);
    expect(page.total).toBe(fresh.held.size);
  });

  it.each<[string, CopyContext, (place: Record<string, unknown>) => Record<string, unknown>]>([
    ['of another reader', { languages: ['pt'] }, (place) => place],
    ['of an older presentation', { languages: ['en'] }, (place) => ({ ...place, presentation: 1 })],
    ['that is too old', { languages: ['en'] }, (place) => ({ ...place, day: 10_000 })],
  ])('preserves its date where a cursor %s starts over', async (_, context, change) => {
    const copy = copyFor({ languages: ['en'], dateFrom: '2015-03-01' });
    await copy.sync();
    const moved = copyFor(context);
    moved.cursor = await resealed(copy.cursor ?? '', change);
    expect((await moved.pull(100)).reset).toBe(true);
    const fresh = copyFor({ ...context, dateFrom: '2015-03-01' });
    await fresh.sync(100);
    expect(moved.content).toEqual(fresh.content);
  });
});

it('a cursor of the version before goes on without a reset, also in the middle of a first copy', async () => {
  const added = ['newest', 'total', 'dateFrom'];
  const asBefore = (place: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(place).filter(([name]) => !added.includes(name)));
  const copy = copyFor({ languages: ['en'] });
  await copy.pull(2);
  copy.cursor = await resealed(copy.cursor ?? '', (place) => ({
    ...asBefore(place),
    after: '7fffffff-ffff-ffff-ffff-ffffffffffff',
  }));
  await copy.sync(2);
  copy.cursor = await resealed(copy.cursor ?? '', asBefore);
  await gateway.given(aRelease('930/20').in('EN').published());
  expect((await copy.sync()).map(({ number }) => number)).toEqual(['930/20']);
  const fresh = copyFor({ languages: ['en'] });
  await fresh.sync(100);
  expect(copy.content).toEqual(fresh.content);
  expect(copy.resets).toBe(0);
});

const SEAL_BYTES = 16;

/** The cursor as the program would have made it with other members. */
async function resealed(
  cursor: string,
  change: (place: Record<string, unknown>) => Record<string, unknown>,
): Promise<string> {
  const none = (): never => {
    throw new Error('the program has made its key');
  };
  const { key } = await gateway.database.asOwner((owner) =>
    findOrCreateSecret<{ key: string }>(owner, 'cursor_key', none),
  );
  const bytes = Buffer.from(cursor, 'base64url').subarray(SEAL_BYTES);
  const place = JSON.parse(bytes.toString()) as Record<string, unknown>;
  const body = Buffer.from(JSON.stringify(change(place)));
  const seal = createHmac('sha256', key).update(body).digest().subarray(0, SEAL_BYTES);
  return Buffer.concat([seal, body]).toString('base64url');
}
