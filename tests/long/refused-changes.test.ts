import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { ENTITIES } from '../../src/cli/database.js';
import { openDatabase } from '../../src/platform/db/index.js';
import { createLog } from '../../src/platform/log.js';
import { createTestApp, type StaffClient, type TestApp } from '../support/app.js';
import { testSettings } from '../support/database.js';
import { TestPostgres } from '../support/postgres.js';
import { type SmallDisk, smallDisk } from '../support/small-disk.js';
import { CREATE } from '../support/staff-documents.js';

const DISK_MB = 64;
const OWN = 'small';

let postgres: TestPostgres;
let disk: SmallDisk | null;
let gateway: TestApp;
let editor: StaffClient;
let lines: { level: number; msg: string; reason?: string; err?: { code?: string } }[] = [];
let next = 700;

beforeAll(async () => {
  postgres = await TestPostgres.start();
  disk = await smallDisk(postgres, DISK_MB);
  if (disk) await postgres.query(`CREATE TABLESPACE small LOCATION '${disk.folder}'`);
  await postgres.query(`CREATE DATABASE ${OWN} ${disk ? 'TABLESPACE small' : ''}`);
  const url = new URL(postgres.url);
  url.pathname = `/${OWN}`;
  const database = await openDatabase(testSettings(url.href), { entities: ENTITIES });
  const log = createLog('warn', {
    write: (line) => void lines.push(JSON.parse(line) as (typeof lines)[number]),
  });
  const drop = () => database.close();
  gateway = await createTestApp({ database: { database, ownerUrl: url.href, drop }, log });
  editor = gateway.as('EDITOR');
  await create();
}, 240_000);
beforeEach(() => {
  lines = [];
});
afterAll(async () => {
  await gateway.close();
  await postgres.remove();
  await disk?.remove();
}, 60_000);

function create(text = 'Un párrafo.') {
  const number = `${(next += 1)}/26`;
  const segments = [
    { kind: 'TITLE', text: `Un título ${number}` },
    ...Array.from({ length: 20 }, (_, i) => ({ kind: 'PARAGRAPH', text: `${i} ${text}` })),
  ];
  const input = {
    ...{ number, type: 'PRESS_RELEASE', date: '2026-05-01', originalLocale: 'ES' },
    segments,
  };
  return editor.mutate<{ createRelease: { __typename: string } } | null>(CREATE, {
    variables: { input },
    headers: { 'accept-language': 'fr' },
  });
}

const count = async () => {
  const text = 'SELECT count(*)::int AS releases FROM authoring.release';
  const [row] = await gateway.database
    .asOwner((owner) => owner.query<{ releases: number }>(text))
    .then(({ rows }) => rows);
  return row?.releases;
};

/** What a client of the staff is sent, and what the log has of it. */
async function expectRefused(
  refused: Awaited<ReturnType<typeof create>>,
  { reason, text, code, retryAfter }: Record<'reason' | 'text' | 'code' | 'retryAfter', string>,
): Promise<void> {
  expect(refused).toMatchObject({
    status: 503,
    headers: { 'retry-after': retryAfter, 'cache-control': 'no-store' },
    data: null,
    errors: [
      {
        message: expect.stringContaining(text),
        extensions: { code: 'SERVICE_UNAVAILABLE', reason },
      },
    ],
  });
  expect(lines.filter(({ msg }) => msg === 'A query met an error')).toMatchObject([
    { reason, err: { code } },
  ]);
  const { status, errors } = await gateway.query('{ releases { totalCount } }');
  expect([status, errors]).toEqual([200, []]);
}

describe('a change that the database refuses for now', () => {
  it('a server that only reads: nothing is saved, it may be repeated, and readers are served', async () => {
    const before = await count();
    await postgres.query(`ALTER DATABASE ${OWN} SET default_transaction_read_only = on`);
    await endSessions();
    await expectRefused(await create(), {
      ...{ reason: 'DATABASE_READ_ONLY', code: '25006', retryAfter: '5' },
      text: 'n’a pas été enregistrée',
    });
    // The sessions that are open stay as they are: those of a standby that the address led to.
    await postgres.query(`ALTER DATABASE ${OWN} RESET default_transaction_read_only`);
    expect(await count()).toBe(before);
    expect((await create()).data?.createRelease.__typename).toBe('ReleasePayload');
  });

  it('a full disk: nothing is saved, it may be repeated once there is space, and readers are served', async () => {
    await fill();
    let refused = await create();
    // What is still free in the files of the tables is used up first.
    for (let i = 0; refused.errors.length === 0 && i < 1_000; i += 1) {
      refused = await create(noise());
    }
    const before = await count();
    await expectRefused(refused, {
      ...{ reason: 'DATABASE_OUT_OF_RESOURCES', code: '53100', retryAfter: '30' },
      text: 'rien n’a été enregistré',
    });
    expect(await count()).toBe(before);
    await makeSpace();
    expect((await create()).data?.createRelease.__typename).toBe('ReleasePayload');
  }, 120_000);
});

async function endSessions(): Promise<void> {
  await postgres.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1',
    [OWN],
  );
}

/** Does not compress well. */
function noise(): string {
  return Array.from({ length: 200 }, () => Math.random().toString(36).slice(2)).join(' ');
}

/** Where nothing may be mounted, a trigger refuses as a server does whose disk is full. */
async function fill(): Promise<void> {
  if (disk) return disk.fill();
  await asOwner(`
    CREATE FUNCTION authoring.full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
    CREATE TRIGGER full_disk BEFORE INSERT ON authoring.segment
      FOR EACH ROW EXECUTE FUNCTION authoring.full_disk()`);
}

async function makeSpace(): Promise<void> {
  if (disk) return disk.empty();
  await asOwner('DROP TRIGGER full_disk ON authoring.segment');
}

const asOwner = (text: string) => gateway.database.asOwner((owner) => owner.query(text));
