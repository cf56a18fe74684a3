import {
  DirectiveLocation,
  getDirectiveValues,
  GraphQLDirective,
  type GraphQLEnumType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';

import type { Coherence } from '../../kernel/localization.js';
import { CountryCode, LanguageTag } from './scalars.js';

/** What a caller states of a reader in one place; a field that is absent or null says nothing. */
export interface ReaderArguments {
  readonly languages?: readonly string[] | null;
  readonly audience?: string | null;
  readonly coherence?: Coherence | null;
}

const NAME = 'inContext';

/**
 * Adds @inContext to a built schema. It can't be given to buildSchema, because the type of its
 * argument is an enum that only the build makes.
 */
export function withInContext(schema: GraphQLSchema): GraphQLSchema {
  const coherence = schema.getType('Coherence') as GraphQLEnumType;
  const directive = new GraphQLDirective({
    name: NAME,
    description:
      "States once, for a whole operation, for whom its localized fields are resolved. An explicit argument on a field wins over the directive; the directive wins over the HTTP header Accept-Language. For clients without a normalized cache. A normalized cache does not put an operation's directive into its keys: such clients pass the arguments on localized itself, and then can never mix languages.",
    locations: [DirectiveLocation.QUERY, DirectiveLocation.SUBSCRIPTION],
    args: {
      languages: { type: new GraphQLList(new GraphQLNonNull(LanguageTag)) },
      audience: { type: CountryCode },
      coherence: { type: coherence },
    },
  });
  return new GraphQLSchema({
    ...schema.toConfig(),
    directives: [...schema.getDirectives(), directive],
  });
}

/** The arguments of @inContext on an operation; none where it is absent or its variables are wrong. */
export function inContextArguments(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): ReaderArguments {
  const directive = schema.getDirective(NAME);
  if (!directive || !operation.directives?.some(({ name }) => name.value === NAME)) return {};
  // Wrong variables are reported by the execution itself, with their paths.
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (!coerced) return {};
  return (getDirectiveValues(directive, operation, coerced) as ReaderArguments | undefined) ?? {};
}
