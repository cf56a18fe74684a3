import { randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';

import { type ApolloServer } from '@apollo/server';
import { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { type ContainerType } from 'type-graphql';

import type { Viewer } from '../kernel/access.js';
import { AccountRegister } from '../features/account/index.js';
import { deleteExpiredKeys } from '../platform/mutation/idempotency.repository.js';
import { ReferenceCache } from '../features/audience/index.js';
import { type ChangeFeed } from '../features/change-log/index.js';
import {
  CatalogKeeper,
  type CatalogService,
  createCatalogService,
  registerBundles,
} from '../features/catalog/index.js';
import { ScheduleWorker, SearchIndexer } from '../features/publication/index.js';
import { registerFeeds, type SyndicationParts } from '../features/syndication/index.js';
import { LiveHub } from '../features/sync/index.js';
import { resolverContainer, type ResolverOptions } from './resolvers.js';
import { queryableOfPool } from '../platform/db/queryable.js';
import { type Database, keptSecret, ReadSnapshot } from '../platform/db/index.js';
import { ReadTrace } from '../platform/graphql/execution/read-trace.js';
import { KeptQueries } from '../platform/graphql/execution/document-cache.js';
import { type OperationGate } from '../platform/graphql/persisted/persisted-operations.js';
import { RequestContext } from '../platform/graphql/execution/request-context.js';
import { Subscriptions } from '../platform/graphql/execution/subscriptions.js';
import { Admission } from '../platform/http/admission.js';
import { findCaller, identifyCaller } from '../platform/http/caller.js';
import { CrossOrigin } from '../platform/http/cross-origin.js';
import { DrainState } from '../platform/http/drain-state.js';
import { registerExplorer } from '../platform/http/explorer/explorer.js';
import { readClientFiles } from '../platform/http/front/client-files.js';
import { registerFront } from '../platform/http/front/routes.js';
import { GraphqlEndpoint } from '../platform/http/graphql-endpoint.js';
import { LiveTransports } from '../platform/http/live/live.js';
import { LIVE_LIMITS } from '../platform/http/live/live-connections.js';
import { wantsEvents } from '../platform/http/live/live-events.js';
import { addReplyEncoding } from '../platform/http/reply-encoding.js';
import { createHttpServer } from '../platform/http/server.js';
import {
  SiteAddress,
  type SiteSettings,
  STANDARD_RELEASE_URL,
} from '../platform/http/site-address.js';
import { observedParts, publicFollower, watch } from './observe.js';
import { type AppParts, limitsOf, type ObservedParts, todayOf } from './app.options.js';
import { apolloServer, buildGatewaySchema, gateOf, readOwnWrites } from './graphql.js';
import { answeredOperation, contextOf, keptResponses, readModels } from './reading.js';
import { beginWriting } from './writing.js';
import type { LiveMessages } from '../platform/i18n/messages.js';

export interface App {
  readonly http: FastifyInstance;
  /** Says the texts of the database; `refresh()` waits until the newest are said. */
  readonly catalog: CatalogKeeper;
  /** What the gate has let through, and what clients have by hash. */
  readonly operations: { readonly gate: OperationGate; readonly kept: KeptQueries };
  /** From now on `/readyz` is 503 and each response closes its connection; requests are processed as before. */
  drain(): void;
  /** Finishes the requests under way; further ones are refused. */
  close(): Promise<void>;
}

export async function createApp(given: AppParts): Promise<App> {
  const parts = observedParts(given);
  const { database, messages, localeOrder, log, observer } = parts;
  const catalog = new CatalogKeeper({ database, messages, localeOrder, log });
  const site = new SiteAddress(parts.site ?? HERE, () => http.addresses());
  const follower = publicFollower(parts);
  const hub = liveHub(parts, follower);
  const models = readModels(parts, follower);
  const made = { catalog, site, hub, follower, models };
  const schema = buildGatewaySchema(await resolversOf(parts, made));
  const gate = await gateOf(parts, schema);
  const operations = { gate, kept: new KeptQueries() };
  const apollo = apolloServer(parts, schema, { ...operations, models });
  const identify = identification(parts);
  const admission = parts.admission ? new Admission(parts.admission, log) : null;
  const crossOrigin = new CrossOrigin(parts.corsOrigins ?? null, parts.site?.publicUrl);
  const endpoint = endpointOf(parts, { apollo, identify, follower, admission, crossOrigin });
  const drain = new DrainState();
  const http = httpServer(parts, { drain, follower, endpoint });
  apollo.addPlugin(fastifyApolloDrainPlugin(http));
  apollo.addPlugin(readOwnWrites(follower));
  await apollo.start();

  crossOrigin.register(http);
  registerFront(http, { site, localeOrder, clientFiles: await readClientFiles(limitsOf(parts)) });
  // Last of the hooks: it compresses what they send.
  addReplyEncoding(http);
  registerFeeds(http, syndicationParts(parts, site));
  registerBundles(http, { catalog: publicCatalog(messages, catalog), localeOrder });
  registerExplorer(http, {
    folder: fileURLToPath(new URL('../../dist/explorer', import.meta.url)),
  });
  const live = liveTransports(parts, { schema, gate, identify, crossOrigin });
  live.attachTo(http);
  watch(observer, database, live);
  registerGraphql(http, { live, endpoint, identify, admission });
  const workers = [scheduleWorker(parts), new SearchIndexer({ database, log })];
  await beginWriting(parts, { catalog, workers });
  await catalog.start();
  for (const one of [hub, follower]) one.start();
  const close = async (): Promise<void> => {
    await http.close();
    admission?.stop();
    parts.overload.stop();
    await apollo.stop();
    hub.stop();
    await Promise.all([...workers, follower].map((one) => one.stop()));
    await catalog.stop();
  };
  return { http, catalog, operations, drain: () => drain.begin(), close };
}

interface HttpMade {
  readonly drain: DrainState;
  readonly follower: ChangeFeed;
  readonly endpoint: GraphqlEndpoint<RequestContext>;
}

function httpServer(
  parts: ObservedParts,
  { drain, follower, endpoint }: HttpMade,
): FastifyInstance {
  const { database, observer } = parts;
  return createHttpServer({
    ...parts,
    ...{ drain, readPool: database.readPool, changeFeed: follower },
    meters: observer.metrics.http,
    isForReadersOnly: () => database.readersOnly?.isOver === false,
    entrance: endpoint.enter,
  });
}

function liveHub(parts: ObservedParts, follower: ChangeFeed): LiveHub {
  const { database, onSnapshot } = parts;
  return new LiveHub({ database, follower, today: () => todayOf(parts), onSnapshot });
}

interface EndpointMade {
  readonly apollo: ApolloServer<RequestContext>;
  readonly identify: Identify;
  readonly follower: ChangeFeed;
  readonly admission: Admission | null;
  readonly crossOrigin: CrossOrigin;
}

function endpointOf(
  parts: ObservedParts,
  { apollo, identify, follower, admission, crossOrigin }: EndpointMade,
): GraphqlEndpoint<RequestContext> {
  const { messages, localeOrder, log, observer, onRefusal } = parts;
  return new GraphqlEndpoint<RequestContext>({
    ...{ apollo, messages, localeOrder, log, onRefusal, admission, crossOrigin },
    kept: keptResponses(parts, follower, crossOrigin),
    answeredOf: answeredOperation,
    around: ({ raw }, { viewer }, work) =>
      observer.request({ headers: raw.headers, isStaff: viewer !== null }, work),
    onRepeat: ({ trace }, seconds) =>
      observer.answeredFromCache(observer.metrics.operations.of(trace.operationName), seconds),
    async contextOf(request) {
      const stated = { body: request.body, headers: request.raw.headers };
      return contextOf(parts, request, await findCaller(identify, stated));
    },
  });
}

interface GraphqlRoute {
  readonly live: LiveTransports;
  readonly endpoint: GraphqlEndpoint<RequestContext>;
  readonly identify: Identify;
  readonly admission: Admission | null;
}

/** What the endpoint has left to the framework. */
function registerGraphql(
  http: FastifyInstance,
  { live, endpoint, identify, admission }: GraphqlRoute,
): void {
  http.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    preHandler: identifyCaller(identify),
    async handler(request, reply) {
      if (wantsEvents(request)) {
        // A stream has limits of its own; here it counts as one request.
        (await admission?.enter(request.raw))?.release();
        return live.serveEvents(request, reply);
      }
      reply.hijack();
      return endpoint.answer(request.raw, reply.raw, request.body);
    },
  });
}

