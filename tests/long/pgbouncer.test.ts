import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { ENTITIES } from '../../src/cli/database.js';
import { openDatabase, ReadSnapshot } from '../../src/platform/db/index.js';
import { withoutLogin } from '../support/addresses.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import {
  createEmptyDatabase,
  createTestDatabase,
  type EmptyDatabase,
  testSettings,
} from '../support/database.js';
import { LiveClient } from '../support/live.js';
import { PgBouncer } from '../support/pgbouncer.js';
import { PressOffice } from '../support/publishing.js';

const TITLES = '{ releases(first: 5) { nodes { number localized { title { value } } } } }';

describe.each(['transaction', 'session'] as const)('behind PgBouncer in %s mode', (mode) => {
  let pgbouncer: PgBouncer;
  let gateway: TestApp;

  beforeAll(async () => {
    const settings = async (ownerUrl: string) => {
      pgbouncer = await PgBouncer.start(ownerUrl, mode);
      return {
        databaseUrl: pgbouncer.url,
        statementTimeoutMs: 2_000,
        ...(mode === 'transaction' && {
          databaseListenUrl: withoutLogin(ownerUrl),
          databasePooler: mode,
        }),
      };
    };
    const database = await createTestDatabase({ entities: ENTITIES }, { texts: true, settings });
    gateway = await createTestApp({ database, responseCache: { maxBytes: 2 ** 20, maxAge: 1 } });
  }, 240_000);
  afterAll(async () => {
    await gateway.close();
    await pgbouncer.stop();
  });

  it('a publication is heard by a subscriber, and read at once', async () => {
    const client = new LiveClient(gateway.url, { languages: ['en'] }).overEvents();
    await client.until(({ pages }) => pages.length > 0);
    const office = new PressOffice(gateway);
    await gateway.given(aRelease('701/26').in('EN'));
    const { __typename, ...problem } = await office.publish('701/26');
    expect({ __typename, problem }).toMatchObject({ __typename: 'EditionPayload' });
    await client.until(({ numbers }) => numbers.includes('701/26'));
    client.stop();
    expect({ numbers: client.numbers, errors: client.errors }).toEqual({
      numbers: ['701/26'],
      errors: [],
    });
    const { data } = await gateway.query<{ releases: { nodes: { number: string }[] } }>(TITLES);
    expect(data.releases.nodes.map(({ number }) => number)).toEqual(['701/26']);
  });

  it('responses are cached, and a retraction takes them out', async () => {
    await gateway.given(aRelease('702/26').in('EN').published());
    const numbers = async () => {
      const { data } = await gateway.query<{ releases: { nodes: { number: string }[] } }>(TITLES);
      return data.releases.nodes.map(({ number }) => number);
    };
    // A mutation is acknowledged once the process knows of all that was done before it.
    await new PressOffice(gateway).editor.mutate('mutation { __typename }');
    await numbers();
    const before = gateway.snapshots.length;
    expect(await numbers()).toContain('702/26');
    expect(gateway.snapshots.length).toBe(before);
    await new PressOffice(gateway).retract('702/26');
    expect(await numbers()).not.toContain('702/26');
  });

  it('statements of readers have their time limit', async () => {
    const snapshot = new ReadSnapshot(gateway.database.readPool);
    await expect(snapshot.query('SELECT pg_sleep(20)')).rejects.toMatchObject({
      reason: 'TIMEOUT',
    });
    await snapshot.close();
    const single = gateway.database.readPool.query('SELECT pg_sleep(20)');
    await expect(single).rejects.toMatchObject({ code: '57014' });
  });

  it('64 readers at once are all served', async () => {
    const responses = await Promise.all(
      Array.from({ length: 64 }, (_, index) =>
        gateway.query<{ releases: { totalCount: number } }>(
          `query R${index} { releases(first: 1) { totalCount } }`,
        ),
      ),
    );
    expect(responses.flatMap(({ errors }) => errors)).toEqual([]);
  });
});

describe('a start through PgBouncer in transaction mode', () => {
  let empty: EmptyDatabase;
  let pgbouncer: PgBouncer | null = null;

  beforeAll(async () => {
    empty = await createEmptyDatabase();
  });
  afterEach(() => pgbouncer?.stop());
  afterAll(() => empty.drop());

  it.each([1, 2, 20])('that is not declared is refused, with %i connections', async (poolSize) => {
    pgbouncer = await PgBouncer.start(empty.url, 'transaction', { poolSize });
    await expect(openDatabase(testSettings(pgbouncer.url))).rejects.toMatchObject({
      reason: 'DATABASE_POOLER_UNDECLARED',
    });
  });

  it('is refused where DATABASE_LISTEN_URL leads through the pooler, too', async () => {
    pgbouncer = await PgBouncer.start(empty.url, 'transaction');
    const start = openDatabase({
      ...testSettings(pgbouncer.url),
      databaseListenUrl: withoutLogin(pgbouncer.url),
      databasePooler: 'transaction',
    });
    await expect(start).rejects.toMatchObject({ reason: 'DATABASE_LISTEN_POOLED' });
  });

  it('is refused where a login has no time limit', async () => {
    pgbouncer = await PgBouncer.start(empty.url, 'transaction');
    const limited = {
      ...testSettings(pgbouncer.url),
      databaseListenUrl: withoutLogin(empty.url),
      databasePooler: 'transaction' as const,
    };
    const opened = await openDatabase(limited);
    const [login] = await opened.asOwner(async (owner) => {
      await owner.query(`CREATE ROLE unlimited_reader LOGIN PASSWORD 'x' IN ROLE gateway_reader`);
      return ['unlimited_reader:x'];
    });
    await opened.close();
    const url = pgbouncer.url.replace(/\/\/[^@]*@/, `//${login}@`);
    await expect(openDatabase({ ...limited, databaseReaderUrl: url })).rejects.toMatchObject({
      reason: 'DATABASE_LIMITS_MISSING',
      vars: { role: 'unlimited_reader' },
    });
  });
});
