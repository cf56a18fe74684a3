// Plain JavaScript: jest loads its global set-up without the transform that tests go through.
import { chmod, mkdtemp, readdir, readFile, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

const PREFIX = 'oas-gateway-test-';
/** Files in memory: a database per test file is many files, made and removed. */
const MEMORY = '/dev/shm';
const MEMORY_NEEDED = 4 * 1024 ** 3;

/** A folder for this run. The database in it starts when the first test needs one. */
export async function beginRun() {
  await sweepDeadRuns();
  const folder = await mkdtemp(join(await findPlace(), `${PREFIX}${process.pid}-`));
  // Under root, PostgreSQL runs as another user, who has to get here.
  await chmod(folder, 0o755);
  process.env.GATEWAY_TEST_FOLDER = folder;
  process.env.GATEWAY_TEST_RUN = folder.slice(-6).toLowerCase();
}

async function findPlace() {
  const { bavail, bsize } = await statfs(MEMORY).catch(() => ({ bavail: 0, bsize: 0 }));
  return bavail * bsize >= MEMORY_NEEDED ? MEMORY : tmpdir();
}

export async function endRun() {
  const { GATEWAY_TEST_FOLDER: folder, TEST_DATABASE_URL: url } = process.env;
  if (url) await dropDatabases(url, process.env.GATEWAY_TEST_RUN);
  await removeRun(folder);
}

/** A run that was killed leaves its server and folder behind. */
async function sweepDeadRuns() {
  for (const place of [MEMORY, tmpdir()]) {
    for (const name of await readdir(place).catch(() => [])) {
      if (!name.startsWith(PREFIX)) continue;
      const pid = Number(name.slice(PREFIX.length).split('-')[0]);
      if (!isAlive(pid)) await removeRun(join(place, name)).catch(() => undefined);
    }
  }
}

async function removeRun(folder) {
  const record = await readFile(join(folder, 'postgres.json'), 'utf8').catch(() => '{}');
  const home = JSON.parse(record).folder ?? join(folder, 'postgres');
  const pidFile = await readFile(join(home, 'data', 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(pidFile, 10);
  if (pid > 0 && isAlive(pid)) {
    // An immediate shutdown: nothing here needs to be saved.
    process.kill(pid, 'SIGQUIT');
    for (let tries = 0; tries < 400 && isAlive(pid); tries += 1) await pause(25);
  }
  await rm(home, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
}

async function dropDatabases(url, run) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(
    `SELECT datname FROM pg_database WHERE datname ~ ('^gateway_test_' || $1 || '_')`,
    [run],
  );
  const logins = await loginRoles(url, run);
  for (const { datname } of rows) await client.query(`DROP DATABASE ${datname} WITH (FORCE)`);
  for (const role of logins) await client.query(`DROP ROLE IF EXISTS ${role}`);
  await client.end();
}

async function loginRoles(url, run) {
  const template = new URL(url);
  template.pathname = `/gateway_test_${run}_template`;
  const client = new pg.Client({ connectionString: template.href });
  try {
    await client.connect();
    const { rows } = await client.query(
      `SELECT value ->> 'user' AS role FROM platform.secret WHERE name LIKE '%\\_login'`,
    );
    return rows.map((row) => row.role);
  } catch {
    // No test needed a database.
    return [];
  } finally {
    await client.end().catch(() => undefined);
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