function scheduleWorker({ database, log }: AppParts): ScheduleWorker {
  const { dataSource } = database;
  const chores = [() => deleteExpiredKeys(dataSource)];
  return new ScheduleWorker({ dataSource, cache: new ReferenceCache(), log, chores });
}

type Identify = (authorization: string | undefined) => Promise<Viewer | null>;

/** Everybody with a token is known by name from then on. */
function identification({ authenticator, database }: AppParts): Identify {
  const accounts = new AccountRegister(database.dataSource);
  return async (authorization) => {
    const viewer = await authenticator.viewerOf(authorization);
    if (viewer) await accounts.note(viewer);
    return viewer;
  };
}

interface LiveMade {
  readonly schema: GraphQLSchema;
  readonly gate: OperationGate;
  readonly identify: Identify;
  readonly crossOrigin: CrossOrigin;
}

function liveTransports(
  parts: ObservedParts,
  { schema, gate, identify, crossOrigin }: LiveMade,
): LiveTransports {
  const { messages, localeOrder, log, observer, onRefusal } = parts;
  const limits = limitsOf(parts);
  return new LiveTransports({
    subscriptions: new Subscriptions({ schema, gate, limits, messages, log, onRefusal }),
    ...{ onRefusal, route: observer.metrics.http.graphql },
    limits: { ...LIVE_LIMITS, ...parts.live },
    log,
    identify,
    crossOrigin,
    contextOf: (caller) =>
      new RequestContext({
        requestId: randomUUID(),
        // Each answer is as of a moment of its own; see RequestContext.at.
        openSnapshot: noSnapshot,
        openStaffSnapshot: noSnapshot,
        messages,
        localeOrder,
        today: todayOf(parts),
        idempotencyKey: null,
        ...caller,
      }),
  });
}

