import { randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';

import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { buildSchemaSync, type ContainerType, type PubSub } from 'type-graphql';

import type { Viewer } from './kernel/access.js';
import type { Locale } from './kernel/locale.js';
import { AccountRegister, firstAnswerPlugin, forgetOldAnswers } from './features/account/index.js';
import { PublicFollower, ReferenceCache } from './features/audience/index.js';
import {
  CatalogKeeper,
  type CatalogService,
  createCatalogService,
  registerBundles,
} from './features/catalog/index.js';
import { ScheduleWorker } from './features/publication/index.js';
import { registerFeeds, type SyndicationParts } from './features/syndication/index.js';
import { LiveHub } from './features/sync/index.js';
import { resolverContainer, type ResolverParts, RESOLVERS } from './resolvers.js';
import type { Authenticator } from './platform/auth/authenticator.js';
import {
  type Database,
  keptSecret,
  type OpenedSnapshot,
  ReadSnapshot,
  SharedMoments,
} from './platform/db/index.js';
import { answerPlugin } from './platform/graphql/answer-plugin.js';
import { compiledExecution } from './platform/graphql/compiled-execution.js';
import { resolveDirectly } from './platform/graphql/direct-resolvers.js';
import { withInContext } from './platform/graphql/in-context.js';
import { observePlugin } from './platform/graphql/observe-plugin.js';
import { costPlugin } from './platform/graphql/cost-plugin.js';
import { limitRule } from './platform/graphql/limit-rule.js';
import { QUERY_LIMITS, type QueryLimits, VALIDATION } from './platform/graphql/limits.js';
import { ReadTrace } from './platform/graphql/read-trace.js';
import { gatePlugin } from './platform/graphql/gate-plugin.js';
import { KeptQueries } from './platform/graphql/kept-queries.js';
import {
  openGate,
  type OperationGate,
  type OperationSettings,
} from './platform/graphql/operation-gate.js';
import { RequestContext } from './platform/graphql/request-context.js';
import { keepContainer } from './platform/graphql/resolver-of.js';
import { Subscriptions } from './platform/graphql/subscriptions.js';
import { Admission, type AdmissionSettings } from './platform/http/admission.js';
import { type Caller, findCaller, identifyCaller } from './platform/http/caller.js';
import { AnswerStore } from './platform/answers/answer-store.js';
import { type AnsweredOperation, KeptResponses } from './platform/http/kept-responses.js';
import { registerExplorer } from './platform/http/explorer.js';
import { type EndpointRequest, GraphqlEndpoint } from './platform/http/graphql-endpoint.js';
import { LiveTransports } from './platform/http/live.js';
import { LIVE_LIMITS, type LiveLimits } from './platform/http/live-connections.js';
import { wantsEvents } from './platform/http/live-events.js';
import { createHttpServer } from './platform/http/server.js';
import {
  SiteAddress,
  type SiteSettings,
  STANDARD_RELEASE_URL,
} from './platform/http/site-address.js';
import type { LiveMessages } from './platform/i18n/messages.js';
import { Observer } from './platform/observe/observer.js';

export interface AnswerSettings {
  /** What they may take in the memory of this process, in bytes, about; 0 keeps none. */
  readonly maxBytes: number;
  /** How long caches on the way may go without asking, in seconds. */
  readonly maxAge: number;
}

/** What the program is made of; tests give a clock of their own. */
export interface AppParts {
  readonly database: Database;
  readonly authenticator: Authenticator;
  readonly messages: LiveMessages;
  readonly localeOrder: readonly Locale[];
  readonly log: Logger;
  readonly now?: () => Date;
  /** Whether somebody may approve what is theirs alone; default: no. */
  readonly ownApproval?: boolean;
  /** The addresses that are given to the public; default: those of this very server. */
  readonly site?: SiteSettings;
  /** Bounds of an operation that differ from the usual ones. */
  readonly limits?: Partial<QueryLimits>;
  /** Who is answered where not all can be; everybody by default. */
  readonly admission?: AdmissionSettings;
  /** Bounds of live connections that differ from the usual ones. */
  readonly live?: Partial<LiveLimits>;
  /** Whole answers that are kept for others; none by default. */
  readonly answers?: AnswerSettings;
  /** How often a query has to come before it is compiled; tests compile all. */
  readonly compileAfter?: number;
  /** Watches this app and its database; default: one that nobody asks. */
  readonly observer?: Observer;
  /** Which operations run; default: all, within the limits. */
  readonly operations?: OperationSettings;
  /** Called with each snapshot that an operation read from, once it is closed; for tests. */
  readonly onSnapshot?: (snapshot: ReadSnapshot) => void;
}

export interface App {
  readonly http: FastifyInstance;
  /** Says the texts of the database; `refresh()` waits until the newest are said. */
  readonly catalog: CatalogKeeper;
  /** What the gate has let through, and what clients have by hash. */
  readonly operations: { readonly gate: OperationGate; readonly kept: KeptQueries };
  /** Finishes the requests under way; further ones are refused. */
  close(): Promise<void>;
}

/** The public schema; its resolvers need what `container` gives them only when they run. */
export function buildGatewaySchema(container: ContainerType): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: RESOLVERS,
    container,
    validate: false,
    scalarsMap: [],
    emitSchemaFile: false,
    pubSub: NO_PUBSUB,
  });
  return keepContainer(withInContext(resolveDirectly(schema, container)), container);
}

