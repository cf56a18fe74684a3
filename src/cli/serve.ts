import { type App, createApp } from '../app.js';
import type { Config } from '../config.js';
import { AppError } from '../kernel/errors.js';
import type { Database } from '../platform/db/index.js';
import { createLog } from '../platform/log.js';
import {
  type MetricsAddress,
  type MetricsServer,
  serveMetrics,
} from '../platform/observe/metrics-server.js';
import { Observer } from '../platform/observe/observer.js';
import { flushTraces } from '../platform/observe/tracing.js';
import { createAuthenticator } from './authenticator.js';
import { openGatewayDatabase } from './database.js';
import { loadDemo } from './demo.js';
import { readyOperationNames } from './ready-operations.js';
import { onStopSignal } from './stop-signal.js';
import type { Terminal } from './terminal.js';

/** How long a stop waits for the requests under way before it cuts them off. */
const DRAIN_MS = 10_000;

/** Starts the server and comes back once it listens; a signal stops it and ends the process. */
export async function serve(config: Config, terminal: Terminal): Promise<void> {
  const stopped = new Promise<void>((resolve) => void onStopSignal(resolve));
  if (config.databaseUrl === undefined) terminal.note(terminal.text('cli:start.databaseStarting'));
  const observer = new Observer({ operations: readyOperationNames() });
  const database = await openGatewayDatabase(config, observer);
  try {
    const where = database.embeddedFolder;
    if (where !== null) terminal.note(terminal.text('cli:start.databaseFolder', { folder: where }));
    if (config.demo) {
      const count = await loadDemo(database.dataSource);
      if (count > 0) terminal.note(terminal.text('cli:demo.loaded', { count }));
    }
    const { messages } = terminal;
    const { localeOrder, ownApproval, site, limits, admission } = config;
    const live = { connections: config.liveConnections };
    const log = createLog(config.logLevel);
    const authenticator = await createAuthenticator(config, database);
    const app = await createApp({
      database,
      authenticator,
      messages,
      localeOrder,
      log,
      ownApproval,
      site,
      limits,
      admission,
      live,
      answers: { maxBytes: config.answerCacheMb * 2 ** 20, maxAge: config.answerMaxAgeS },
      observer,
    });
    const { url, metrics } = await open(app, observer, config).catch(async (error: unknown) => {
      // Its workers would keep the process alive.
      await app.close();
      throw error;
    });
    announce(terminal, url);
    if (metrics) terminal.note(terminal.text('cli:serve.metrics', { url: metrics.url }));
    void stopped.then(() => stop(app, { database, metrics }, terminal));
  } catch (error) {
    await database.close();
    throw error;
  }
}

interface Opened {
  readonly database: Database;
  readonly metrics: MetricsServer | null;
}

async function stop(app: App, { database, metrics }: Opened, terminal: Terminal): Promise<void> {
  terminal.note(terminal.text('cli:serve.stopping'));
  const cut = setTimeout(() => app.http.server.closeAllConnections(), DRAIN_MS);
  await app.close().finally(() => clearTimeout(cut));
  // As long as requests are under way somebody may want to see them.
  await metrics?.close();
  await database.close();
  await flushTraces();
  terminal.note(terminal.text('cli:serve.stopped'));
  process.exit(0);
}

/** @throws AppError PORT_IN_USE, ADDRESS_UNUSABLE */
async function open(
  { http }: App,
  observer: Observer,
  { host, port, metrics: address }: Config,
): Promise<{ url: string; metrics: MetricsServer | null }> {
  const metrics = address && (await listen(address, () => openMetrics(observer, address)));
  try {
    const url = await listen({ host, port }, () => http.listen({ host, port }));
    return { url, metrics };
  } catch (error) {
    await metrics?.close();
    throw error;
  }
}

function openMetrics({ metrics }: Observer, address: MetricsAddress): Promise<MetricsServer> {
  metrics.watchProcess();
  return serveMetrics(address, () => metrics.text());
}

async function listen<T>({ host, port }: MetricsAddress, begin: () => Promise<T>): Promise<T> {
  try {
    return await begin();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new AppError('PORT_IN_USE', { host, port }, { cause: error });
    throw new AppError('ADDRESS_UNUSABLE', { host, port, detail: String(code) }, { cause: error });
  }
}

const FIRST_QUERY =
  '{ releases(first: 3, languages: ["fr"], audience: "HT") { edges { localized { reference title { value lang isFallback } } } } }';

function announce(terminal: Terminal, url: string): void {
  const endpoint = `${url}/graphql`;
  terminal.print(terminal.text('cli:serve.listening', { url: endpoint }));
  terminal.print(terminal.text('cli:serve.explorer', { url: endpoint }));
  terminal.print(terminal.text('cli:serve.firstQuery'));
  const body = JSON.stringify({ query: FIRST_QUERY });
  terminal.print(`  curl -s ${endpoint} -H 'content-type: application/json' -d '${body}'`);
}
