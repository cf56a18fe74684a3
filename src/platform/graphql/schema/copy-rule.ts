import {
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLNamedType,
  type OperationDefinitionNode,
  type ValidationRule,
} from 'graphql';

import { AppError, type ErrorReason } from '../../../kernel/errors.js';
import { copyRuleOf } from './copied-fields.js';
import { IN_CONTEXT } from './in-context.js';
import {
  type SelectedField,
  selectedFields,
  type SelectionScope,
} from '../execution/selected-fields.js';

/**
 * A validation rule: below a root field that delivers a copy, it refuses every field that no change would update. It
 * ignores @skip and @include. It must run after `limitRule`, which bounds the walk.
 */
export const copyRule: ValidationRule = (context) => {
  const schema = context.getSchema();
  const fragmentNamed = (name: string): FragmentDefinitionNode | null | undefined =>
    context.getFragment(name);
  const scope: SelectionScope = { schema, fragmentNamed, variables: null };
  return {
    OperationDefinition(operation) {
      const root = schema.getRootType(operation.operation);
      if (!root) return;
      const refused = new Map<string, GraphQLError>();
      for (const page of selectedFields(scope, operation.selectionSet, root)) {
        if (copyRuleOf(page.field) !== 'PAGE') continue;
        const hasOwnNames = followsRequest(operation, page);
        for (const found of fieldsBelow(scope, page)) {
          const reason = reasonAgainst(found, hasOwnNames);
          const field = `${found.parent.name}.${found.field.name}`;
          if (reason && !refused.has(field)) refused.set(field, refusal(reason, field, found));
        }
      }
      for (const error of refused.values()) context.reportError(error);
    },
  };
};

function* fieldsBelow(
  scope: SelectionScope,
  { node, type }: { readonly node: SelectedField['node']; readonly type: GraphQLNamedType },
): Generator<SelectedField, void, void> {
  for (const found of selectedFields(scope, node.selectionSet, type)) {
    yield found;
    yield* fieldsBelow(scope, found);
  }
}

/**
 * Whether a name without its own languages could be in other languages than the copy: if the root field has its own
 * languages, or if the languages of an audience replace missing ones.
 */
function followsRequest(operation: OperationDefinitionNode, page: SelectedField) {
  const directive = operation.directives?.find(({ name }) => name.value === IN_CONTEXT);
  return { languages: states(page.node, 'languages'), audience: states(directive, 'audience') };
}

function reasonAgainst(
  { field, node }: SelectedField,
  request: ReturnType<typeof followsRequest>,
): ErrorReason | null {
  const rule = copyRuleOf(field);
  if (rule === 'NEVER') return 'FIELD_NOT_IN_COPIES';
  if (rule !== 'NAME') return null;
  const isOfCopy = states(node, 'languages') || !request.languages;
  return isOfCopy && !request.audience ? null : 'NAME_NOT_IN_COPIES';
}

function states(
  node: Pick<SelectedField['node'], 'arguments'> | undefined,
  argument: string,
): boolean {
  return node?.arguments?.some(({ name }) => name.value === argument) ?? false;
}

function refusal(reason: ErrorReason, field: string, { node }: SelectedField): GraphQLError {
  const originalError = new AppError(reason, { field });
  const extensions = { http: { status: originalError.row.status } };
  return new GraphQLError(reason, { nodes: node, originalError, extensions });
}
