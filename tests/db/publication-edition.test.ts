import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ReferenceCache } from '../../src/features/audience/index.js';
import { publish } from '../../src/features/publication/index.js';
import { withTransaction } from '../../src/platform/db/index.js';
import { queryableOf } from '../../src/platform/db/queryable.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { asOwner } from '../support/database.js';
import { Staff } from '../support/staff.js';

let gateway: TestApp;
let staff: Staff;

beforeAll(async () => {
  gateway = await createTestApp();
  staff = new Staff(gateway.database);
});
afterAll(() => gateway.close());

interface Read {
  readonly edition: number;
  readonly date: string;
  readonly type: string;
  readonly mentions: { code: string }[];
  readonly locales: { locale: string; status: string; publishedAt: string | null }[];
  readonly publishedAt: string;
  readonly en: { title: { value: string } } | null;
  readonly fr: { title: { value: string } } | null;
}

async function read(number: string): Promise<Read | null> {
  const { data } = await gateway.query<{ release: Read | null }>(
    `query ($number: String) { release(number: $number) {
       edition date type mentions { code } publishedAt
       locales { locale status publishedAt }
       en: localized(languages: ["en"], coherence: STRICT) { title { value } }
       fr: localized(languages: ["fr"], coherence: STRICT) { title { value } }
     } }`,
    { variables: { number } },
  );
  return data.release;
}

const sql = <T = object>(text: string, values: unknown[] = []) =>
  gateway.database.dataSource.query<T[]>(text, values);

const statuses = (release: Read | null) =>
  release?.locales.flatMap(({ locale, status }) => {
    return status === 'NOT_PUBLISHED' ? [] : [`${locale} ${status}`];
  });

const lastSeq = async () =>
  Number((await sql<{ seq: string }>('SELECT seq FROM published.change_log_head'))[0]?.seq);

describe('an edition', () => {
  it.each([
    ['edition', 'number = number + 1'],
    ['edition_text', `slug = 'other'`],
    ['translation_revision', `by = 'someone else'`],
    ['audit', `by = 'someone else'`],
  ])('is never changed afterwards, not by the owner either: %s', async (table, change) => {
    const attempt = (statement: string) => expect(asOwner(gateway.database, statement)).rejects;
    const refused = { code: '23000' };
    await attempt(`UPDATE authoring.${table} SET ${change}`).toMatchObject(refused);
    await attempt(`TRUNCATE authoring.${table} CASCADE`).toMatchObject(refused);
    if (table === 'translation_revision') return;
    await attempt(`DELETE FROM authoring.${table}`).toMatchObject(refused);
  });

  it('is a full snapshot: what is not named is carried over word for word', async () => {
    await gateway.given(aRelease('501/12').in('EN').in('ES').published());
    await staff.translate('501/12', 'ES', { title: 'Otro título, sin publicar' }, 'APPROVED');
    await staff.translate('501/12', 'FR', { title: 'Un titre' }, 'APPROVED');
    expect(await staff.publish('501/12', ['FR'])).toMatchObject({ edition: 2, changed: ['FR'] });
    const rows = await sql<{ edition: number; locale: string; title: string }>(
      `SELECT edition, locale, segments -> 0 ->> 'text' AS title FROM authoring.edition_text
        WHERE release_id = $1 ORDER BY edition, locale`,
      [await staff.idOf('501/12')],
    );
    expect(rows.map(({ edition, locale, title }) => [edition, locale, title])).toEqual([
      [1, 'EN', 'Title of 501/12 in EN'],
      [1, 'ES', 'Title of 501/12 in ES'],
      [2, 'EN', 'Title of 501/12 in EN'],
      [2, 'ES', 'Title of 501/12 in ES'],
      [2, 'FR', 'Un titre'],
    ]);
  });

  it('is not made where there is nothing new to publish', async () => {
    await gateway.given(aRelease('502/12').in('EN').in('ES').published());
    const seq = await lastSeq();
    const nothing = { edition: 1, changed: [], seq: null };
    expect(await staff.publish('502/12')).toMatchObject(nothing);
    expect(await staff.publish('502/12', ['EN'])).toMatchObject(nothing);
    expect(await read('502/12')).toMatchObject({ edition: 1 });
    expect(await lastSeq()).toBe(seq);
  });

  it('brings changed facts to readers, and not before', async () => {
    await gateway.given(aRelease('503/12').dated('2012-05-01').in('EN').published());
    await staff.changeFacts('503/12', { date: '2012-05-02', type: 'SPEECH', mentions: ['HT'] });
    const old = { edition: 1, date: '2012-05-01', type: 'PRESS_RELEASE', mentions: [] };
    expect(await read('503/12')).toMatchObject(old);
    expect(await staff.publish('503/12')).toMatchObject({ edition: 2, changed: [] });
    const mentions = [{ code: 'HT' }];
    const now = { edition: 2, date: '2012-05-02', type: 'SPEECH', mentions };
    expect(await read('503/12')).toMatchObject(now);
  });

  it.each([
    ['a fault of the program', 'throw'],
    ['a connection that is cut', 'cut'],
  ])('is not there at all after %s', async (_, fault) => {
    const number = fault === 'throw' ? '504/12' : '505/12';
    await gateway.given(aRelease(number).in('EN').in('ES').published());
    await staff.revise(number, 'SUBSTANTIVE', { title: 'New' }, 'APPROVED');
    const seq = await lastSeq();
    const before = await read(number);
    const attempt = withTransaction(gateway.database.dataSource, async (manager) => {
      const reference = await new ReferenceCache().load(queryableOf(manager));
      const releaseId = await staff.idOf('501/12');
      await publish(manager, reference, { releaseId, locales: ['ES'], by: 'a' });
      const id = await staff.idOf(number);
      await publish(manager, reference, { releaseId: id, locales: ['EN'], by: 'a' });
      if (fault === 'throw') throw new Error('midway');
      await manager.query('SELECT pg_terminate_backend(pg_backend_pid())');
    });
    await expect(attempt).rejects.toThrow();
    expect(await read(number)).toEqual(before);
    expect(await lastSeq()).toBe(seq);
    expect(await staff.publish(number, ['EN'])).toMatchObject({ edition: 2, seq: seq + 1 });
  });
});