/** type-graphql asks for one; our subscriptions follow the change log instead. */
const NO_PUBSUB: PubSub = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error('there is nothing to subscribe to');
  },
};

export async function createApp(given: AppParts): Promise<App> {
  const observer = given.observer ?? new Observer();
  const moments = new SharedMoments({
    pool: given.database.readPool,
    most: MOST_MOMENTS,
    onClose: given.onSnapshot,
  });
  const parts = { ...given, observer, moments };
  const { database, messages, localeOrder, log } = parts;
  const catalog = new CatalogKeeper({ database, messages, localeOrder, log });
  const site = new SiteAddress(parts.site ?? HERE, () => http.addresses());
  const hub = new LiveHub({ database, today: () => todayOf(parts), onSnapshot: parts.onSnapshot });
  const follower = new PublicFollower({
    url: database.url,
    pool: database.readPool,
    applied: (seq, at) => observer.metrics.changes.applied(seq, at),
  });
  const schema = buildGatewaySchema(await resolversOf(parts, { catalog, site, hub }));
  const gate = await gateOf(parts, schema);
  const operations = { gate, kept: new KeptQueries() };
  const apollo = apolloServer(parts, schema, operations);
  const identify = identification(parts);
  const admission = parts.admission ? new Admission(parts.admission, log) : null;
  const endpoint = new GraphqlEndpoint<RequestContext>({
    ...{ apollo, messages, localeOrder, log, admission },
    kept: keptResponses(parts, follower),
    answeredOf: answeredOperation,
    around: ({ raw }, { viewer }, work) =>
      observer.request({ headers: raw.headers, isStaff: viewer !== null }, work),
    onRepeat: ({ trace }, seconds) =>
      observer.answeredFromCache(observer.metrics.operations.of(trace.operationName), seconds),
    contextOf: async (request) =>
      contextOf(
        parts,
        request,
        await findCaller(identify, { ...request, headers: request.raw.headers }),
      ),
  });
  const http = createHttpServer({
    ...{ messages, localeOrder, log, readPool: database.readPool },
    entrance: endpoint.enter,
  });
  http.addHook('preClose', async () => endpoint.drain());
  apollo.addPlugin(fastifyApolloDrainPlugin(http));
  apollo.addPlugin(readOwnWrites(follower));
  await apollo.start();

  registerFeeds(http, syndicationParts(parts, site));
  registerBundles(http, { catalog: publicCatalog(messages, catalog), localeOrder });
  registerExplorer(http, { folder: fileURLToPath(new URL('../dist/explorer', import.meta.url)) });
  const live = liveTransports(parts, { schema, gate, identify });
  live.attachTo(http);
  watch(observer, database, live);
  http.route({
    url: '/graphql',
    method: ['GET', 'POST', 'OPTIONS'],
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
  const worker = new ScheduleWorker({
    dataSource: database.dataSource,
    cache: new ReferenceCache(),
    log,
    chores: [() => forgetOldAnswers(database.dataSource)],
  });
  await catalog.start();
  worker.start();
  hub.start();
  follower.start();
  const close = async (): Promise<void> => {
    await http.close();
    admission?.stop();
    await apollo.stop();
    await Promise.all([worker.stop(), hub.stop(), follower.stop()]);
    await catalog.stop();
  };
  return { http, catalog, operations, close };
}

const SHIPPED_MANIFEST = '../schema/operations/persisted-query-manifest.json';

function gateOf({ operations, log }: AppParts, schema: GraphQLSchema): Promise<OperationGate> {
  const shipped = fileURLToPath(new URL(SHIPPED_MANIFEST, import.meta.url));
  const { mode, manifests } = operations ?? { mode: 'open', manifests: null };
  return openGate({ mode, manifests: manifests ?? [shipped], schema, log });
}

function apolloServer(
  parts: ObservedParts,
  schema: GraphQLSchema,
  { gate, kept }: App['operations'],
): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    gateway: compiledExecution(schema, parts.compileAfter),
    // Our own rule refuses it where it is not wanted, in the caller's language.
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stringifyResult: (answer) => JSON.stringify(answer),
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: limitsOf(parts).tokens },
    validationRules: [limitRule(limitsOf(parts))],
    validationOptions: VALIDATION,
    logger: parts.log,
    // It would stand before every resolver; what caches may do is said by what an answer was made of.
    plugins: [ApolloServerPluginCacheControlDisabled(), gatePlugin(gate), ...pluginsOf(parts)],
    persistedQueries: { cache: kept },
    // A GET changes nothing, no cookie is ever looked at, and a body that is not sent as JSON is not read.
    csrfPrevention: false,
  });
}

function limitsOf({ limits }: AppParts): QueryLimits {
  return { ...QUERY_LIMITS, ...limits };
}

