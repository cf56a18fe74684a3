import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { ENTITIES } from '../../src/cli/database.js';
import { ReferenceCache } from '../../src/features/audience/index.js';
import { replayStory } from '../../src/features/import/index.js';
import { stopServer } from '../../src/platform/db/embedded/control.js';
import { prepareDataFolder } from '../../src/platform/db/embedded/place.js';
import { ensureRunning, withServerLock } from '../../src/platform/db/embedded/server.js';
import { type Database, openDatabase } from '../../src/platform/db/index.js';
import { aRelease } from '../support/a-release.js';
import { createTestDatabase, type TestDatabase, testSettings } from '../support/database.js';
import { LiveClient } from '../support/live.js';
import { type Served, serveBuilt } from '../support/served.js';

/** Where the embedded server stores what its account could not reach in the data folder. */
interface ServerPlace {
  readonly folder?: string;
}

let test: TestDatabase;
let server: Served;
let url = '';

beforeEach(async () => {
  test = await createTestDatabase({ entities: ENTITIES });
  server = serveBuilt({ DATABASE_URL: test.ownerUrl, LOG_LEVEL: 'warn' });
  url = `${await server.origin}/graphql`;
}, 240_000);
afterEach(async () => {
  if (server.process.exitCode === null) server.process.kill('SIGTERM');
  await server.outcome;
  await test.drop();
});

const publish = ({ dataSource }: Pick<Database, 'dataSource'>, number: string) =>
  replayStory(
    dataSource,
    new ReferenceCache(),
    aRelease(number).in('EN').published().story(),
    'test',
  );

it('asks subscribers to resume when it is stopped, and ends', async () => {
  const socket = new LiveClient(url, { languages: ['en'] }).overSocket();
  const stream = new LiveClient(url, { languages: ['en'] }).overEvents();
  await Promise.all([socket, stream].map((one) => one.until(({ pages }) => pages.length === 1)));
  socket.reconnects = false;
  const startedAt = Date.now();
  server.process.kill('SIGTERM');
  await socket.until(({ closed }) => closed.length > 0);
  const { code } = await server.outcome;
  socket.stop();
  stream.stop();
  expect(socket.closed[0]).toBe(1001);
  expect(socket.isComplete || stream.isComplete).toBe(false);
  expect(code).toBe(0);
  expect(Date.now() - startedAt).toBeLessThan(8_000);
});

it('does not disconnect its subscribers while the database is away', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'oas-gateway-live-'));
  await chmod(folder, 0o755);
  const dataDir = await prepareDataFolder(join(folder, 'data'));
  const start = () => withServerLock(dataDir, () => ensureRunning(dataDir, { durable: false }));
  let postgres = await start();
  const other = serveBuilt({ DATABASE_URL: postgres.url('gateway'), LOG_LEVEL: 'silent' });
  const address = `${await other.origin}/graphql`;
  try {
    const client = new LiveClient(address, { languages: ['en'] }).overSocket();
    await client.until(({ pages }) => pages.length === 1);
    await stopServer(postgres.place.cluster);
    // Who comes meanwhile waits.
    const late = new LiveClient(address, { languages: ['en'] }, client.cursor).overSocket();
    await late.until(({ connections }) => connections === 1);
    postgres = await start();
    const database = await openDatabase(testSettings(postgres.url('gateway')), {
      entities: ENTITIES,
    });
    await publish(database, '1/20').finally(() => database.close());
    for (const one of [client, late]) {
      await one.until(({ changes }) => changes.length === 1);
      expect([one.numbers, one.connections, one.errors]).toEqual([['1/20'], 1, []]);
      one.stop();
    }
  } finally {
    other.process.kill('SIGTERM');
    await other.outcome;
    const record = JSON.parse(
      await readFile(join(dataDir, 'postgres.json'), 'utf8'),
    ) as ServerPlace;
    await stopServer(postgres.place.cluster);
    if (record.folder) await rm(record.folder, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  }
}, 240_000);
