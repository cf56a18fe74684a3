import { type App, createApp } from '../../src/app.js';
import { ENTITIES } from '../../src/cli/database.js';
import { ReferenceCache } from '../../src/features/audience/index.js';
import { replayStory } from '../../src/features/transfer/index.js';
import { LOCALES, type Locale } from '../../src/kernel/locale.js';
import type { Database, ReadSnapshot } from '../../src/platform/db/index.js';
import { loadMessages } from '../../src/platform/i18n/messages.js';
import { createLog } from '../../src/platform/log.js';
import type { ReleaseBuilder } from './a-release.js';
import { createTestDatabase } from './database.js';

export interface GraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: {
    readonly code: string;
    readonly reason?: string;
    readonly requestId?: string;
  };
}

export interface Answer<T> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: T;
  readonly errors: readonly GraphqlError[];
}

export interface TestApp {
  readonly app: App;
  readonly database: Database;
  /** The address of /graphql. */
  readonly url: string;
  /** The snapshots that operations read from, newest last. */
  readonly snapshots: readonly ReadSnapshot[];
  /** An anonymous reader's query over HTTP. */
  query<T = Record<string, never>>(
    document: string,
    options?: { variables?: object; headers?: Record<string, string> },
  ): Promise<Answer<T>>;
  /** Plays what befell each release through the services that staff use. */
  given(...releases: readonly ReleaseBuilder[]): Promise<void>;
  close(): Promise<void>;
}

export interface TestAppOptions {
  /** The clock; default: noon of 2026-06-01 UTC. */
  readonly now?: Date;
  readonly localeOrder?: readonly Locale[];
}

/** The built program on a database of its own, answering over HTTP on a free port of 127.0.0.1. */
export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { database, drop } = await createTestDatabase({ entities: ENTITIES });
  const snapshots: ReadSnapshot[] = [];
  const now = options.now ?? new Date('2026-06-01T12:00:00Z');
  const app = await createApp({
    database,
    messages: loadMessages(),
    localeOrder: options.localeOrder ?? LOCALES,
    log: createLog('silent'),
    now: () => now,
    onSnapshot: (snapshot) => snapshots.push(snapshot),
  });
  const address = await app.http.listen({ host: '127.0.0.1', port: 0 });
  const url = `${address}/graphql`;
  const cache = new ReferenceCache();
  return {
    app,
    database,
    url,
    snapshots,
    query: (document, request = {}) => ask(url, document, request),
    async given(...releases) {
      for (const release of releases) {
        const isNew = await replayStory(database.dataSource, cache, release.story(), 'test');
        if (!isNew) throw new Error(`${release.story().number} is there already`);
      }
    },
    async close() {
      await app.close();
      await drop();
    },
  };
}

async function ask<T>(
  url: string,
  query: string,
  { variables, headers }: { variables?: object; headers?: Record<string, string> },
): Promise<Answer<T>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: T; errors?: GraphqlError[] };
  const { status } = response;
  return { status, headers: Object.fromEntries(response.headers), data, errors: errors ?? [] };
}
