import { type App, createApp } from '../../src/app/app.js';
import type { AppOptions, StatementLog } from '../../src/app/app.options.js';
import { ENTITIES } from '../../src/cli/database.js';
import { ReferenceCache } from '../../src/features/audience/index.js';
import { replayStory } from '../../src/features/import/index.js';
import type { Role } from '../../src/kernel/access.js';
import { LOCALES, type Locale } from '../../src/kernel/locale.js';
import { Authenticator } from '../../src/platform/auth/authenticator.js';
import {
  type Bearer,
  createDevelopmentKey,
  DevelopmentTokens,
} from '../../src/platform/auth/development-tokens.js';
import type { Database } from '../../src/platform/db/index.js';
import { loadMessages } from '../../src/platform/i18n/messages.js';
import { createLog } from '../../src/platform/log.js';
import type { Observer } from '../../src/platform/observe/observer.js';
import type { ReleaseBuilder } from './a-release.js';
import { createTestDatabase, type TestDatabase } from './database.js';

export interface GraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: {
    readonly code: string;
    readonly reason?: string;
    readonly requestId?: string;
  };
}

export interface GraphqlResponse<T> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: T;
  readonly errors: readonly GraphqlError[];
}

export interface Request {
  readonly variables?: object;
  readonly headers?: Record<string, string>;
}

/** A client with a token. */
export interface StaffClient {
  readonly accountId: string;
  readonly name: string;
  /** The header Authorization. */
  headers(): Promise<Record<string, string>>;
  query<T = Record<string, never>>(
    document: string,
    request?: Request,
  ): Promise<GraphqlResponse<T>>;
  mutate<T = Record<string, never>>(
    document: string,
    request?: Request,
  ): Promise<GraphqlResponse<T>>;
}

export interface TestApp {
  readonly app: App;
  readonly database: Database;
  /** The database's address with its owner's login, as in DATABASE_URL. */
  readonly ownerUrl: string;
  /** The address of /graphql. */
  readonly url: string;
  /** The statements of each operation, newest last: in snapshots, and in reads without a transaction. */
  readonly snapshots: readonly StatementLog[];
  /** An anonymous reader's query over HTTP. */
  query<T = Record<string, never>>(
    document: string,
    request?: Request,
  ): Promise<GraphqlResponse<T>>;
  /**
   * A client with that role, over HTTP with a real token: `as('TRANSLATOR', 'FR', 'Amélie Fortin')`. The locale is for
   * translators and revisers; without one they work in all four. The same three are the same account.
   */
  as(role: Role, locale?: Locale | null, name?: string): StaffClient;
  /** A client with any roles and locales. */
  asBearer(bearer: Bearer): StaffClient;
  /** Makes tokens that this program accepts. */
  readonly tokens: DevelopmentTokens;
  /** Replays the history of each release through the services that staff use. */
  given(...releases: readonly ReleaseBuilder[]): Promise<void>;
  close(): Promise<void>;
}

export interface TestAppOptions {
  /** The test's own database; default: a clone of the template. */
  readonly database?: TestDatabase;
  /** The clock; default: noon of 2026-06-01 UTC. */
  readonly now?: Date;
  /** A clock that moves, in the place of `now`. */
  readonly clock?: () => Date;
  readonly localeOrder?: readonly Locale[];
  readonly authenticator?: Authenticator;
  readonly site?: AppOptions['site'];
  /** Whether the public pages are served; default: no. */
  readonly pages?: boolean;
  readonly corsOrigins?: AppOptions['corsOrigins'];
  /** Whether authors may approve their own work. */
  readonly ownApproval?: boolean;
  /** Limits of live connections that differ from the defaults. */
  readonly live?: AppOptions['live'];
  /** Limits of an operation that differ from the defaults. */
  readonly limits?: AppOptions['limits'];
  /** Overload protection; off by default. */
  readonly overloadProtection?: AppOptions['overloadProtection'];
  /** The cache of whole responses; off by default, so that each query reaches the resolvers. */
  readonly responseCache?: AppOptions['responseCache'];
  /** The size of the cache of releases, texts and lists, in bytes; default: 0. */
  readonly readModelBytes?: number;
  readonly observer?: Observer;
  /** Which operations run. */
  readonly operations?: AppOptions['operations'];
  /** Default: a silent one. */
  readonly log?: AppOptions['log'];
}

