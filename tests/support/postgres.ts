import { appendFile, chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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

/** What a restore is made from: the files as of some instant, and the log of what happened since. */
export interface Backup {
  readonly cluster: string;
  readonly archive: string;
}

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
   * npm's binaries have no pg_basebackup, so the files are copied between pg_backup_start and pg_backup_stop ("Making a
   * Base Backup Using the Low Level API").
   */
  private async copyCluster(target: string): Promise<void> {
    const client = singleClient(this.url);
    await client.connect();
    await client.query(`SELECT pg_backup_start('copy', true)`);
    await cp(this.place.cluster, target, { recursive: true, filter: isForCopy });
    const { rows } = await client.query<{ labelfile: string }>(
      'SELECT labelfile FROM pg_backup_stop(false)',
    );
    await client.end();
    for (const folder of ['', 'archive_status', 'summaries']) {
      await mkdir(join(target, 'pg_wal', folder), { recursive: true });
    }
    await writeFile(join(target, 'backup_label'), rows[0]?.labelfile ?? '');
  }

  /** A streaming replica. */
  async replica(): Promise<TestPostgres> {
    await this.query(`ALTER SYSTEM SET wal_keep_size = '256MB'`);
    await this.query('SELECT pg_reload_conf()');
    const home = `${this.place.home}-replica`;
    const cluster = join(home, 'data');
    await mkdir(home, { mode: 0o700 });
    await this.copyCluster(cluster);
    const { password } = this.place.record;
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
      await untilReady(new TestPostgres(place, port, begin, []));
    };
    await begin();
    return new TestPostgres(place, port, begin, [home]);
  }

  /**
   * Archives its write-ahead log from now on, and copies its files: what a restore to a point in time is made from
   * ("Continuous Archiving and Point-in-Time Recovery").
   */
  async backUp(): Promise<Backup> {
    const folder = `${this.place.home}-backup`;
    const backup: Backup = { cluster: join(folder, 'data'), archive: join(folder, 'archive') };
    await mkdir(backup.archive, { recursive: true });
    await giveTo(this.place.account, folder);
    await chmod(folder, 0o755);
    await this.query(`ALTER SYSTEM SET archive_mode = on`);
    await this.query(`ALTER SYSTEM SET archive_command = 'cp %p ${backup.archive}/%f'`);
    await stopServer(this.place.cluster);
    await this.startAgain();
    await this.copyCluster(backup.cluster);
    return backup;
  }

  /**
   * Goes back to the point of that name (`pg_create_restore_point`), at the same address; what came after it is lost.
   *
   * @param whileAway while the server is stopped
   */
  async restore(
    { cluster, archive }: Backup,
    point: string,
    whileAway: () => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    await this.query('SELECT pg_switch_wal()');
    await stopServer(this.place.cluster);
    await whileAway();
    await rm(this.place.cluster, { recursive: true });
    await cp(cluster, this.place.cluster, { recursive: true });
    await appendFile(
      join(this.place.cluster, 'postgresql.auto.conf'),
      `restore_command = 'cp ${archive}/%f %p'\nrecovery_target_name = '${point}'\n` +
        `recovery_target_action = 'promote'\narchive_mode = off\n`,
    );
    await writeFile(join(this.place.cluster, 'recovery.signal'), '');
    await giveTo(this.place.account, this.place.cluster);
    await chmod(this.place.cluster, 0o700);
    await this.startAgain();
    await this.recovered();
  }

  /** Ends the recovery of a standby. A statement that waits for that itself may be cancelled by the recovery. */
  async promote(): Promise<void> {
    await this.query('SELECT pg_promote(false)');
    await this.recovered();
  }

  private async recovered(): Promise<void> {
    await until(async () => {
      const [row] = await this.query<{ busy: boolean }>('SELECT pg_is_in_recovery() AS busy');
      return row?.busy === false;
    });
  }

  async remove(): Promise<void> {
    await this.signal('SIGCONT').catch(() => undefined);
    await stopServer(this.place.cluster);
    for (const folder of [`${this.place.home}-backup`, ...this.folders]) {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** What a copy must not have, by the manual. */
const NOT_COPIED = new Set(['pg_wal', 'postmaster.pid', 'postmaster.opts']);

function isForCopy(path: string): boolean {
  return !NOT_COPIED.has(basename(path));
}

async function untilReady(server: TestPostgres): Promise<void> {
  await until(async () => (await server.query('SELECT 1 AS one')).length > 0).catch(
    async (cause: unknown) => {
      const log = await readFile(server.place.log, 'utf8').catch(() => '');
      throw new Error(`The server does not start: ${log.slice(-2000)}`, { cause });
    },
  );
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 60_000; ;) {
    try {
      if (await isSo()) return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    if (Date.now() > deadline) throw new Error('not so in time');
    await pause(50);
  }
}
