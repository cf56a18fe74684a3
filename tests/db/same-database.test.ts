import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { openDatabase, singleClient } from '../../src/platform/db/index.js';
import {
  createEmptyDatabase,
  createTestDatabase,
  type EmptyDatabase,
  type TestDatabase,
  testSettings,
} from '../support/database.js';
import { TestPostgres } from '../support/postgres.js';

let test: TestDatabase;
let empty: EmptyDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
  empty = await createEmptyDatabase();
});
afterAll(async () => {
  await test.drop();
  await empty.drop();
});

/** The test's database through another address. */
function elsewhere(url: string): string {
  const made = new URL(test.ownerUrl);
  const { hostname, port, pathname } = new URL(url);
  Object.assign(made, { hostname, port, pathname });
  made.username = '';
  made.password = '';
  return made.href;
}

const mismatch = (setting: string) =>
  expect.objectContaining({
    reason: 'DATABASE_MISMATCH',
    vars: { setting, host: new URL(test.ownerUrl).host },
  });

describe('a setting that leads to another database is refused by name', () => {
  it.each([
    ['DATABASE_READER_URL', 'databaseReaderUrl'],
    ['DATABASE_WRITER_URL', 'databaseWriterUrl'],
  ] as const)('%s', async (setting, key) => {
    const opening = openDatabase({ ...testSettings(test.ownerUrl), [key]: empty.url });
    await expect(opening).rejects.toEqual(mismatch(setting));
  });

  it('DATABASE_LISTEN_URL', async () => {
    const settings = { ...testSettings(test.ownerUrl), databaseListenUrl: elsewhere(empty.url) };
    await expect(openDatabase(settings)).rejects.toEqual(mismatch('DATABASE_LISTEN_URL'));
  });

  it('DATABASE_REPLICA_URLS', async () => {
    // A copy by CREATE DATABASE … TEMPLATE: the id that the gateway gave it is the same.
    const copy = await createTestDatabase();
    try {
      const settings = {
        ...testSettings(test.ownerUrl),
        databaseReplicaUrls: [elsewhere(copy.ownerUrl)],
      };
      await expect(openDatabase(settings)).rejects.toEqual(mismatch('DATABASE_REPLICA_URLS'));
    } finally {
      await copy.drop();
    }
  });

  it('before the wrong one is migrated', async () => {
    const settings = { ...testSettings(test.ownerUrl), databaseListenUrl: elsewhere(empty.url) };
    await expect(openDatabase(settings)).rejects.toThrow('DATABASE_MISMATCH');
    const client = singleClient(empty.url);
    await client.connect();
    const { rows } = await client.query(`SELECT FROM pg_namespace WHERE nspname = 'published'`);
    await client.end();
    expect(rows).toEqual([]);
  });
});

describe('the same database by another address is accepted', () => {
  it('another name of the host', async () => {
    const url = new URL(test.ownerUrl);
    url.hostname = 'localhost';
    const database = await openDatabase({
      ...testSettings(test.ownerUrl),
      databaseListenUrl: elsewhere(url.href),
    });
    await database.close();
  });
});

describe('a database that is not in UTF8', () => {
  it('is refused before the first migration', async () => {
    const latin = await createEmptyDatabase(
      `ENCODING 'LATIN1' LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`,
    );
    try {
      await expect(openDatabase(latin.settings)).rejects.toEqual(
        expect.objectContaining({
          reason: 'DATABASE_NOT_UTF8',
          vars: { database: new URL(latin.url).pathname.slice(1), encoding: 'LATIN1' },
        }),
      );
    } finally {
      await latin.drop();
    }
  });
});

describe('a copy of the files of the server', () => {
  it('is recognized as another database once it goes its own way', async () => {
    const primary = await TestPostgres.start();
    const copy = await primary.replica();
    try {
      await (await openDatabase(testSettings(primary.url))).close();
      await copy.promote();
      const settings = { ...testSettings(primary.url), databaseReaderUrl: copy.url };
      await expect(openDatabase(settings)).rejects.toEqual(
        expect.objectContaining({
          reason: 'DATABASE_MISMATCH',
          vars: { setting: 'DATABASE_READER_URL', host: `127.0.0.1:${copy.port}` },
        }),
      );
    } finally {
      await copy.remove();
      await primary.remove();
    }
  });
});
