import { type App, createApp } from '../app.js';
import type { Config } from '../config.js';
import { AppError } from '../kernel/errors.js';
import type { Database } from '../platform/db/index.js';
import { createLog } from '../platform/log.js';
import { createAuthenticator } from './authenticator.js';
import { openGatewayDatabase } from './database.js';
import { loadDemo } from './demo.js';
import { onStopSignal } from './stop-signal.js';
import type { Terminal } from './terminal.js';
import { ownWorker, Workers } from './workers.js';

/** How long a stop waits for the requests under way before it cuts them off. */
const DRAIN_MS = 10_000;

/** Starts the server and comes back once it listens; a signal stops it and ends the process. */
export async function serve(config: Config, terminal: Terminal): Promise<void> {
  if (ownWorker.isOne) return serveAsWorker(config, terminal);
  const stopped = new Promise<void>((resolve) => void onStopSignal(resolve));
  if (config.databaseUrl === undefined) terminal.note(terminal.text('cli:start.databaseStarting'));
  // With workers this process answers nobody itself.
  const replicas = config.workers > 1 ? [] : config.databaseReplicaUrls;
  const database = await openGatewayDatabase({ ...config, databaseReplicaUrls: replicas });
  try {
    const where = database.embeddedFolder;
    if (where !== null) terminal.note(terminal.text('cli:start.databaseFolder', { folder: where }));
    if (config.demo) {
      const count = await loadDemo(database.dataSource);
      if (count > 0) terminal.note(terminal.text('cli:demo.loaded', { count }));
    }
    const begin = config.workers > 1 ? beginWorkers : beginHere;
    const begun = await begin(config, database, terminal);
    if (begun === null) return await database.close();
    announce(terminal, begun.url);
    void stopped.then(() => stop(begun.stop, database, terminal));
  } catch (error) {
    await database.close();
    throw error;
  }
}

interface Begun {
  readonly url: string;
  /** Finishes the requests under way. */
  readonly stop: () => Promise<void>;
}

/** @returns null where the first worker could not begin, and has said why */
async function beginWorkers(config: Config): Promise<Begun | null> {
  const workers = new Workers(config.workers, config, createLog(config.logLevel));
  const begun = await workers.start();
  if ('url' in begun) return { url: begun.url, stop: () => workers.stop() };
  process.exitCode = begun.code;
  return null;
}

/** One of the processes that share a port; the one that started it speaks for all. */
async function serveAsWorker(config: Config, terminal: Terminal): Promise<void> {
  const forget = onStopSignal(() => undefined);
  const told = new Promise<void>((resolve) => ownWorker.onStop(resolve));
  const database = await openGatewayDatabase(config).catch((error: unknown) => {
    ownWorker.leaves();
    throw error;
  });
  try {
    const { url, stop } = await beginHere(config, database, terminal);
    ownWorker.listens(url);
    void told.then(async () => {
      await stop();
      await database.close();
      process.exit(0);
    });
  } catch (error) {
    forget();
    await database.close();
    ownWorker.leaves();
    throw error;
  }
}

async function beginHere(config: Config, database: Database, terminal: Terminal): Promise<Begun> {
  const { messages } = terminal;
  const { localeOrder, ownApproval, site } = config;
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
    live,
  });
  const url = await listen(app.http, config).catch(async (error: unknown) => {
    // Its workers would keep the process alive.
    await app.close();
    throw error;
  });
  return { url, stop: () => drain(app) };
}

async function drain(app: App): Promise<void> {
  const cut = setTimeout(() => app.http.server.closeAllConnections(), DRAIN_MS);
  await app.close().finally(() => clearTimeout(cut));
}

async function stop(finish: Begun['stop'], database: Database, terminal: Terminal): Promise<void> {
  terminal.note(terminal.text('cli:serve.stopping'));
  await finish();
  await database.close();
  terminal.note(terminal.text('cli:serve.stopped'));
  process.exit(0);
}

/** @throws AppError PORT_IN_USE, ADDRESS_UNUSABLE */
async function listen(http: App['http'], { host, port }: Config): Promise<string> {
  try {
    return await http.listen({ host, port });
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
