import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { findFreePort } from '../../src/platform/db/embedded/control.js';

const START_MS = 10_000;

/** Debian's haproxy before some nodes on this machine, as docs/operations.md sets it up, on a port of its own. */
export class Haproxy {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    /** `http://127.0.0.1:PORT` */
    readonly origin: string,
  ) {}

  /** @param nodes their ports by name */
  static async start(nodes: Readonly<Record<string, number>>): Promise<Haproxy> {
    const folder = await mkdtemp(join(tmpdir(), 'oas-gateway-haproxy-'));
    const port = await findFreePort(undefined);
    const settings = join(folder, 'haproxy.cfg');
    await writeFile(settings, configuration(port, nodes));
    // Without the master process: the signal to stop reaches the one that works.
    const process = spawn('/usr/sbin/haproxy', ['-db', '-f', settings], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const haproxy = new Haproxy(process, folder, `http://127.0.0.1:${port}`);
    await haproxy.untilItListens();
    return haproxy;
  }

  /** Of a node, as the health checks have found it last: `UP`, `DOWN`, or something in between. */
  async statusOf(node: string): Promise<string> {
    const response = await fetch(`${this.origin}/haproxy;csv`, {
      headers: { connection: 'close' },
    });
    const [header = '', ...rows] = (await response.text()).split('\n');
    const column = header.split(',').indexOf('status');
    const row = rows.find((line) => line.startsWith(`gateway,${node},`)) ?? '';
    return row.split(',')[column] ?? '';
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null) {
      const ended = once(this.process, 'exit');
      this.process.kill('SIGTERM');
      await ended;
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  private async untilItListens(): Promise<void> {
    const lines: string[] = [];
    this.process.stderr?.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
    for (const deadline = Date.now() + START_MS; Date.now() < deadline; await pause(25)) {
      if (this.process.exitCode !== null) break;
      const isThere = await this.statusOf('').then(
        () => true,
        () => false,
      );
      if (isThere) return;
    }
    throw new Error(`haproxy did not start: ${lines.join('')}`);
  }
}

function configuration(port: number, nodes: Readonly<Record<string, number>>): string {
  const servers = Object.entries(nodes).map(
    ([name, nodePort]) => `  server ${name} 127.0.0.1:${nodePort}`,
  );
  return `defaults
  mode http
  retries 0
  timeout connect 2s
  timeout client 60s
  timeout server 60s
  timeout tunnel 1h

frontend public
  bind 127.0.0.1:${port}
  stats enable
  stats uri /haproxy
  default_backend gateway

backend gateway
  balance roundrobin
  option httpchk GET /readyz
  http-check expect status 200
  default-server check inter 500ms fall 1 rise 1
${servers.join('\n')}
`;
}
