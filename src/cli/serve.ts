import { setTimeout as pause } from 'node:timers/promises';

import { type App, createApp } from '../app/app.js';
import type { Config } from '../app/config.js';
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
import { reportToPrimary, textOfWorkers } from '../platform/observe/worker-metrics.js';
import { createAuthenticator } from './authenticator.js';
import { noteConnections } from './connection-warning.js';
import { openGatewayDatabase } from './database.js';
import { loadDemo } from './demo.js';
import { noteForeignSettings } from './foreign-settings.js';
import { packageVersion } from './package-version.js';
import { readyOperationNames } from './ready-operations.js';
import { onStopSignal } from './stop-signal.js';
import type { Terminal } from './terminal.js';
import { ownWorker, Workers } from './workers.js';

/** How long a closing server waits for requests in progress before it aborts them. */
const FINISH_MS = 10_000;

/** Starts the server and returns once it listens; a signal stops it and ends the process. */
export async function serve(config: Config, terminal: Terminal): Promise<void> {
  if (ownWorker.isOne) return serveAsWorker(config, terminal);
  const stopped = new Promise<void>((resolve) => void onStopSignal(resolve));
  noteForeignSettings(process.env, terminal);
  if (config.databaseUrl === undefined) terminal.note(terminal.text('cli:start.databaseStarting'));
  // With workers, this process serves no requests itself.
  const replicas = config.workers > 1 ? [] : config.databaseReplicaUrls;
  const observer = newObserver();
  const own = { ...config, databaseReplicaUrls: replicas };
  const readersFrom = config.databaseReplicaUrls;
  const database = await openGatewayDatabase(own, { observer, readersFrom });
  try {
    await noteConnections(config, database, terminal);
    const where = database.embeddedFolder;
    if (where !== null) terminal.note(terminal.text('cli:start.databaseFolder', { folder: where }));
    if (config.demo && !database.readersOnly) {
      const count = await loadDemo(database.dataSource);
      if (count > 0) terminal.note(terminal.text('cli:demo.loaded', { count }));
    }
    const begin = config.workers > 1 ? beginWorkers : beginHere;
    const begun = await begin(config, { database, observer }, terminal);
    if (begun === null) return await database.close();
    announce(terminal, begun.url, config.pages);
    if (begun.metrics)
      terminal.note(terminal.text('cli:serve.metrics', { url: begun.metrics.url }));
    void stopped.then(() => stop(begun, database, { terminal, config }));
  } catch (error) {
    await database.close();
    throw error;
  }
}

function newObserver(): Observer {
  return new Observer({ operations: readyOperationNames(), version: packageVersion() });
}

interface Begun {
  readonly url: string;
  readonly metrics: MetricsServer | null;
  /** Drains, and then finishes the requests in progress. */
  readonly stop: () => Promise<void>;
}

interface Opened {
  readonly database: Database;
  readonly observer: Observer;
}

/** @returns null if the first worker could not start; it has reported the reason */
async function beginWorkers(config: Config): Promise<Begun | null> {
  const workers = new Workers(config.workers, config, createLog(config.logLevel));
  const begun = await workers.start();
  if ('code' in begun) {
    process.exitCode = begun.code;
    return null;
  }
  const { metrics: address } = config;
  const metricsText = () => textOfWorkers(workers.living.map(({ process: child }) => child));
  try {
    const metrics = address && (await listen(address, () => serveMetrics(address, metricsText)));
    return { url: begun.url, metrics, stop: () => workers.stop() };
  } catch (error) {
    await workers.stop();
    throw error;
  }
}

/** Runs one of the processes that share a port; the primary process reports for all of them. */
async function serveAsWorker(config: Config, terminal: Terminal): Promise<void> {
  const forget = onStopSignal(() => undefined);
  const stopped = new Promise<void>((resolve) => ownWorker.onStop(resolve));
  const observer = newObserver();
  const readersFrom = config.databaseReplicaUrls;
  const database = await openGatewayDatabase(config, { observer, readersFrom }).catch(
    (error: unknown) => {
      ownWorker.leaves();
      throw error;
    },
  );
  try {
    observer.metrics.watchProcess();
    reportToPrimary(observer.metrics, process);
    const opened = { database, observer };
    const { url, stop } = await beginHere({ ...config, metrics: null }, opened, terminal);
    ownWorker.listens(url);
    void stopped.then(async () => {
      await stop();
      await database.close();
      await flushTraces();
      process.exit(0);
    });
  } catch (error) {
    forget();
    await database.close();
    ownWorker.leaves();
    throw error;
  }
}

async function beginHere(
  config: Config,
  { database, observer }: Opened,
  { messages }: Terminal,
): Promise<Begun> {
  const { localeOrder, ownApproval, site, pages, corsOrigins, operations, limits } = config;
  const { overloadProtection } = config;
  const authenticator = await createAuthenticator(config, database);
  const app = await createApp({
    database,
    authenticator,
    messages,
    localeOrder,
    log: createLog(config.logLevel),
    ownApproval,
    site,
    pages,
    corsOrigins,
    live: { connections: config.liveConnections },
    readModelBytes: config.readModelMb * 2 ** 20,
    responseCache: { maxBytes: config.responseCacheMb * 2 ** 20, maxAge: config.responseMaxAgeS },
    observer,
    operations,
    limits,
    overloadProtection,
  });
  const { url, metrics } = await open(app, observer, config).catch(async (error: unknown) => {
    // Its workers would prevent the process from exiting.
    await app.close();
    throw error;
  });
  return { url, metrics, stop: () => drain(app, config.drainDelayMs) };
}

async function drain(app: App, delayMs: number): Promise<void> {
  app.drain();
  if (delayMs > 0) await pause(delayMs);
  const cut = setTimeout(() => app.http.server.closeAllConnections(), FINISH_MS);
  await app.close().finally(() => clearTimeout(cut));
}

interface Stopping {
  readonly terminal: Terminal;
  readonly config: Config;
}

async function stop(
  begun: Begun,
  database: Database,
  { terminal, config: { drainDelayMs } }: Stopping,
): Promise<void> {
  const seconds = drainDelayMs / 1_000;
  terminal.note(
    seconds > 0
      ? terminal.text('cli:serve.draining', { seconds })
      : terminal.text('cli:serve.stopping'),
  );
  await begun.stop();
  // Metrics are useful as long as requests are in progress.
  await begun.metrics?.close();
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

function announce(terminal: Terminal, url: string, hasPages: boolean): void {
  const endpoint = `${url}/graphql`;
  if (hasPages) terminal.print(terminal.text('cli:serve.pages', { url: `${url}/` }));
  terminal.print(terminal.text('cli:serve.listening', { url: endpoint }));
  terminal.print(terminal.text('cli:serve.explorer', { url: endpoint }));
  terminal.print(terminal.text('cli:serve.firstQuery'));
  const body = JSON.stringify({ query: FIRST_QUERY });
  terminal.print(`  curl -s ${endpoint} -H 'content-type: application/json' -d '${body}'`);
}
