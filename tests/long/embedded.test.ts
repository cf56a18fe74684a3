import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { canUse } from '../../src/platform/db/embedded/account.js';
import { readPostmaster } from '../../src/platform/db/embedded/control.js';
import {
  startEmbedded,
  type EmbeddedServer,
} from '../../src/platform/db/embedded/start-embedded.js';
import { singleClient } from '../../src/platform/db/index.js';
import { startChild, type Child } from '../support/child.js';

const NOBODY = 65_534;
const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));
const isRoot = process.getuid?.() === 0;

interface Started {
  readonly url: string;
  readonly folder: string;
}

let base: string;
let dataDir: string;
let users: { leave(): Promise<unknown> }[];

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'oas-gateway-embedded-'));
  await chmod(base, 0o755);
  dataDir = join(base, 'data');
  users = [];
});

afterEach(async () => {
  const home = await startedIn(dataDir);
  await Promise.all(users.map((user) => user.leave()));
  await rm(base, { recursive: true, force: true });
  await rm(home, { recursive: true, force: true });
});

async function startedIn(folder: string): Promise<string> {
  const record = await readFile(join(folder, 'postgres.json'), 'utf8').catch(() => '{}');
  return (JSON.parse(record) as { folder?: string }).folder ?? join(folder, 'postgres');
}

async function start(durable = false): Promise<EmbeddedServer> {
  const server = await startEmbedded(dataDir, { durable });
  users.push(server);
  return server;
}

function startElsewhere(uid?: number): Child {
  const child = startChild('use-embedded', [dataDir], { uid });
  users.push(child);
  return child;
}

async function run(url: string, ...statements: string[]): Promise<unknown[]> {
  const client = singleClient(url);
  await client.connect();
  try {
    let rows: unknown[] = [];
    for (const statement of statements) ({ rows } = await client.query(statement));
    return rows;
  } finally {
    await client.end();
  }
}

async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (const end = Date.now() + 20_000; ; await pause(50)) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

const postmasterOf = async (server: Started) =>
  (await readPostmaster(join(server.folder, 'data')))?.pid;
const WRITE = ['CREATE TABLE kept (word text)', "INSERT INTO kept VALUES ('ñandú')"];
const READ = 'SELECT word FROM kept';
const STORED = [{ word: 'ñandú' }];

