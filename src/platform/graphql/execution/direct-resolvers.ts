import {
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
} from 'graphql';
import { type ContainerType, getMetadataStorage } from 'type-graphql';

import { isCacheable } from './cacheable.js';
import type { RequestContext } from './request-context.js';

/** The metadata of one method in type-graphql, whose own types for it are not public. */
interface MethodMetadata {
  readonly target: unknown;
  readonly methodName: string;
  readonly schemaName: string;
  readonly params?: readonly ParamMetadata[];
  readonly kind?: 'internal' | 'external';
  readonly getObjectType?: () => unknown;
}

interface ParamMetadata {
  readonly kind: 'args' | 'arg' | 'context' | 'root' | 'info' | 'custom';
  readonly index: number;
  readonly name?: string;
  readonly propertyName?: string;
}

interface Storage {
  readonly queries: readonly MethodMetadata[];
  readonly fieldResolvers: readonly MethodMetadata[];
  readonly fields: readonly { readonly name: string; readonly schemaName: string }[];
  readonly objectTypes: readonly { readonly name: string; readonly target: unknown }[];
}

type Resolver = GraphQLFieldResolver<Record<string, unknown>, RequestContext>;

/**
 * Makes GraphQL call the resolvers of queries and fields directly: type-graphql would sort the parameters, look up
 * middlewares and create a promise for each argument on each call. Properties need no resolver at all. There are no
 * middlewares, and arguments are plain values (`validate: false`), so nothing else of type-graphql is needed. Mutations
 * are left unchanged.
 */
export function resolveDirectly(schema: GraphQLSchema, container: ContainerType): GraphQLSchema {
  const storage = getMetadataStorage() as unknown as Storage;
  const renamed = storage.fields.find(({ name, schemaName }) => name !== schemaName);
  if (renamed) throw new Error(`${renamed.schemaName} is a property of another name`);
  const query = schema.getQueryType();
  for (const method of storage.queries) {
    const field = query?.getFields()[method.schemaName];
    if (field) field.resolve = rootResolver(field, method, container) as never;
  }
  for (const { name, target } of storage.objectTypes) {
    const type = schema.getType(name);
    if (isObjectType(type)) resolveFieldsDirectly(type, methodsOf(target, storage), container);
  }
  return schema;
}

/** Includes the methods of its base classes. */
function methodsOf(target: unknown, { fieldResolvers }: Storage): MethodMetadata[] {
  const classes = new Set<unknown>();
  for (let one = target; one; one = Object.getPrototypeOf(one) as unknown) classes.add(one);
  return fieldResolvers.filter(({ getObjectType }) => classes.has(getObjectType?.()));
}

function resolveFieldsDirectly(
  type: GraphQLObjectType,
  methods: readonly MethodMetadata[],
  container: ContainerType,
): void {
  for (const field of Object.values(type.getFields())) {
    const method = methods.find(({ schemaName }) => schemaName === field.name);
    if (!method || isGetter(method)) delete field.resolve;
    else if (method.kind === 'internal') field.resolve = own(method);
    else field.resolve = fieldResolver(field, method, container);
  }
}

/** A getter is read like any other property. */
function isGetter({ kind, target, methodName }: MethodMetadata): boolean {
  const { prototype } = target as { readonly prototype: object };
  return (
    kind === 'internal' &&
    Reflect.getOwnPropertyDescriptor(prototype, methodName)?.get !== undefined
  );
}

/** Calls a method of the object itself. */
function own({ methodName }: MethodMetadata): Resolver {
  return (root) => (root[methodName] as () => unknown).call(root);
}

type Field = GraphQLField<unknown, unknown>;

function rootResolver(field: Field, method: MethodMetadata, container: ContainerType): Resolver {
  const resolve = methodResolver(method, container);
  return isCacheable(field) ? resolve : uncacheable(resolve);
}

/** A resolver without the context has no other data than that of its object. */
function fieldResolver(field: Field, method: MethodMetadata, container: ContainerType): Resolver {
  const takesContext = method.params?.some(({ kind }) => kind === 'context') ?? false;
  return takesContext ? rootResolver(field, method, container) : methodResolver(method, container);
}

/** Marks the response, before the field reads anything. */
function uncacheable(resolve: Resolver): Resolver {
  return (root, args, context, info) => {
    context.dependencies.isUncacheable = true;
    return resolve(root, args, context, info);
  };
}

function methodResolver(
  { target, methodName, params = [] }: MethodMetadata,
  container: ContainerType,
): Resolver {
  const takes = [...params].sort((a, b) => a.index - b.index).map(parameter);
  let instance: Record<string, (...args: unknown[]) => unknown> | undefined;
  return (root, args, context, info) => {
    // The container has the instance only after the app has been wired.
    instance ??= container.get(target, {} as never) as typeof instance;
    const given = args as Record<string, unknown>;
    return instance?.[methodName]?.(...takes.map((take) => take(root, given, context, info)));
  };
}

type Take = (
  root: unknown,
  args: Record<string, unknown>,
  context: unknown,
  info: unknown,
) => unknown;

function parameter({ kind, name = '', propertyName }: ParamMetadata): Take {
  if (propertyName !== undefined || kind === 'custom') {
    throw new Error(`a parameter of the kind ${kind} is not called directly`);
  }
  switch (kind) {
    case 'root':
      return (root) => root;
    case 'args':
      return (_root, args) => args;
    case 'arg':
      return (_root, args) => args[name];
    case 'context':
      return (_root, _args, context) => context;
    case 'info':
      return (_root, _args, _context, info) => info;
  }
}
