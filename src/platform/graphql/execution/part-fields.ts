import {
  type GraphQLField,
  type GraphQLFieldResolver,
  GraphQLInt,
  GraphQLScalarType,
  type GraphQLSchema,
  isObjectType,
} from 'graphql';

import type { TracedPart } from './read-trace.js';
import type { RequestContext } from './request-context.js';

/** What tells the values of one field apart. */
export interface PartSubject {
  /** Whom it is for; the same text for readers who get the same. */
  readonly reader: string;
  /** The release, or the page of a list. */
  readonly name: string;
  /** What changes it, whatever is selected of it. */
  readonly madeOf: TracedPart;
}

/** Finds out whom and what a value is for, from what its resolver is given. */
export type SubjectOf = (
  root: never,
  args: Record<string, unknown>,
  context: RequestContext,
) => PartSubject;

/** Fields, by `Type.field`, whose values hang on their subject and the selection only, and may be kept for others. */
export type PartFields = Readonly<Record<string, SubjectOf>>;

/** A letter that names in JavaScript may have and names in GraphQL may not: nobody can ask for it. */
export const partName = (field: string): string => `${field}ʹ`;

export const PART_ARGUMENT = partName('part');

/** The value of such a field, answered already. */
const Answered = new GraphQLScalarType({ name: 'Answered', serialize: (value) => value });

export type PartResolver = (
  field: GraphQLField<unknown, unknown>,
  subjectOf: SubjectOf,
) => GraphQLFieldResolver<unknown, RequestContext>;

/** Gives each such field a leaf beside it, which is not seen in the schema and which no client can name. */
export function addPartFields(
  schema: GraphQLSchema,
  fields: PartFields,
  resolverOf: PartResolver,
): void {
  for (const [place, subjectOf] of Object.entries(fields)) {
    const [typeName = '', fieldName = ''] = place.split('.');
    const type = schema.getType(typeName);
    const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
    if (!isObjectType(type) || !field) throw new Error(`there is no ${place}`);
    const name = partName(fieldName);
    const leaf: GraphQLField<unknown, RequestContext> = {
      ...field,
      name,
      type: Answered,
      args: [...field.args, { ...partArgument(), name: PART_ARGUMENT }],
      resolve: resolverOf(field, subjectOf),
    };
    Object.defineProperty(type.getFields(), name, { value: leaf, enumerable: false });
  }
}

function partArgument() {
  return {
    type: GraphQLInt,
    description: undefined,
    defaultValue: undefined,
    deprecationReason: undefined,
    extensions: {},
    astNode: undefined,
  };
}
