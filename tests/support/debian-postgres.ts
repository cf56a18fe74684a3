import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chooseAccount, giveTo } from '../../src/platform/db/embedded/account.js';
import { findFreePort } from '../../src/platform/db/embedded/control.js';
import type { Account } from '../../src/platform/db/embedded/process.js';

const BIN = '/usr/lib/postgresql/15/bin';
const PASSWORD = 'test-only';

/** A cluster of Debian's postgresql-15, which has pg_dump and pg_restore beside it. */
export class DebianPostgres {
  private constructor(
    private readonly account: Account,
    private readonly folder: string,
    /** Of the empty database `gateway`, with a superuser's login. */
    readonly url: string,
  ) {}

  static async start(): Promise<DebianPostgres> {
    const folder = await mkdtemp(join(tmpdir(), 'oas-gateway-debian-'));
    const account = await chooseAccount(join(folder, 'data'));
    await writeFile(join(folder, 'password'), PASSWORD);
    await chmod(folder, 0o755);
    await giveTo(account, folder);
    const port = await findFreePort(undefined);
    const url = `postgres://gateway:${PASSWORD}@127.0.0.1:${port}/gateway`;
    const server = new DebianPostgres(account, folder, url);
    const options = `-p ${port} -k "" -c listen_addresses=127.0.0.1 -c fsync=off`;
    await server.run('initdb', [
      ...['-D', server.data, '-U', 'gateway', '-A', 'scram-sha-256'],
      ...['--pwfile', join(folder, 'password'), '-E', 'UTF8', '--locale', 'C', '--no-sync'],
    ]);
    await server.run('pg_ctl', [
      ...['-D', server.data, '-l', join(folder, 'log'), '-w', '-o', options, 'start'],
    ]);
    const admin = url.replace(/\/gateway$/, '/postgres');
    await server.run('psql', [admin, '-c', 'CREATE DATABASE gateway']);
    return server;
  }

  /** In PostgreSQL's own format; the file lies in this server's folder. */
  async dump(): Promise<string> {
    const file = join(this.folder, 'gateway.dump');
    await this.run('pg_dump', ['-Fc', '-f', file, this.url]);
    return file;
  }

  /** @throws Error with what pg_restore reported */
  async restore(file: string): Promise<void> {
    await this.run('pg_restore', ['-d', this.url, file]);
  }

  async execute(statements: string): Promise<void> {
    await this.run('psql', [this.url, '-v', 'ON_ERROR_STOP=1', '-c', statements]);
  }

  async remove(): Promise<void> {
    await this.run('pg_ctl', ['-D', this.data, '-m', 'immediate', 'stop']);
    await rm(this.folder, { recursive: true, force: true });
  }

  private get data(): string {
    return join(this.folder, 'data');
  }

  private async run(program: string, args: readonly string[]): Promise<void> {
    // A server that continues to run would hold a pipe open: its log goes to a file.
    const child = spawn(join(BIN, program), [...args], {
      cwd: this.folder,
      stdio: ['ignore', 'ignore', program === 'pg_ctl' ? 'ignore' : 'pipe'],
      ...(this.account ?? {}),
    });
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`${program}: ${code}\n${stderr}`);
  }
}
