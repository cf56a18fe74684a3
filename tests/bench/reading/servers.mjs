import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { GATEWAYS } from './plan.mjs';
import { freePort, startNode, stopNode } from './process.mjs';

const SERVER_CORE = 0;
const START_MS = 30_000;

/** The gateway as it runs in production, with the caches that `name` selects. */
export async function startGateway(root, name, { databaseUrl, profile, folder }) {
  const port = await freePort();
  // Each request that the end of a measurement cuts off is a line of the log.
  const log = join(folder, `${name}.log`);
  const output = openSync(log, 'a');
  const env = {
    ...process.env,
    ...GATEWAYS[name],
    DATABASE_URL: databaseUrl,
    HOST: '127.0.0.1',
    PORT: String(port),
    DEMO: '0',
    LOG_LEVEL: 'warn',
    RATE_LIMIT: '0',
    CONCURRENCY_PER_CLIENT: '0',
  };
  const profiling = profile
    ? ['--cpu-prof', `--cpu-prof-dir=${profile}`, `--cpu-prof-name=${name}.cpuprofile`]
    : [];
  const child = startNode(SERVER_CORE, [...profiling, join(root, 'dist/main.js'), 'serve'], {
    env,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const origin = `http://127.0.0.1:${port}`;
  await awaitReady(child, `${origin}/readyz`, log);
  return serverOf(child, origin, () => '/graphql');
}

/** A floor; it reports its port once it listens, and has a path for each kind of operation. */
export async function startFloor(file, message) {
  const child = startNode(SERVER_CORE, [join(import.meta.dirname, file)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.send(message);
  const [{ port }] = await once(child, 'message');
  return serverOf(child, `http://127.0.0.1:${port}`, (kind) => `/${kind}`);
}

function serverOf(child, origin, pathOf) {
  return { pid: child.pid, origin, pathOf, stop: () => stopNode(child) };
}

async function awaitReady(child, url, log) {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const isReady = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await pause(100);
  }
  throw new Error(`the gateway does not start:\n${readFileSync(log, 'utf8').slice(-2000)}`);
}
