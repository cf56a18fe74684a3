import type { GraphQLSchema } from 'graphql';
import type { ContainerType } from 'type-graphql';

type ResolverClass<T> = new (...args: never[]) => T;

const containers = new WeakMap<GraphQLSchema, ContainerType>();

/** Remembers the container that creates the resolvers of a schema; see {@link resolverOf}. */
export function keepContainer(schema: GraphQLSchema, container: ContainerType): GraphQLSchema {
  containers.set(schema, container);
  return schema;
}

/** The resolver instance for a part of a schema: type-graphql passes none to the `subscribe` of a subscription. */
export function resolverOf<T extends object>(schema: GraphQLSchema, type: ResolverClass<T>): T {
  const found = containers.get(schema)?.get(type, { context: {} } as never) as unknown;
  if (!(found instanceof type)) throw new Error(`the schema has no ${type.name}`);
  return found;
}
