import {
  type ArgumentNode,
  DirectiveLocation,
  type DirectiveNode,
  getDirectiveValues,
  GraphQLDirective,
  type GraphQLEnumType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLSchema,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';

import type { Coherence } from '../../../kernel/localization.js';
import { CountryCode, LanguageTag } from './scalars.js';

/** Arguments of a caller about a reader, from one place; a field that is absent or null has no effect. */
export interface ReaderArguments {
  readonly languages?: readonly string[] | null;
  readonly audience?: string | null;
  readonly coherence?: Coherence | null;
}

export const IN_CONTEXT = 'inContext';

/**
 * Adds @inContext to a built schema. It cannot be passed to buildSchema, because the type of its argument is an enum
 * that only the build creates.
 */
export function withInContext(schema: GraphQLSchema): GraphQLSchema {
  const coherence = schema.getType('Coherence') as GraphQLEnumType;
  const directive = new GraphQLDirective({
    name: IN_CONTEXT,
    description:
      'States once for a whole operation who its localized fields are for. An argument of a field overrides the directive, which overrides the header Accept-Language. For clients without a normalized cache: such a cache ignores directives of an operation, so its clients pass the arguments to localized itself and never mix languages.',
    locations: [DirectiveLocation.QUERY, DirectiveLocation.SUBSCRIPTION],
    args: {
      languages: {
        type: new GraphQLList(new GraphQLNonNull(LanguageTag)),
        description:
          'Language tags in order of preference. Omitted: those of the header Accept-Language.',
      },
      audience: { type: CountryCode, description: 'Member state whose rules apply.' },
      coherence: {
        type: coherence,
        description: 'Whether gaps may be filled from other locales; RELEASE by default.',
      },
    },
  });
  return new GraphQLSchema({
    ...schema.toConfig(),
    directives: [...schema.getDirectives(), directive],
  });
}

/** The arguments of @inContext on an operation; empty if it is absent or invalid. */
export function inContextArguments(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): ReaderArguments {
  const directive = schema.getDirective(IN_CONTEXT);
  const node = operation.directives?.find(({ name }) => name.value === IN_CONTEXT);
  if (!directive || !node) return {};
  // Only its own variables: an error elsewhere is reported in the language that is given here.
  const definitions = variablesIn(node, operation);
  const { coerced } = getVariableValues(schema, definitions, variables, { maxErrors: 1 });
  if (!coerced) return {};
  try {
    return (getDirectiveValues(directive, operation, coerced) as ReaderArguments | undefined) ?? {};
  } catch {
    // Validation and execution report the error themselves, with its location.
    return {};
  }
}

/** The definitions of the variables that a node uses. */
export function variablesIn(
  node: DirectiveNode | ArgumentNode,
  { variableDefinitions = [] }: OperationDefinitionNode,
): readonly VariableDefinitionNode[] {
  const used = variableNamesIn(node);
  return variableDefinitions.filter(({ variable }) => used.has(variable.name.value));
}

export function variableNamesIn(node: DirectiveNode | ArgumentNode): ReadonlySet<string> {
  const used = new Set<string>();
  visit(node, { Variable: ({ name }) => void used.add(name.value) });
  return used;
}
