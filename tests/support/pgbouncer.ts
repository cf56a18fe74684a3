import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { findFreePort } from '../../src/platform/db/embedded/control.js';

/** PgBouncer does not run as root. */
const NOBODY = 65_534;

/** Debian's PgBouncer before the server of an address, on a port of its own. */
export class PgBouncer {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    /** The given address through the pooler. Contains a password. */
    readonly url: string,
  ) {}

  /**
   * @param databaseUrl with the login of a superuser, who reads the passwords of all others
   * @param mode `pool_mode`
   */
  static async start(
    databaseUrl: string,
    mode: 'transaction' | 'session',
    { poolSize = 20 } = {},
  ): Promise<PgBouncer> {
    const folder = await mkdtemp(join(tmpdir(), 'oas-gateway-pgbouncer-'));
    await chmod(folder, 0o755);
    const server = new URL(databaseUrl);
    const [user, password] = [server.username, server.password].map(decodeURIComponent);
    const port = await findFreePort(undefined);
    const users = join(folder, 'users.txt');
    const settings = join(folder, 'pgbouncer.ini');
    await writeFile(users, `"${user}" "${password}"\n`);
    await writeFile(
      settings,
      `[databases]
* = host=${server.hostname} port=${server.port} auth_user=${user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${users}
pool_mode = ${mode}
default_pool_size = ${poolSize}
`,
    );
    const process = spawn('/usr/sbin/pgbouncer', [settings], {
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(isRoot() && { uid: NOBODY, gid: NOBODY }),
    });
    await untilItListens(process);
    server.hostname = '127.0.0.1';
    server.port = String(port);
    return new PgBouncer(process, folder, server.href);
  }

  async stop(): Promise<void> {
    this.process.kill('SIGTERM');
    if (this.process.exitCode === null) await once(this.process, 'exit');
    await rm(this.folder, { recursive: true, force: true });
  }
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

async function untilItListens(pgbouncer: ChildProcess): Promise<void> {
  if (!pgbouncer.stderr) throw new Error('it has no output');
  const lines = [];
  for await (const line of createInterface({ input: pgbouncer.stderr })) {
    lines.push(line);
    if (line.includes('process up')) {
      pgbouncer.stderr.resume();
      return;
    }
  }
  throw new Error(`PgBouncer did not start: ${lines.join('\n')}`);
}