function keptResponses(parts: ObservedParts, follower: PublicFollower): KeptResponses | null {
  const { maxBytes = 0, maxAge = 0 } = parts.answers ?? {};
  if (maxBytes === 0) return null;
  const today = (): string => todayOf(parts);
  const meter = parts.observer.metrics.cache('answer');
  const store = new AnswerStore({ maxBytes, today, head: () => follower.head, meter });
  meter.measure(() => ({ entries: store.count, bytes: store.bytes }));
  follower.onChange((changes) => store.drop(changes));
  return new KeptResponses(store, { maxAge });
}

function answeredOperation(context: RequestContext): AnsweredOperation | null {
  const { viewer, trace, today, usedHeader, contentLanguage } = context;
  return viewer === null ? { trace, today, usedHeader, contentLanguage } : null;
}

/** Whoever has published is shown it by this very process from then on. */
function readOwnWrites(follower: PublicFollower): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ operation }) {
          if (operation?.operation === 'mutation') await follower.look();
        },
      };
    },
  };
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

function liveTransports(
  parts: AppParts,
  { schema, gate, identify }: { schema: GraphQLSchema; gate: OperationGate; identify: Identify },
): LiveTransports {
  const { messages, localeOrder, log } = parts;
  return new LiveTransports({
    subscriptions: new Subscriptions({ schema, gate, limits: limitsOf(parts), messages, log }),
    limits: { ...LIVE_LIMITS, ...parts.live },
    log,
    identify,
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

function todayOf({ now }: AppParts): string {
  return (now?.() ?? new Date()).toISOString().slice(0, 10);
}

/** A few keep both the database and this process busy; with more, fewer would gather. */
const MOST_MOMENTS = 3;

const HERE: SiteSettings = { publicUrl: null, releaseUrl: STANDARD_RELEASE_URL };

function syndicationParts(parts: AppParts, site: SiteAddress): SyndicationParts {
  const { database, messages, localeOrder } = parts;
  const read: SyndicationParts['read'] = async (work) => {
    const snapshot = new ReadSnapshot(database.readPool);
    const today = todayOf(parts);
    try {
      return await work({ tracedSnapshot: snapshot, trace: new ReadTrace(), today, localeOrder });
    } finally {
      await snapshot.close();
      parts.onSnapshot?.(snapshot);
    }
  };
  return { messages, site, read };
}

function publicCatalog(messages: LiveMessages, catalog: CatalogKeeper): CatalogService {
  return createCatalogService(messages, (namespace) => catalog.isPublic(namespace));
}

async function resolversOf(
  { database, messages, ownApproval = false }: AppParts,
  made: Pick<ResolverParts, 'catalog' | 'site' | 'hub'>,
): Promise<ContainerType> {
  const { dataSource } = database;
  const cursorKey = await cursorKeyOf(database);
  return resolverContainer({ dataSource, messages, ownApproval, cursorKey, ...made });
}

function pluginsOf(parts: ObservedParts): ApolloServerPlugin<RequestContext>[] {
  const { database, messages, log, observer } = parts;
  return [
    costPlugin(limitsOf(parts)),
    answerPlugin(messages, log),
    firstAnswerPlugin(database.dataSource, log),
    observePlugin(observer, log),
  ];
}

type ObservedParts = AppParts & { readonly observer: Observer; readonly moments: SharedMoments };

function watch({ metrics }: Observer, database: Database, live: LiveTransports): void {
  const { readPool: reader, staffPool: staff, dataSource } = database;
  const { master: writer } = dataSource.driver as unknown as { master: pg.Pool };
  metrics.database.watch({ reader, staff, writer });
  metrics.watchLive(() => live.count);
}

/** Made by the first node. */
async function cursorKeyOf({ asOwner }: Database): Promise<string> {
  const make = () => Promise.resolve({ key: randomBytes(32).toString('base64url') });
  const { key } = await asOwner((owner) => keptSecret(owner, 'cursor_key', make));
  return key;
}

function contextOf(
  parts: ObservedParts,
  { id, raw, response, admitted }: EndpointRequest,
  caller: Caller,
): RequestContext {
  const { database, messages, localeOrder } = parts;
  const now = parts.now?.() ?? new Date();
  // Also where the answer never comes: a caller that is gone must not keep a connection.
  const untilClosed = (opened: OpenedSnapshot): OpenedSnapshot => {
    response.once('close', () => void opened.leave());
    return opened;
  };
  const alone = (pool: pg.Pool): OpenedSnapshot => {
    const snapshot = new ReadSnapshot(pool);
    const leave = () => snapshot.close();
    response.once('close', () => void leave().then(() => parts.onSnapshot?.(snapshot)));
    return { snapshot, leave };
  };
  return new RequestContext({
    requestId: id,
    openSnapshot: (mayShare) =>
      mayShare ? untilClosed(parts.moments.open()) : alone(database.readPool),
    openStaffSnapshot: () => alone(database.staffPool),
    messages,
    localeOrder,
    today: now.toISOString().slice(0, 10),
    charge: (cost) => admitted?.charge(cost) ?? Promise.resolve(),
    acceptLanguage: raw.headers['accept-language'],
    ...caller,
  });
}
