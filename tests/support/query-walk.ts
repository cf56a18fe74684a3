import {
  getNamedType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

import { copyRuleOf } from '../../src/platform/graphql/schema/copied-fields.js';

/** Values to try for an argument, as GraphQL literals; under its name, or as `Release.availability.audience`. */
export type ArgumentValues = Readonly<Record<string, readonly string[]>>;

export interface Walk {
  readonly schema: GraphQLSchema;
  readonly values: ArgumentValues;
  /** The value of an argument that is not the one under test, by `Query.releases.first`. */
  readonly defaults: Readonly<Record<string, string>>;
}

/** How many types a walk descends through; less where only an argument is tested. */
const MAX_DEPTH = { plain: 6, tried: 3 };

/** Below this type, fields that no copy may hold are refused. */
const COPY_PAGE = 'SyncPage';
const NAMED = 'name(languages: ["fr"])';

interface Step {
  readonly type: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
}

/**
 * Operations (without `query` and its directives) that reach every field of the schema, with each value of each
 * argument once: `{ releases(first: 3) { … } }`.
 */
export function walkQueries(walk: Walk): string[] {
  const root = walk.schema.getQueryType();
  if (!root) return [];
  const operations: string[] = [];
  for (const path of pathsWithArguments(walk.schema, root)) {
    for (const tried of [null, ...trials(walk, last(path))]) {
      const isPlain = tried === null && path.length > 1;
      if (!isPlain) operations.push(operation(walk, path, tried));
    }
  }
  return operations;
}

/** Each field of Query, and one shortest path to every further field that has arguments. */
function pathsWithArguments(schema: GraphQLSchema, root: GraphQLObjectType): Step[][] {
  const paths: Step[][] = [];
  const seen = new Set<string>([root.name]);
  const waiting: { type: GraphQLObjectType; path: Step[] }[] = [{ type: root, path: [] }];
  for (const { type, path } of waiting) {
    for (const field of Object.values(type.getFields())) {
      const longer = [...path, { type, field }];
      if (path.length === 0 || field.args.length > 0) paths.push(longer);
      for (const next of objectTypes(schema, getNamedType(field.type))) {
        // A field of an interface is reached through one that returns the object itself.
        if (seen.has(next.name) || isInterfaceType(getNamedType(field.type))) continue;
        seen.add(next.name);
        waiting.push({ type: next, path: longer });
      }
    }
  }
  return paths;
}

interface Trial {
  readonly argument: string;
  readonly value: string;
}

function trials({ values }: Walk, { type, field }: Step): Trial[] {
  return field.args.flatMap(({ name }) => {
    const tried = values[`${type.name}.${field.name}.${name}`] ?? values[name];
    if (!tried) throw new Error(`no values to try for ${type.name}.${field.name}(${name})`);
    return tried.map((value) => ({ argument: name, value }));
  });
}

function operation(walk: Walk, path: readonly Step[], tried: Trial | null): string {
  const end = last(path);
  const depth = tried === null ? MAX_DEPTH.plain : MAX_DEPTH.tried;
  const below = selection(walk, getNamedType(end.field.type), depth, []);
  let text = `${call(walk, end, tried)} ${below}`;
  for (const step of path.slice(0, -1).reverse()) text = `${call(walk, step, null)} { ${text} }`;
  return `{ ${text} }`;
}

function call({ values, defaults }: Walk, { type, field }: Step, tried: Trial | null): string {
  const given = field.args.flatMap((argument) => {
    const place = `${type.name}.${field.name}.${argument.name}`;
    if (argument.name === tried?.argument) return [`${argument.name}: ${tried.value}`];
    // `first` and `last` exclude each other.
    if (argument.name === 'first' && tried?.argument === 'last') return [];
    const [needed] = values[place] ?? values[argument.name] ?? [];
    const value = defaults[place] ?? (isRequiredArgument(argument) ? needed : undefined);
    return value === undefined ? [] : [`${argument.name}: ${value}`];
  });
  return given.length > 0 ? `${field.name}(${given.join(', ')})` : field.name;
}

/** Every field below, each type once per path. */
function selection(
  walk: Walk,
  type: GraphQLNamedType,
  depth: number,
  above: readonly string[],
): string {
  if (isInterfaceType(type)) {
    const kinds = walk.schema.getPossibleTypes(type).map((kind) => {
      return `... on ${kind.name} ${selection(walk, kind, depth, above)}`;
    });
    return `{ __typename id ${kinds.join(' ')} }`;
  }
  if (!isObjectType(type)) return '';
  if (above.includes(type.name) || above.length >= depth) return '{ __typename }';
  const isCopied = above.includes(COPY_PAGE);
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const rule = isCopied ? copyRuleOf(field) : undefined;
    if (rule === 'NEVER') return [];
    const below = selection(walk, getNamedType(field.type), depth, [...above, type.name]);
    const called = rule === 'NAME' ? NAMED : call(walk, { type, field }, null);
    return [`${called} ${below}`.trim()];
  });
  return `{ ${fields.join(' ')} }`;
}

function objectTypes(schema: GraphQLSchema, type: GraphQLNamedType): GraphQLObjectType[] {
  if (isObjectType(type)) return [type];
  return isInterfaceType(type) ? [...schema.getPossibleTypes(type)] : [];
}

function last(path: readonly Step[]): Step {
  const step = path.at(-1);
  if (!step) throw new Error('an empty path');
  return step;
}
