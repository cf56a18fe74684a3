import { fileURLToPath } from 'node:url';

import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { type GraphQLSchema, OperationTypeNode } from 'graphql';
import { buildSchemaSync, type ContainerType, type PubSub } from 'type-graphql';

import { idempotencyPlugin } from '../platform/mutation/idempotency.plugin.js';
import { type ChangeFeed } from '../features/change-log/index.js';
import { RESOLVERS } from './resolvers.js';
import { responsePlugin } from '../platform/graphql/execution/response.plugin.js';
import { compiledExecution } from '../platform/graphql/execution/compiled-execution.js';
import { resolveDirectly } from '../platform/graphql/execution/direct-resolvers.js';
import { withInContext } from '../platform/graphql/schema/in-context.js';
import { observePlugin } from '../platform/graphql/execution/observe.plugin.js';
import { copyRule } from '../platform/graphql/schema/copy-rule.js';
import { costPlugin } from '../platform/graphql/limits/cost.plugin.js';
import { limitRule } from '../platform/graphql/limits/limit-rule.js';
import { validationOptions } from '../platform/graphql/limits/limits.js';
import { persistedOperationsPlugin } from '../platform/graphql/persisted/persisted-operations.plugin.js';
import { type PersistedQueryCache } from '../platform/graphql/persisted/query-cache.js';
import {
  openPersistedOperations,
  type PersistedOperations,
} from '../platform/graphql/persisted/persisted-operations.js';
import { type RequestContext } from '../platform/graphql/execution/request-context.js';
import { keepContainer } from '../platform/graphql/schema/resolver-of.js';
import { type AppOptions, limitsOf, type ObservedOptions } from './app.options.js';

/** The public schema; its resolvers need the objects in `container` only when they run. */
export function buildGatewaySchema(container: ContainerType): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: RESOLVERS,
    container,
    validate: false,
    scalarsMap: [],
    emitSchemaFile: false,
    pubSub: NO_PUBSUB,
  });
  describeRoots(schema);
  return keepContainer(withInContext(resolveDirectly(schema, container)), container);
}

/** type-graphql creates these three types itself, without a description. */
function describeRoots(schema: GraphQLSchema): void {
  const descriptions: Record<string, string> = {
    Query: 'Reading: public without a token; fields marked "For staff" need one.',
    Mutation: 'Changes by staff. Expected failures are members of the result; others are errors.',
    Subscription: 'Changes as they happen, for apps with a copy of their own.',
  };
  for (const [name, description] of Object.entries(descriptions)) {
    const type = schema.getType(name);
    if (type) type.description = description;
  }
}

/** type-graphql requires one; subscriptions follow the change log instead. */
const NO_PUBSUB: PubSub = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error('there is nothing to subscribe to');
  },
};

/** The operations of this version, and those that apps of earlier versions send. */
const SHIPPED_MANIFESTS = ['persisted-query-manifest.json', 'earlier-operations.json'].map((name) =>
  fileURLToPath(new URL(`../../schema/operations/${name}`, import.meta.url)),
);

export function loadPersistedOperations(
  parts: AppOptions,
  schema: GraphQLSchema,
): Promise<PersistedOperations> {
  const { mode, manifests } = parts.operations ?? { mode: 'open', manifests: null };
  const { log } = parts;
  return openPersistedOperations({
    ...{ mode, schema, log },
    limits: limitsOf(parts),
    manifests: manifests ?? SHIPPED_MANIFESTS,
  });
}

interface ServerOptions {
  readonly persistedOperations: PersistedOperations;
  readonly persistedQueries: PersistedQueryCache;
}

export function apolloServer(
  parts: ObservedOptions,
  schema: GraphQLSchema,
  { persistedOperations, persistedQueries }: ServerOptions,
): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    gateway: compiledExecution({ schema, startOver, times: parts.compileAfter }),
    // A validation rule of this project refuses it if it is disabled, in the caller's language.
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: limitsOf(parts).tokens },
    validationRules: [limitRule(limitsOf(parts)), copyRule],
    validationOptions: validationOptions(limitsOf(parts)),
    logger: parts.log,
    // Cache control follows from the recorded dependencies instead. The landing page loads scripts from another host;
    // browsers get the explorer.
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      persistedOperationsPlugin(persistedOperations),
      ...pluginsOf(parts),
    ],
    persistedQueries: { cache: persistedQueries },
    // A GET changes nothing, cookies are never read, and a body that is not sent as JSON is not read.
    csrfPrevention: false,
  });
}

/** Never for a mutation: only optimistic reads can be inconsistent. */
async function startOver(context: RequestContext): Promise<boolean> {
  return context.dependencies.isInconsistent && context.startOver();
}

function pluginsOf(parts: ObservedOptions): ApolloServerPlugin<RequestContext>[] {
  const { database, messages, log, observer, onRefusal } = parts;
  return [
    costPlugin(limitsOf(parts)),
    responsePlugin({ messages, introspection: limitsOf(parts).introspection }, log),
    idempotencyPlugin(database.dataSource, log),
    observePlugin({ observer, log, onRefusal }),
  ];
}

/** After a mutation, this process serves the changed data. */
export function readOwnWrites(changeFeed: ChangeFeed): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ operation }) {
          if (operation?.operation === OperationTypeNode.MUTATION) await changeFeed.catchUp();
        },
      };
    },
  };
}
