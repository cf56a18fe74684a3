import { randomBytes } from 'node:crypto';
import { chown, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../../kernel/errors.js';
import type { Place } from './place.js';
import { isServerOf, launch, run } from './process.js';

/** The owner of everything in the embedded database. */
export const OWNER = 'gateway';

/** A log larger than this is set aside at the next start. */
const LOG_BYTES = 16 * 1024 * 1024;

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** The contents of `postmaster.pid`, whether or not that server is still running. */
export async function readPostmaster(cluster: string): Promise<Postmaster | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => null);
  const lines = text?.split('\n') ?? [];
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, port: Number(lines[3] ?? 0) };
}

/** Creates the cluster unless it exists. An interrupted creation never gets the final name. */
export async function ensureCluster(place: Place, durable: boolean): Promise<boolean> {
  for (const name of await readdir(place.home)) {
    if (name.startsWith('data.new-')) await rm(join(place.home, name), { recursive: true });
  }
  if ((await stat(join(place.cluster, 'PG_VERSION')).catch(() => null)) !== null) return false;

  const draft = join(place.home, `data.new-${randomBytes(4).toString('hex')}`);
  const secret = `${draft}.password`;
  await writeFile(secret, place.record.password, { mode: 0o600 });
  if (place.account) await chown(secret, place.account.uid, place.account.gid);
  const made = await run(join(place.binaries, 'bin', 'initdb'), initdbArguments(draft, durable), {
    account: place.account,
  });
  await rm(secret, { force: true });
  if (made.code !== 0) throw startFailed(made.output);
  await rename(draft, place.cluster);
  return true;
}

function initdbArguments(folder: string, durable: boolean): string[] {
  return [
    `--pgdata=${folder}`,
    `--username=${OWNER}`,
    `--pwfile=${folder}.password`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The same code point order on every machine; queries name the collations of languages.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ];
}

/** For a cluster whose password is no longer known: the single-user server requires none. */
export async function resetPassword(place: Place): Promise<void> {
  await stopServer(place.cluster);
  const statement = `ALTER ROLE ${OWNER} PASSWORD '${place.record.password}'\n`;
  const args = ['--single', '-D', place.cluster, 'postgres'];
  const file = join(place.binaries, 'bin', 'postgres');
  const { code, output } = await run(file, args, { account: place.account, input: statement });
  if (code !== 0) throw startFailed(output);
}

/**
 * Starts the server as a daemon.
 *
 * @returns a promise of the reason why the server has ended, if it ends
 */
export async function launchServer(
  place: Place,
  port: number,
  durable: boolean,
): Promise<{ ended: Promise<string> }> {
  const log = await stat(place.log).catch(() => null);
  if (log !== null && log.size > LOG_BYTES) await rename(place.log, `${place.log}.old`);
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '128MB',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %d ',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return launch(join(place.binaries, 'bin', 'postgres'), ['-D', place.cluster, ...options], place);
}

/** Stops the cluster's server, if it is running; open sessions are closed ("fast shutdown"). */
export async function stopServer(cluster: string): Promise<void> {
  const postmaster = await readPostmaster(cluster);
  if (postmaster === null || !(await isServerOf(postmaster.pid, cluster))) return;
  process.kill(postmaster.pid, 'SIGINT');
  const deadline = performance.now() + 60_000;
  while (await isServerOf(postmaster.pid, cluster)) {
    if (performance.now() > deadline)
      throw startFailed(await lastLines(join(cluster, '..', 'server.log')));
    await pause(25);
  }
}

/** A port that is free at this moment: the wanted one if possible, else any. */
export async function findFreePort(wanted: number | undefined): Promise<number> {
  const port = await tryPort(wanted ?? 0);
  return port ?? (await tryPort(0)) ?? 0;
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(null));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const found = (server.address() as AddressInfo).port;
      server.close(() => done(found));
    });
  });
}

/** The end of the server's log, for the error message about a failed start. */
export async function lastLines(log: string): Promise<string> {
  const file = await open(log).catch(() => null);
  if (file === null) return '';
  const { size } = await file.stat();
  const start = Math.max(0, size - 600);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(600), 0, 600, start);
  await file.close();
  return buffer.subarray(0, bytesRead).toString().split('\n').slice(-4).join(' ').trim();
}

export function startFailed(detail: string): AppError {
  return new AppError('DATABASE_START_FAILED', { detail });
}