const DEFAULT_NOW = new Date('2026-06-01T12:00:00Z');

/** The built program on a database of its own, listening on a free port of 127.0.0.1. */
export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  // In another order, the texts of the interface have other originals: then the program brings them itself.
  const texts = options.localeOrder === undefined;
  const { observer } = options;
  const entities = { entities: ENTITIES, ...(observer && { observer }) };
  const { database, ownerUrl, drop } =
    options.database ?? (await createTestDatabase(entities, { texts }));
  const snapshots: StatementLog[] = [];
  const now = options.now ?? DEFAULT_NOW;
  const tokens = await DevelopmentTokens.of(await createDevelopmentKey(), 'tests');
  const app = await createApp({
    database,
    authenticator: options.authenticator ?? new Authenticator([tokens]),
    site: options.site,
    pages: options.pages ?? false,
    corsOrigins: options.corsOrigins ?? null,
    messages: loadMessages(),
    localeOrder: options.localeOrder ?? LOCALES,
    ownApproval: options.ownApproval ?? false,
    ...(options.live && { live: options.live }),
    ...(options.limits && { limits: options.limits }),
    ...(options.overloadProtection && { overloadProtection: options.overloadProtection }),
    compileAfter: 1,
    ...(options.responseCache && { responseCache: options.responseCache }),
    readModelBytes: options.readModelBytes ?? 0,
    ...(observer && { observer }),
    ...(options.operations && { operations: options.operations }),
    log: options.log ?? createLog('silent'),
    now: options.clock ?? (() => now),
    onRead: (reads) => snapshots.push(reads),
  });
  const address = await app.http.listen({ host: '127.0.0.1', port: 0 });
  const url = `${address}/graphql`;
  const cache = new ReferenceCache();
  return {
    app,
    database,
    ownerUrl,
    url,
    snapshots,
    tokens,
    query: (document, request) => send(url, document, request),
    as(role, locale = null, name = `${role} ${locale ?? 'of all'}`) {
      const subject = [role, locale, name].join(' ');
      const locales = locale === null ? null : [locale];
      return clientFor(url, tokens, { subject, name, roles: [role], locales });
    },
    asBearer: (bearer) => clientFor(url, tokens, bearer),
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

/**
 * The same program on the same database. By default it caches nothing, so that its responses are correct.
 */
export async function createTwin(
  { database, tokens }: TestApp,
  { readModelBytes = 0 }: Pick<TestAppOptions, 'readModelBytes'> = {},
): Promise<Twin> {
  const snapshots: StatementLog[] = [];
  const app = await createApp({
    database,
    readModelBytes,
    compileAfter: 1,
    onRead: (reads) => snapshots.push(reads),
    authenticator: new Authenticator([tokens]),
    messages: loadMessages(),
    localeOrder: LOCALES,
    log: createLog('silent'),
    now: () => DEFAULT_NOW,
  });
  const url = `${await app.http.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
  return { url, snapshots, close: () => app.close() };
}

export interface Twin {
  readonly url: string;
  readonly snapshots: readonly StatementLog[];
  close(): Promise<void>;
}

function clientFor(url: string, tokens: DevelopmentTokens, bearer: Bearer): StaffClient {
  const headers = async () => ({ authorization: `Bearer ${await tokens.make(bearer, 3_600)}` });
  const query = async <T>(document: string, request: Request = {}): Promise<GraphqlResponse<T>> => {
    return send(url, document, {
      ...request,
      headers: { ...(await headers()), ...request.headers },
    });
  };
  const { name, subject } = bearer;
  return { accountId: tokens.accountIdOf(subject), name, headers, query, mutate: query };
}

async function send<T>(
  url: string,
  query: string,
  { variables, headers }: Request = {},
): Promise<GraphqlResponse<T>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: T; errors?: GraphqlError[] };
  const { status } = response;
  return { status, headers: Object.fromEntries(response.headers), data, errors: errors ?? [] };
}
