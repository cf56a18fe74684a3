import { randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';

import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type pg from 'pg';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { buildSchemaSync, type ContainerType, type PubSub } from 'type-graphql';

import type { Viewer } from './kernel/access.js';
import type { Locale } from './kernel/locale.js';
import { AccountRegister, firstAnswerPlugin, forgetOldAnswers } from './features/account/index.js';
import { ReferenceCache } from './features/audience/index.js';
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
import { type Database, keptSecret, ReadSnapshot } from './platform/db/index.js';
import { answerPlugin } from './platform/graphql/answer-plugin.js';
import { gatePlugin } from './platform/graphql/gate-plugin.js';
import { withInContext } from './platform/graphql/in-context.js';
import { KeptQueries } from './platform/graphql/kept-queries.js';
import { complexityPlugin, limitRules, LIMITS } from './platform/graphql/limits.js';
import {
  openGate,
  type OperationGate,
  type OperationSettings,
} from './platform/graphql/operation-gate.js';
import { RequestContext } from './platform/graphql/request-context.js';
import { keepContainer } from './platform/graphql/resolver-of.js';
import { Subscriptions } from './platform/graphql/subscriptions.js';
import { callerOf, identifyCaller } from './platform/http/caller.js';
import { registerExplorer } from './platform/http/explorer.js';
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
  /** Bounds of live connections that differ from the usual ones. */
  readonly live?: Partial<LiveLimits>;
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
  return keepContainer(withInContext(schema), container);
}

/** type-graphql asks for one; our subscriptions follow the change log instead. */
const NO_PUBSUB: PubSub = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error('there is nothing to subscribe to');
  },
};

export async function createApp(parts: AppParts): Promise<App> {
  const { database, messages, localeOrder, log } = parts;
  const catalog = new CatalogKeeper({ database, messages, localeOrder, log });
  const site = new SiteAddress(parts.site ?? HERE, () => http.addresses());
  const hub = new LiveHub({ database, today: () => todayOf(parts), onSnapshot: parts.onSnapshot });
  const schema = buildGatewaySchema(await resolversOf(parts, { catalog, site, hub }));
  const gate = await gateOf(parts, schema);
  const operations = { gate, kept: new KeptQueries() };
  const apollo = apolloServer(parts, schema, operations);
  const http = createHttpServer({ messages, localeOrder, log, readPool: database.readPool });
  apollo.addPlugin(fastifyApolloDrainPlugin(http));
  await apollo.start();

  registerFeeds(http, syndicationParts(parts, site));
  registerBundles(http, { catalog: publicCatalog(messages, catalog), localeOrder });
  registerExplorer(http, { folder: fileURLToPath(new URL('../dist/explorer', import.meta.url)) });
  const identify = identification(parts);
  const live = liveTransports(parts, { schema, gate, identify });
  live.attachTo(http);
  const answerQuery = fastifyApolloHandler(apollo as never, {
    context: async (request, reply) => contextOf(parts, request, reply),
  });
  http.route({
    url: '/graphql',
    method: ['GET', 'POST', 'OPTIONS'],
    preHandler: identifyCaller(identify),
    handler(request, reply) {
      if (wantsEvents(request)) return live.serveEvents(request, reply);
      return answerQuery.call(http, request, reply);
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
  const close = async (): Promise<void> => {
    await http.close();
    await apollo.stop();
    await Promise.all([worker.stop(), hub.stop()]);
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
  parts: AppParts,
  schema: GraphQLSchema,
  { gate, kept }: App['operations'],
): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: LIMITS.tokens },
    validationRules: [...limitRules],
    logger: parts.log,
    persistedQueries: { cache: kept },
    // A GET changes nothing, no cookie is ever looked at, and a body that is not sent as JSON is not read.
    csrfPrevention: false,
    plugins: [gatePlugin(gate), ...pluginsOf(parts)],
  });
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
    subscriptions: new Subscriptions({ schema, gate, messages, log }),
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

const HERE: SiteSettings = { publicUrl: null, releaseUrl: STANDARD_RELEASE_URL };

function syndicationParts(parts: AppParts, site: SiteAddress): SyndicationParts {
  const { database, messages, localeOrder } = parts;
  const read: SyndicationParts['read'] = async (work) => {
    const snapshot = new ReadSnapshot(database.readPool);
    const today = todayOf(parts);
    try {
      return await work({ snapshot, today, localeOrder });
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

function pluginsOf({ database, messages, log }: AppParts): ApolloServerPlugin<RequestContext>[] {
  const { dataSource } = database;
  return [complexityPlugin(), answerPlugin(messages, log), firstAnswerPlugin(dataSource, log)];
}

/** Made by the first node. */
async function cursorKeyOf({ asOwner }: Database): Promise<string> {
  const make = () => Promise.resolve({ key: randomBytes(32).toString('base64url') });
  const { key } = await asOwner((owner) => keptSecret(owner, 'cursor_key', make));
  return key;
}

function contextOf(parts: AppParts, request: FastifyRequest, reply: FastifyReply): RequestContext {
  const { database, messages, localeOrder } = parts;
  const now = parts.now?.() ?? new Date();
  const opened: ReadSnapshot[] = [];
  const open = (pool: pg.Pool) => () => {
    const snapshot = new ReadSnapshot(pool);
    opened.push(snapshot);
    return snapshot;
  };
  // Also where the answer never comes: a caller that is gone must not keep a connection.
  reply.raw.once('close', () => {
    for (const snapshot of opened) {
      void snapshot.close().then(() => parts.onSnapshot?.(snapshot));
    }
  });
  return new RequestContext({
    requestId: request.id,
    openSnapshot: open(database.readPool),
    openStaffSnapshot: open(database.staffPool),
    messages,
    localeOrder,
    today: now.toISOString().slice(0, 10),
    acceptLanguage: request.headers['accept-language'],
    ...callerOf(request),
  });
}
