import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import { ReferenceCache } from '../../src/features/audience/index.js';
import { termsFor, termsNow } from '../../src/features/sync/context-terms.js';
import { type ChangePage, ReaderSync } from '../../src/features/sync/reader-sync.js';
import { SyncCursors } from '../../src/features/sync/sync-cursor.js';
import type { Reader } from '../../src/kernel/localization.js';
import { LOCALES } from '../../src/kernel/locale.js';
import { RELEASE_TYPES } from '../../src/kernel/release.js';
import { findFreePort } from '../../src/platform/db/embedded/control.js';
import { ReadSnapshot } from '../../src/platform/db/index.js';
import { queryableOfPool } from '../../src/platform/db/queryable.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { asOwner } from '../support/database.js';

const reader: Reader = { requested: ['fr'], audience: 'HT', coherence: 'RELEASE' };
const DAY = 20_000;

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp();
  await gateway.given(
    aRelease('101/20').in('EN').published(),
    aRelease('102/20').in('FR').published(),
  );
}, 240_000);
afterAll(() => gateway.close());

interface Node {
  readonly primary?: pg.Pool;
  readonly key?: string;
  readonly day?: number;
}

/** A page as a node would give it that has this key, on this day. */
async function pull(
  since: string | null,
  { key = 'key', day = DAY, primary: pool = gateway.database.primaryReadPool }: Node = {},
): Promise<ChangePage> {
  const db = new ReadSnapshot(gateway.database.readPool);
  try {
    const reference = await new ReferenceCache().load(db);
    const terms = termsNow(reader.audience, reference, LOCALES, '2026-06-01');
    const context = { reader, addressedTo: null, dateFrom: null };
    const cursors = new SyncCursors(key);
    const count = () => Promise.resolve(2);
    const primary = queryableOfPool(pool);
    const parts = { db, primary, cursors, context, terms, day, count };
    return await new ReaderSync(parts).page(since, 100);
  } finally {
    await db.close();
  }
}

const begins = { reset: true, changes: [{ kind: 'UPSERT' }, { kind: 'UPSERT' }] };

describe('a cursor', () => {
  it('is good for 400 days, and begins a new copy after that', async () => {
    const { cursor } = await pull(null);
    expect(await pull(cursor, { day: DAY + 400 })).toMatchObject({ reset: false, changes: [] });
    expect(await pull(cursor, { day: DAY + 401 })).toMatchObject(begins);
  });

  it('stays young by being used', async () => {
    const first = await pull(null);
    const second = await pull(first.cursor, { day: DAY + 300 });
    expect(await pull(second.cursor, { day: DAY + 700 })).toMatchObject({ reset: false });
  });

  it('of somebody else’s making begins a new copy', async () => {
    const { cursor } = await pull(null, { key: 'another key' });
    expect(await pull(cursor)).toMatchObject(begins);
  });

  it('of another database begins a new copy, even under the same key', async () => {
    const { cursor } = await pull(null);
    const { database } = gateway;
    const rename = 'UPDATE published.change_log_head SET database_id = gen_random_uuid()';
    await asOwner(database, rename);
    expect(await pull(cursor)).toMatchObject(begins);
  });

  it('waits on a replica that is behind, and loses nothing', async () => {
    const { cursor } = await pull(null);
    const { database } = gateway;
    await asOwner(database, 'UPDATE published.change_log_head SET seq = seq - 1');
    const behind = await pull(cursor);
    expect(behind).toEqual({ changes: [], cursor, hasMore: false, reset: false, total: null });
    await asOwner(database, 'UPDATE published.change_log_head SET seq = seq + 1');
    expect(await pull(behind.cursor)).toMatchObject({ reset: false, changes: [] });
  });

  it('of a change that the primary does not have, or has another one for, begins a new copy', async () => {
    const { database } = gateway;
    const { cursor } = await pull(null);
    await gateway.given(aRelease('103/20').in('EN').published());
    const newer = await pull(cursor);
    expect(newer).toMatchObject({ reset: false, changes: [{ kind: 'UPSERT' }] });
    // As a restore to the point before it, after which another release was published.
    await asOwner(
      database,
      'UPDATE published.change_log SET id = gen_random_uuid() WHERE seq = (SELECT max(seq) FROM published.change_log)',
    );
    expect(await pull(newer.cursor)).toMatchObject({ reset: true });
    expect(await pull(cursor)).toMatchObject({ reset: false, changes: [{ kind: 'UPSERT' }] });
  });

  it('that only the primary knows waits for it, and begins no new copy', async () => {
    const { database } = gateway;
    const { cursor } = await pull(null);
    const away = new pg.Pool({ host: '127.0.0.1', port: await findFreePort(undefined) });
    const text = 'SELECT id FROM published.change_log ORDER BY seq DESC LIMIT 1';
    const [newest] = await asOwner<{ id: string }>(database, text);
    const rename = 'UPDATE published.change_log SET id = $2 WHERE id = $1';
    const other = randomUUID();
    await asOwner(database, rename, [newest?.id, other]);
    await expect(pull(cursor, { primary: away })).rejects.toMatchObject({
      reason: 'DATABASE_UNAVAILABLE',
    });
    await asOwner(database, rename, [other, newest?.id]);
    expect(await pull(cursor, { primary: away })).toMatchObject({ reset: false, changes: [] });
    await away.end();
  });

  it('is short enough for an address', async () => {
    const { cursor } = await pull(null);
    expect(cursor.length).toBeLessThan(1_500);
  });
});

it('carries the terms of every audience, for every type and day, exactly', async () => {
  const db = new ReadSnapshot(gateway.database.readPool);
  const reference = await new ReferenceCache().load(db);
  await db.close();
  const today = '2026-06-01';
  const dates = [
    '1930-01-01',
    '1948-01-01',
    '1990-01-07',
    '1990-01-08',
    '2012-09-10',
    '2023-11-18',
    '2023-11-19',
    today,
  ];
  for (const { code } of reference.states) {
    const carried = termsNow(code, reference, LOCALES, today);
    for (const type of RELEASE_TYPES) {
      for (const date of dates) {
        const expected = reference.termsFor(code, { type, date }, today);
        expect({ code, type, date, ...termsFor(carried, { type, date }) }).toEqual({
          code,
          type,
          date,
          ...expected,
        });
      }
    }
  }
});