describe('a correction', () => {
  it('leaves nothing of the old text on the side of the readers but its address', async () => {
    const old = { title: 'Wrongword', summary: 'Wrongword.', body: ['Wrongword here.', 'Fine.'] };
    const corrected = { title: 'Right', summary: 'Right.', body: ['Right here.', 'Fine.'] };
    await gateway.given(aRelease('511/12').in('EN', old).published());
    await staff.revise('511/12', 'SUBSTANTIVE', corrected, 'APPROVED');
    await staff.publish('511/12');
    const found = await sql<{ place: string }>(
      `SELECT 'release' AS place FROM published.release t WHERE t::text ILIKE '%wrongword%'
       UNION ALL SELECT 'text' FROM published.text t WHERE t::text ILIKE '%wrongword%'
       UNION ALL SELECT 'log' FROM published.change_log t WHERE t::text ILIKE '%wrongword%'
       UNION ALL SELECT 'slug' FROM published.slug t WHERE t::text ILIKE '%wrongword%'`,
    );
    expect(found).toEqual([]);
    expect(await read('511/12')).toMatchObject({ edition: 2, en: { title: { value: 'Right' } } });
  });
});

describe('a retraction', () => {
  it('of a translation is public, with the day it first came out, and nothing of its text', async () => {
    await gateway.given(aRelease('521/12').in('EN').in('FR').published());
    const first = await read('521/12');
    const edition = await staff.retract('521/12', ['FR']);
    expect(edition).toMatchObject({ edition: 2, changed: ['FR'] });
    const now = await read('521/12');
    expect(statuses(now)).toEqual(['EN PUBLISHED', 'FR RETRACTED']);
    expect(now?.fr).toBeNull();
    expect(now?.locales[2]?.publishedAt).toBe(first?.locales[2]?.publishedAt);
  });

  it('of a translation is not undone by publishing whatever is approved, but by naming it', async () => {
    await gateway.given(aRelease('529/12').in('EN').in('FR').published());
    await staff.retract('529/12', ['FR']);
    await staff.publish('529/12');
    expect(statuses(await read('529/12'))).toEqual(['EN PUBLISHED', 'FR RETRACTED']);
    await staff.publish('529/12', ['FR']);
    expect(statuses(await read('529/12'))).toEqual(['EN PUBLISHED', 'FR PUBLISHED']);
  });

  it('of a whole release leaves no trace of it, until it is published again', async () => {
    await gateway.given(aRelease('522/12').in('EN').in('FR').published());
    const first = await read('522/12');
    await staff.retract('522/12');
    expect(await read('522/12')).toBeNull();
    const addresses = `SELECT FROM published.slug s JOIN authoring.release r ON r.id = s.release_id
                        WHERE r.number = '522/12'`;
    expect(await sql(addresses)).toEqual([]);
    await staff.publish('522/12', ['EN']);
    const again = await read('522/12');
    expect(again).toMatchObject({ edition: 3, publishedAt: first?.publishedAt });
    expect(statuses(again)).toEqual(['EN PUBLISHED', 'FR RETRACTED']);
    await staff.publish('522/12', ['FR']);
    expect(statuses(await read('522/12'))).toEqual(['EN PUBLISHED', 'FR PUBLISHED']);
  });

  it('never takes the original from under its translations, nor what is not public', async () => {
    await gateway.given(aRelease('523/12').in('EN').in('FR').published());
    await expect(staff.retract('523/12', ['EN'])).rejects.toMatchObject({
      reason: 'ORIGINAL_STAYS',
      vars: { locale: 'EN' },
    });
    const nothing = { reason: 'NOTHING_PUBLIC' };
    await expect(staff.retract('523/12', ['PT'])).rejects.toMatchObject(nothing);
    await staff.retract('523/12', ['EN', 'FR']);
    await expect(staff.retract('523/12')).rejects.toMatchObject(nothing);
    expect(await read('523/12')).toBeNull();
  });
});
