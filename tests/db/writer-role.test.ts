import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';

const RECORDS = [
  'authoring.audit',
  'authoring.edition',
  'authoring.edition_text',
  'authoring.translation_revision',
  'authoring.locale_text_revision',
  'authoring.source_version',
  'authoring.slug',
  'published.slug',
  'published.change_log',
];
const DENIED = { code: '42501' };

let gateway: TestApp;
beforeAll(async () => {
  gateway = await createTestApp();
  await gateway.given(aRelease('601/12').in('EN').in('ES').published());
});
afterAll(() => gateway.close());

const attempt = (statement: string) => expect(gateway.database.dataSource.query(statement)).rejects;

async function someColumn(table: string): Promise<string> {
  const [column] = await gateway.database.dataSource.query<{ name: string }[]>(
    'SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum = 2',
    [table],
  );
  return column?.name ?? '';
}

describe("the application's login", () => {
  it.each(RECORDS)('adds to %s, and neither changes nor deletes in it', async (table) => {
    const column = await someColumn(table);
    await attempt(`UPDATE ${table} SET ${column} = ${column}`).toMatchObject(DENIED);
    await attempt(`DELETE FROM ${table}`).toMatchObject(DENIED);
    await attempt(`TRUNCATE ${table} CASCADE`).toMatchObject(DENIED);
    await attempt(`ALTER TABLE ${table} DISABLE TRIGGER ALL`).toMatchObject(DENIED);
    await attempt(`DROP TABLE ${table} CASCADE`).toMatchObject(DENIED);
  });

  it.each(['release', 'translation', 'account', 'comment'])(
    'deletes no %s, which would take history along',
    async (table) => {
      await attempt(`DELETE FROM authoring.${table}`).toMatchObject(DENIED);
    },
  );

  it.each(['member_state', 'membership_period'])('changes no %s', async (name) => {
    const table = `reference.${name}`;
    const column = await someColumn(table);
    await attempt(`UPDATE ${table} SET ${column} = ${column}`).toMatchObject(DENIED);
    await attempt(`INSERT INTO ${table} SELECT * FROM ${table}`).toMatchObject(DENIED);
    await attempt(`DELETE FROM ${table}`).toMatchObject(DENIED);
  });

  it('does not see the secrets', async () => {
    await attempt('SELECT * FROM platform.secret').toMatchObject(DENIED);
    const { staffPool } = gateway.database;
    await expect(staffPool.query('SELECT * FROM platform.secret')).rejects.toMatchObject(DENIED);
  });

  it('makes nothing, and becomes no one else', async () => {
    await attempt('CREATE TABLE authoring.own ()').toMatchObject(DENIED);
    await attempt('CREATE TABLE public.own ()').toMatchObject(DENIED);
    await attempt('CREATE TEMP TABLE own ()').toMatchObject(DENIED);
    await attempt('CREATE ROLE gateway_test_own').toMatchObject(DENIED);
    const { user } = await gateway.database.asOwner(async (owner) => owner);
    await attempt(`SET ROLE ${user}`).toMatchObject(DENIED);
  });
});
