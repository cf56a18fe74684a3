import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';

import { type ApolloServer } from '@apollo/server';
import { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import { type ContainerType } from 'type-graphql';

import { AccountRegister } from '../features/account/index.js';
import { deleteExpiredKeys } from '../platform/mutation/idempotency.repository.js';
import { ReferenceCache } from '../features/audience/index.js';
import { type ChangeFeed } from '../features/change-log/index.js';
import {
  CatalogCache,
  type CatalogService,
  createCatalogService,
  registerBundles,
} from '../features/catalog/index.js';
import { ScheduleWorker, SearchIndexer } from '../features/publication/index.js';
import { registerFeeds, type SyndicationDependencies } from '../features/syndication/index.js';
import { LiveHub } from '../features/sync/index.js';
import { resolverContainer, type ResolverOptions } from './resolvers.js';
import { queryableOfPool } from '../platform/db/queryable.js';
import { type Database, findOrCreateSecret, ReadSnapshot } from '../platform/db/index.js';
import { Dependencies } from '../platform/cache/dependencies.js';
import type { ResponseCache } from '../platform/cache/response-cache.js';
import { PersistedQueryCache } from '../platform/graphql/persisted/query-cache.js';
import { type PersistedOperations } from '../platform/graphql/persisted/persisted-operations.js';
import type { RequestContext } from '../platform/graphql/execution/request-context.js';
import { OverloadProtection } from '../platform/http/overload-protection.js';
import { findCaller, identifyCaller } from '../platform/http/caller.js';
import { CrossOrigin } from '../platform/http/cross-origin.js';
import { DrainState } from '../platform/http/drain-state.js';
import { registerExplorer } from '../platform/http/explorer/explorer.js';
import { readClientFiles } from '../platform/http/front/client-files.js';
import { registerFront } from '../platform/http/front/routes.js';
import { GraphqlEndpoint } from '../platform/http/graphql-endpoint.js';
import { type LiveTransports } from '../platform/http/live/live.js';
import { wantsEvents } from '../platform/http/live/live-events.js';
import { addReplyEncoding } from '../platform/http/reply-encoding.js';
import type { ResponseHeaders } from '../platform/http/response-headers.js';
import { createHttpServer } from '../platform/http/server.js';
import { registerApp } from '../platform/http/site/app-routes.js';
import { registerSite } from '../platform/http/site/site-routes.js';
import {
  SiteAddress,
  type SiteSettings,
  DEFAULT_RELEASE_URL,
} from '../platform/http/site-address.js';
import { type Identify, liveTransports } from './live.js';
import { observedOptions, createChangeFeed, watch } from './observe.js';
import { type AppOptions, limitsOf, type ObservedOptions, todayOf } from './app.options.js';
import {
  apolloServer,
  buildGatewaySchema,
  loadPersistedOperations,
  readOwnWrites,
} from './graphql.js';
import {
  cachedResponses,
  contextOf,
  executedOperation,
  recordCache,
  responseCache,
  responseHeaders,
} from './reading.js';
import { type SitePages, sitePages } from './site.js';
import { beginWriting } from './writing.js';
import type { LiveMessages } from '../platform/i18n/messages.js';

export interface App {
  readonly http: FastifyInstance;
  /** The cache of the texts in the database; `refresh()` waits until the newest are loaded. */
  readonly catalog: CatalogCache;
  /** The operations that `persistedOperations` has allowed, and the queries that clients have registered by hash. */
  readonly operations: {
    readonly persistedOperations: PersistedOperations;
    readonly persistedQueries: PersistedQueryCache;
  };
  /** From now on, `/readyz` returns 503 and each response closes its connection; requests are processed as before. */
  drain(): void;
  /** Finishes the requests in progress; new ones are rejected. */
  close(): Promise<void>;
}

export async function createApp(given: AppOptions): Promise<App> {
  const options = observedOptions(given);
  const { database, messages, localeOrder, log, observer, overloadProtection } = options;
  const catalog = new CatalogCache({ database, messages, localeOrder, log });
  const site = new SiteAddress(options.site ?? HERE, () => http.addresses());
  const changeFeed = createChangeFeed(options);
  const hub = liveHub(options, changeFeed);
  const records = recordCache(options, changeFeed);
  const made = { catalog, site, hub, changeFeed, records };
  const schema = buildGatewaySchema(await resolversOf(options, made));
  const persistedOperations = await loadPersistedOperations(options, schema);
  const operations = { persistedOperations, persistedQueries: new PersistedQueryCache() };
  const apollo = apolloServer(options, schema, operations);
  const identify = identification(options);
  const protection = overloadProtection ? new OverloadProtection(overloadProtection, log) : null;
  const crossOrigin = new CrossOrigin(options.corsOrigins ?? null, options.site?.publicUrl);
  const headers = responseHeaders(options, crossOrigin);
  const shared = { apollo, protection, headers, cache: responseCache(options, changeFeed) };
  const endpoint = endpointOf(options, { ...shared, identify });
  const pages = await sitePages(options, { ...shared, site });
  const drain = new DrainState();
  const http = httpServer(options, { drain, changeFeed, endpoint, pages });
  apollo.addPlugin(fastifyApolloDrainPlugin(http));
  apollo.addPlugin(readOwnWrites(changeFeed));
  await apollo.start();

  crossOrigin.register(http);
  await registerDocuments(http, options, { site, pages });
  registerBundles(http, { catalog: publicCatalog(messages, catalog), localeOrder });
  const live = liveTransports(options, { schema, persistedOperations, identify, crossOrigin });
  live.attachTo(http);
  watch(observer, database, live);
  registerGraphql(http, { live, endpoint, identify, protection });
  const workers = [scheduleWorker(options), new SearchIndexer({ database, log })];
  await beginWriting(options, { catalog, workers });
  await catalog.start();
  for (const one of [hub, changeFeed]) one.start();
  const close = async (): Promise<void> => {
    await http.close();
    await pages?.close();
    protection?.stop();
    options.overload.stop();
    await apollo.stop();
    hub.stop();
    await Promise.all([...workers, changeFeed].map((one) => one.stop()));
    await catalog.stop();
  };
  return { http, catalog, operations, drain: () => drain.begin(), close };
}

interface DocumentsMade {
  readonly site: SiteAddress;
  readonly pages: SitePages | null;
}

/** Pages, feeds and files. */
async function registerDocuments(
  http: FastifyInstance,
  options: ObservedOptions,
  { site, pages }: DocumentsMade,
): Promise<void> {
  const { localeOrder, messages } = options;
  const clientFiles = await readClientFiles(limitsOf(options));
  registerFront(http, { site, localeOrder, clientFiles, hasPages: pages !== null });
  registerApp(http, { worker: pages?.renderer.worker ?? null, site, messages });
  if (pages) registerSite(http, { renderer: pages.renderer, site, localeOrder });
  // Registered as the last hook: it compresses the payloads of the others.
  addReplyEncoding(http);
  registerFeeds(http, syndicationDependencies(options, site));
  registerExplorer(http, {
    folder: fileURLToPath(new URL('../../dist/explorer', import.meta.url)),
  });
}

interface HttpMade {
  readonly drain: DrainState;
  readonly changeFeed: ChangeFeed;
  readonly endpoint: GraphqlEndpoint<RequestContext>;
  readonly pages: SitePages | null;
}

function httpServer(
  options: ObservedOptions,
  { drain, changeFeed, endpoint, pages }: HttpMade,
): FastifyInstance {
  const { database, observer } = options;
  return createHttpServer({
    ...options,
    ...{ drain, readPool: database.readPool, changeFeed },
    meters: observer.metrics.http,
    isForReadersOnly: () => database.readersOnly?.isOver === false,
    entrances: [{ pattern: '/graphql', enter: endpoint.enter }, ...(pages?.entrances ?? [])],
  });
}

function liveHub(options: ObservedOptions, changeFeed: ChangeFeed): LiveHub {
  const { database, onRead } = options;
  return new LiveHub({ database, changeFeed, today: () => todayOf(options), onRead });
}

interface EndpointMade {
  readonly apollo: ApolloServer<RequestContext>;
  readonly identify: Identify;
  readonly cache: ResponseCache | null;
  readonly protection: OverloadProtection | null;
  readonly headers: ResponseHeaders;
}

function endpointOf(
  options: ObservedOptions,
  { apollo, identify, cache, protection, headers }: EndpointMade,
): GraphqlEndpoint<RequestContext> {
  const { messages, localeOrder, log, observer, onRefusal } = options;
  return new GraphqlEndpoint<RequestContext>({
    ...{ apollo, messages, localeOrder, log, onRefusal, protection, headers },
    cachedResponses: cachedResponses(cache, headers),
    executedOf: executedOperation,
    around: ({ raw }, { caller: { viewer } }, work) =>
      observer.request({ headers: raw.headers, isStaff: viewer !== null }, work),
    onCachedResponse: ({ dependencies: { operationName } }, seconds) =>
      observer.servedFromCache(observer.metrics.operations.of(operationName), seconds),
    async contextOf(request) {
      const { body, raw } = request;
      const caller = await findCaller(identify, { body, headers: raw.headers });
      return contextOf(options, request, caller);
    },
  });
}

interface GraphqlRoute {
  readonly live: LiveTransports;
  readonly endpoint: GraphqlEndpoint<RequestContext>;
  readonly identify: Identify;
  readonly protection: OverloadProtection | null;
}

/** The requests that the endpoint leaves to the framework. */
function registerGraphql(
  http: FastifyInstance,
  { live, endpoint, identify, protection }: GraphqlRoute,
): void {
  http.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    preHandler: identifyCaller(identify),
    async handler(request, reply) {
      if (wantsEvents(request)) {
        // A stream has its own limits; here it counts as one request.
        (await protection?.enter(request.raw))?.release();
        return live.serveEvents(request, reply);
      }
      reply.hijack();
      return endpoint.handle(request.raw, reply.raw, request.body);
    },
  });
}

