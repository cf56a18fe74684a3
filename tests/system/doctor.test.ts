import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { gateway } from '../support/command-line.js';
import {
  asOwner,
  createEmptyDatabase,
  createTestDatabase,
  type EmptyDatabase,
  type TestDatabase,
} from '../support/database.js';
import { singleClient } from '../../src/platform/db/index.js';

interface Report {
  readonly checks: readonly {
    readonly check: string;
    readonly status: string;
    readonly reason: string | null;
    readonly message: string;
  }[];
  readonly errors: number;
  readonly warnings: number;
}

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

async function examine(env: NodeJS.ProcessEnv): Promise<Report & { code: number | null }> {
  const { code, stdout } = await gateway(['doctor', '--json'], env);
  return { code, ...(JSON.parse(stdout) as Report) };
}

const statusOf = (report: Report, name: string) =>
  report.checks.find(({ check }) => check === name)?.status;

const messageOf = (report: Report, name: string) =>
  report.checks.find(({ check }) => check === name)?.message;

const statuses = (report: Report) =>
  Object.fromEntries(report.checks.map(({ check, status }) => [check, status]));

describe('gateway doctor', () => {
  it('finds a database in order', async () => {
    const report = await examine({ DATABASE_URL: test.ownerUrl });
    const { explorer, connections, ...others } = statuses(report);
    expect(['ok', 'warning']).toContain(explorer);
    expect(['ok', 'warning']).toContain(connections);
    expect(others).toEqual({
      settings: 'ok',
      node: 'ok',
      oidc: 'skipped',
      database: 'ok',
      poolers: 'ok',
      identity: 'ok',
      collations: 'ok',
      extensions: 'ok',
      roles: 'ok',
      migrations: 'ok',
      logins: 'ok',
      listen: 'ok',
      replicas: 'skipped',
      clock: 'ok',
      schedules: 'ok',
    });
    expect([report.code, report.errors]).toEqual([0, 0]);
    expect(messageOf(report, 'collations')).toContain('LC_CTYPE is ');
  });

  it('reports what to do where more connections are configured than there are', async () => {
    const report = await examine({
      DATABASE_URL: test.ownerUrl,
      WORKERS: '64',
      READ_POOL_SIZE: '50',
    });
    expect(statusOf(report, 'connections')).toBe('warning');
    expect(messageOf(report, 'connections')).toMatch(
      /^This node may open 6,\d{3} connections, but the database accepts only \d+\. Reduce WORKERS/,
    );
    expect(report.code).toBe(0);
  });

  it('changes nothing in an empty database', async () => {
    const report = await examine({ DATABASE_URL: empty.url });
    expect(statuses(report)).toMatchObject({
      migrations: 'warning',
      logins: 'skipped',
      schedules: 'skipped',
    });
    const client = singleClient(empty.url);
    await client.connect();
    const { rows } = await client.query(
      `SELECT nspname FROM pg_namespace WHERE nspname IN ('platform', 'published')`,
    );
    await client.end();
    expect(rows).toEqual([]);
  });

  it('examines the rest where the settings or the database are wrong', async () => {
    const misspelt = await examine({ DATABSE_URL: test.ownerUrl });
    expect(misspelt.code).toBe(1);
    expect(statuses(misspelt)).toMatchObject({
      settings: 'error',
      node: 'ok',
      database: 'skipped',
    });
    expect(messageOf(misspelt, 'settings')).toBe(
      'Unknown settings, with the ones that were probably meant in parentheses: DATABSE_URL (DATABASE_URL?)',
    );

    const away = await examine({ DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/gateway' });
    expect(away.code).toBe(1);
    expect(statuses(away)).toMatchObject({ settings: 'ok', database: 'error', clock: 'skipped' });
    expect(away.checks.find(({ check }) => check === 'database')?.reason).toBe(
      'DATABASE_UNREACHABLE',
    );
    expect(JSON.stringify(away)).not.toContain('hunter2');
  });

  it('names the setting that leads to another database', async () => {
    const report = await examine({ DATABASE_URL: test.ownerUrl, DATABASE_READER_URL: empty.url });
    const identity = report.checks.find(({ check }) => check === 'identity');
    expect(identity).toMatchObject({ status: 'error', reason: 'DATABASE_MISMATCH' });
    expect(identity?.message).toMatch(
      /^DATABASE_READER_URL \(.*\) leads to another database than DATABASE_URL\./,
    );
    expect(report.code).toBe(1);
  });

  it('counts publications that are overdue or held back', async () => {
    const [release] = await asOwner<{ id: string }>(
      test.database,
      `INSERT INTO authoring.release (number, type, date, original_locale, created_by)
       VALUES ('1/26', 'PRESS_RELEASE', '2026-01-01', 'EN', 'test') RETURNING id`,
    );
    await asOwner(
      test.database,
      `INSERT INTO authoring.schedule (release_id, at, revisions, waivers, by)
       VALUES ($1, now() - interval '1 hour', '{"EN": 1}', '[]', 'test')`,
      [release?.id],
    );
    const report = await examine({ DATABASE_URL: test.ownerUrl });
    expect(statusOf(report, 'schedules')).toBe('warning');
    expect(messageOf(report, 'schedules')).toMatch(/^1 is overdue\./);
  });

  it('speaks the language of the terminal', async () => {
    const env = { DATABASE_URL: test.ownerUrl, LANG: 'fr_FR.UTF-8', OIDC_TENANT: 'x' };
    const { stdout } = await gateway(['doctor'], env);
    expect(stdout).toContain(
      'Avertissement – paramètres\u00a0: OIDC_TENANT n’est pas un paramètre',
    );
    expect(stdout).toMatch(/Erreurs\u00a0: 0\u202f; avertissements\u00a0: \d/);
  });

  it('does not start an embedded database', async () => {
    const report = await examine({ DATA_DIR: '/nonexistent/data' });
    expect(statuses(report)).toMatchObject({ database: 'skipped', migrations: 'skipped' });
    expect(report.code).toBe(0);
  });
});
