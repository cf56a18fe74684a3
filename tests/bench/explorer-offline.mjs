/**
 * Opens the explorer page of a running gateway in a real Chromium that can reach no other host, and
 * tells what the page shows and which hosts it asked for. By hand, with Debian's chromium:
 *
 *     node tests/bench/explorer-offline.mjs http://127.0.0.1:4000/graphql
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const address = new URL(process.argv[2] ?? 'http://127.0.0.1:4000/graphql');
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
const folder = mkdtempSync(join(tmpdir(), 'explorer-offline-'));

function open() {
  const netLog = join(folder, 'net.json');
  const flags = [
    '--headless=new',
    '--no-sandbox',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--enable-logging=stderr',
    `--user-data-dir=${join(folder, 'profile')}`,
    `--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE ${address.hostname}`,
    `--log-net-log=${netLog}`,
    '--virtual-time-budget=20000',
    '--dump-dom',
  ];
  const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, timeout: 60_000 };
  const dom = execFileSync(chromium, [...flags, address.href], { ...options, stdio: 'pipe' });
  return { dom, netLog: readFileSync(netLog, 'utf8') };
}

try {
  const { dom, netLog } = open();
  const texts = (pattern) => [...dom.matchAll(pattern)].map(([, text]) => text);
  // Chromium itself calls home too; what the page asks for carries the page as its initiator.
  const events = netLog
    .split('\n')
    .filter((line) => line.includes(`"initiator":"${address.origin}"`));
  const asked = events.flatMap((line) => /"url":"(https?:[^"]+)"/.exec(line)?.[1] ?? []);
  const urls = asked.map((url) => new URL(url));
  const paths = urls.filter((url) => url.host === address.host).map((url) => url.pathname);
  const seen = {
    title: texts(/<title>([^<]*)<\/title>/g)[0],
    tabs: texts(/<button[^>]*class="[^"]*graphiql-tab-button[^>]*>([^<]+)</g),
    linesInEditors: texts(/class="(view-line)"/g).length,
    files: new Set(paths).size,
    workers: [...new Set(paths.filter((path) => path.includes('.worker-')))].length,
    otherHosts: [...new Set(urls.map((url) => url.host))].filter((host) => host !== address.host),
  };
  console.log(seen);
  const works = seen.tabs.length >= 5 && seen.linesInEditors > 0 && seen.workers > 0;
  process.exitCode = works && seen.otherHosts.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