function scheduleWorker({ database, log }: AppOptions): ScheduleWorker {
  const { dataSource } = database;
  const chores = [() => deleteExpiredKeys(dataSource)];
  return new ScheduleWorker({ dataSource, cache: new ReferenceCache(), log, chores });
}

/** Registers the name of everybody who sends a token. */
function identification({ authenticator, database }: AppOptions): Identify {
  const accounts = new AccountRegister(database.dataSource);
  return async (authorization) => {
    const viewer = await authenticator.viewerOf(authorization);
    if (viewer) await accounts.note(viewer);
    return viewer;
  };
}

const HERE: SiteSettings = { publicUrl: null, releaseUrl: DEFAULT_RELEASE_URL };

function syndicationDependencies(options: AppOptions, site: SiteAddress): SyndicationDependencies {
  const { database, messages, localeOrder } = options;
  const read: SyndicationDependencies['read'] = async (work) => {
    const snapshot = new ReadSnapshot(database.readPool);
    options.onRead?.(snapshot);
    const today = todayOf(options);
    try {
      return await work({ reads: snapshot, dependencies: new Dependencies(), today, localeOrder });
    } finally {
      await snapshot.close();
    }
  };
  return { messages, site, read };
}

function publicCatalog(messages: LiveMessages, catalog: CatalogCache): CatalogService {
  return createCatalogService(messages, (namespace) => catalog.isPublic(namespace));
}

async function resolversOf(
  options: ObservedOptions,
  made: Pick<ResolverOptions, 'catalog' | 'site' | 'hub' | 'changeFeed' | 'records'>,
): Promise<ContainerType> {
  const { database, messages, ownApproval = false } = options;
  const { dataSource, primaryReadPool } = database;
  const cursorKey = await cursorKeyOf(database);
  const primary = queryableOfPool(primaryReadPool);
  return resolverContainer({ dataSource, primary, messages, ownApproval, cursorKey, ...made });
}

/** Created by the first node. */
async function cursorKeyOf({ asOwner }: Database): Promise<string> {
  const make = () => Promise.resolve({ key: randomBytes(32).toString('base64url') });
  const { key } = await asOwner((owner) => findOrCreateSecret(owner, 'cursor_key', make));
  return key;
}