function noSnapshot(): never {
  throw new Error('a subscription reads published texts, as of the moment of a change');
}

const HERE: SiteSettings = { publicUrl: null, releaseUrl: STANDARD_RELEASE_URL };

function syndicationParts(parts: AppParts, site: SiteAddress): SyndicationParts {
  const { database, messages, localeOrder } = parts;
  const read: SyndicationParts['read'] = async (work) => {
    const snapshot = new ReadSnapshot(database.readPool);
    parts.onSnapshot?.(snapshot);
    const today = todayOf(parts);
    try {
      return await work({ tracedSnapshot: snapshot, trace: new ReadTrace(), today, localeOrder });
    } finally {
      await snapshot.close();
    }
  };
  return { messages, site, read };
}

function publicCatalog(messages: LiveMessages, catalog: CatalogKeeper): CatalogService {
  return createCatalogService(messages, (namespace) => catalog.isPublic(namespace));
}

async function resolversOf(
  parts: ObservedParts,
  made: Pick<ResolverOptions, 'catalog' | 'site' | 'hub' | 'follower' | 'models'>,
): Promise<ContainerType> {
  const { database, messages, ownApproval = false } = parts;
  const { dataSource, primaryReadPool } = database;
  const cursorKey = await cursorKeyOf(database);
  const primary = queryableOfPool(primaryReadPool);
  return resolverContainer({ dataSource, primary, messages, ownApproval, cursorKey, ...made });
}

/** Made by the first node. */
async function cursorKeyOf({ asOwner }: Database): Promise<string> {
  const make = () => Promise.resolve({ key: randomBytes(32).toString('base64url') });
  const { key } = await asOwner((owner) => keptSecret(owner, 'cursor_key', make));
  return key;
}
