import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { giveTo } from '../../src/platform/db/embedded/account.js';
import {
  findFreePort,
  launchServer,
  OWNER,
  readPostmaster,
  stopServer,
} from '../../src/platform/db/embedded/control.js';
import { type Place, prepareDataFolder } from '../../src/platform/db/embedded/place.js';
import { isAlive } from '../../src/platform/db/embedded/process.js';
import { ensureRunning, withServerLock } from '../../src/platform/db/embedded/server.js';
import { singleClient } from '../../src/platform/db/index.js';

/** A PostgreSQL server of a test's own, which may be killed. */
export class TestPostgres {
  private constructor(
    readonly place: Place,
    readonly port: number,
    private readonly begin: () => Promise<unknown>,
    private readonly folders: readonly string[],
  ) {}

  static async start(): Promise<TestPostgres> {
    const folder = await mkdtemp(join(tmpdir(), 'oas-gateway-postgres-'));
    await chmod(folder, 0o755);
    const dataDir = await prepareDataFolder(join(folder, 'data'));
    const begin = () => withServerLock(dataDir, () => ensureRunning(dataDir, { durable: false }));
    const { place, port } = await begin();
    return new TestPostgres(place, port, begin, [place.home, folder]);
  }

  /** With the owner's login, who is a superuser. */
  get url(): string {
    const { password } = this.place.record;
    return `postgres://${OWNER}:${encodeURIComponent(password)}@127.0.0.1:${this.port}/${OWNER}`;
  }

  /** Without a login, as in DATABASE_REPLICA_URLS. */
  get bareUrl(): string {
    return `postgres://127.0.0.1:${this.port}/${OWNER}`;
  }

  /** Resolves when the server takes logins. */
  async startAgain(): Promise<void> {
    await this.begin();
  }

  /** Sends a signal to the postmaster; after SIGKILL its sessions end by themselves. */
  async signal(signal: NodeJS.Signals): Promise<void> {
    const postmaster = await readPostmaster(this.place.cluster);
    if (!postmaster) throw new Error('the server does not run');
    process.kill(postmaster.pid, signal);
    if (signal !== 'SIGKILL') return;
    while (isAlive(postmaster.pid)) await pause(5);
  }

  async query<T extends object>(text: string, values: readonly unknown[] = []): Promise<T[]> {
    const client = singleClient(this.url);
    try {
      await client.connect();
      return (await client.query<T>(text, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  /**
   * A streaming replica. npm's binaries have no pg_basebackup, so the files are copied between pg_backup_start and
   * pg_backup_stop ("Making a Base Backup Using the Low Level API").
   */
  async replica(): Promise<TestPostgres> {
    await this.query(`ALTER SYSTEM SET wal_keep_size = '256MB'`);
    await this.query('SELECT pg_reload_conf()');
    const home = `${this.place.home}-replica`;
    const cluster = join(home, 'data');
    await mkdir(home, { mode: 0o700 });
    const client = singleClient(this.url);
    await client.connect();
    await client.query(`SELECT pg_backup_start('replica', true)`);
    await cp(this.place.cluster, cluster, { recursive: true, filter: isForReplica });
    const { rows } = await client.query<{ labelfile: string }>(
      'SELECT labelfile FROM pg_backup_stop(false)',
    );
    await client.end();
    for (const folder of ['', 'archive_status', 'summaries']) {
      await mkdir(join(cluster, 'pg_wal', folder), { recursive: true });
    }
    const { password } = this.place.record;
    await writeFile(join(cluster, 'backup_label'), rows[0]?.labelfile ?? '');
    await writeFile(join(cluster, 'standby.signal'), '');
    await writeFile(
      join(cluster, 'postgresql.auto.conf'),
      `primary_conninfo = 'host=127.0.0.1 port=${this.port} user=${OWNER} password=${password}'\n` +
        `wal_retrieve_retry_interval = '200ms'\n`,
    );
    await chmod(cluster, 0o700);
    await giveTo(this.place.account, home);
    const place: Place = { ...this.place, home, cluster, log: join(home, 'server.log') };
    const port = await findFreePort(undefined);
    const begin = async () => {
      await launchServer(place, port, false);
      await untilItAnswers(new TestPostgres(place, port, begin, []));
    };
    await begin();
    return new TestPostgres(place, port, begin, [home]);
  }

  async remove(): Promise<void> {
    await this.signal('SIGCONT').catch(() => undefined);
    await stopServer(this.place.cluster);
    for (const folder of this.folders) await rm(folder, { recursive: true, force: true });
  }
}

/** What a copy must not have, by the manual. */
const NOT_COPIED = new Set(['pg_wal', 'postmaster.pid', 'postmaster.opts']);

function isForReplica(path: string): boolean {
  return !NOT_COPIED.has(basename(path));
}

async function untilItAnswers(server: TestPostgres): Promise<void> {
  for (const deadline = Date.now() + 60_000; ;) {
    try {
      await server.query('SELECT 1 AS one');
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        const log = await readFile(server.place.log, 'utf8').catch(() => '');
        throw new Error(`The server does not start: ${log.slice(-2000)}`, { cause: error });
      }
      await pause(50);
    }
  }
}