describe('the embedded database', () => {
  it('is stopped by the last one out, and found again by the next start', async () => {
    const first = await start();
    await run(first.url, ...WRITE);
    await first.leave();
    await expect(run(first.url, READ)).rejects.toMatchObject({ code: 'ECONNREFUSED' });

    const second = await start();
    expect(await run(second.url, READ)).toEqual(STORED);
  });

  it('holds text in UTF-8 and sorts it alike on every machine', async () => {
    const { url } = await start();
    const [row] = await run(
      url,
      `SELECT pg_encoding_to_char(encoding) AS encoding, datlocprovider AS provider,
              datlocale AS locale FROM pg_database WHERE datname = current_database()`,
    );
    expect(row).toEqual({ encoding: 'UTF8', provider: 'b', locale: 'C.UTF-8' });
  });

  it('lets nobody in without the password, which only the owner of the folder can read', async () => {
    const { url } = await start();
    const other = new URL(url);
    other.password = 'postgres';
    await expect(run(other.href, READ)).rejects.toMatchObject({ code: '28P01' });
    expect((await stat(join(dataDir, 'postgres.json'))).mode & 0o777).toBe(0o600);
  });

  it('outlives a process that is killed, and is adopted by the next', async () => {
    const child = startElsewhere();
    const started = await child.next<Started>();
    await run(started.url, ...WRITE);
    const postmaster = await postmasterOf(started);
    await child.kill('SIGKILL');

    const next = await start();
    expect(await postmasterOf(next)).toBe(postmaster);
    expect(await run(next.url, READ)).toEqual(STORED);
    // The dead process's stake has gone with it: the server stops.
    await next.leave();
    await expect(run(next.url, READ)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('is shared by two processes that start at once in an empty folder', async () => {
    const children = [startElsewhere(), startElsewhere()] as const;
    const started = await Promise.all(children.map((child) => child.next<Started>()));
    expect(started[0]).toEqual(started[1]);

    expect(await children[0].leave()).toBe(0);
    expect(await run(started[1]?.url ?? '', 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await children[1].leave()).toBe(0);
    await expect(run(started[1]?.url ?? '', 'SELECT 1')).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });

  it('comes back at the same address when its server dies under a running gateway', async () => {
    const server = await start(true);
    await run(server.url, ...WRITE);
    process.kill((await postmasterOf(server)) ?? 0, 'SIGKILL');
    expect(await eventually(() => run(server.url, READ))).toEqual(STORED);
  });

  it('starts although a lock of a server long gone names a living process', async () => {
    const server = await start();
    await run(server.url, ...WRITE);
    const pidFile = join(server.folder, 'data', 'postmaster.pid');
    const lock = await readFile(pidFile, 'utf8');
    await server.leave();
    await writeFile(pidFile, lock.replace(/^\d+/, String(process.pid)));
    await writeFile(join(dataDir, 'postgres.lock'), '{"pid":999999999,"host":"","token":"x"');
    const past = new Date(Date.now() - 3_600_000);
    await utimes(join(dataDir, 'postgres.lock'), past, past);

    expect(await run((await start()).url, READ)).toEqual(STORED);
  });

  it('starts over a cluster that was never finished', async () => {
    await mkdir(join(dataDir, 'postgres', 'data.new-0badc0de', 'base'), { recursive: true });
    const { url, folder } = await start();
    expect(await run(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await expect(stat(join(folder, 'data.new-0badc0de'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('finds its data again when the password was lost', async () => {
    const first = await start();
    await run(first.url, ...WRITE);
    await first.leave();
    await rm(join(dataDir, 'postgres.json'));
    expect(await run((await start()).url, READ)).toEqual(STORED);
  });

  it('reports which folder cannot be used', async () => {
    await writeFile(dataDir, 'a file, not a folder');
    await expect(startEmbedded(dataDir)).rejects.toMatchObject({
      reason: 'DATA_FOLDER_UNUSABLE',
      vars: { folder: dataDir, detail: 'EEXIST' },
    });
  });

  it('reports what prevented the server from starting', async () => {
    const server = await start();
    await server.leave();
    await writeFile(join(server.folder, 'data', 'postgresql.conf'), 'no_such_setting = 1\n');
    await expect(startEmbedded(dataDir)).rejects.toMatchObject({
      reason: 'DATABASE_START_FAILED',
      vars: { detail: expect.stringContaining('postgresql.conf') },
    });
  });

  it('lies where its user can reach it, also when root starts it under a closed home', async () => {
    await chmod(base, 0o700);
    const first = await start();
    await run(first.url, ...WRITE);
    expect(first.folder.startsWith(isRoot ? '/var/lib/' : base)).toBe(true);
    await first.leave();
    const second = await start();
    expect(second.folder).toBe(first.folder);
    expect(await run(second.url, READ)).toEqual(STORED);
  });

  it('runs as the user who starts it, and as the owner of its files when root starts it later', async () => {
    const reachable = isRoot && (await canUse({ uid: NOBODY, gid: NOBODY }, 'x', CHECKOUT));
    await mkdir(dataDir);
    if (reachable) await chown(dataDir, NOBODY, NOBODY);
    const child = startElsewhere(reachable ? NOBODY : undefined);
    const started = await child.next<Started>();
    await run(started.url, ...WRITE);
    const cluster = join(started.folder, 'data');
    const owner = (await stat(cluster)).uid;
    if (reachable) expect(owner).toBe(NOBODY);
    else expect(owner === 0).toBe(false);
    await child.leave();

    expect(await run((await start()).url, READ)).toEqual(STORED);
    expect((await stat(cluster)).uid).toBe(owner);
  });
});
