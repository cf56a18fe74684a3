import {
  type DocumentNode,
  type FieldNode,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';

/**
 * Whether a subscription of the document uses @skip or @include at its top level, which the GraphQL specification
 * forbids (§5.2.4.1). The rule of graphql-js 16 for it throws instead of reporting an error.
 */
export function hasConditionalSubscription(context: ValidationContext): boolean {
  const seen = new Set<string>();
  const isConditional = ({ selections }: SelectionSetNode): boolean =>
    selections.some((selection) => {
      if (selection.directives?.some(({ name }) => CONDITIONS.has(name.value))) return true;
      if (selection.kind === Kind.FIELD) return false;
      if (selection.kind === Kind.INLINE_FRAGMENT) return isConditional(selection.selectionSet);
      const { value: name } = selection.name;
      const fragment = context.getFragment(name);
      if (!fragment || seen.has(name)) return false;
      seen.add(name);
      return isConditional(fragment.selectionSet);
    });
  return context
    .getDocument()
    .definitions.some(
      (definition) =>
        definition.kind === Kind.OPERATION_DEFINITION &&
        definition.operation === OperationTypeNode.SUBSCRIPTION &&
        isConditional(definition.selectionSet),
    );
}

const CONDITIONS = new Set(['skip', 'include']);

/** The only root field of a valid subscription; may be null for an invalid document. */
export function subscriptionRoot(
  { selections: [first] }: SelectionSetNode,
  document: DocumentNode,
): FieldNode | null {
  if (!first || first.kind === Kind.FIELD) return first ?? null;
  if (first.kind === Kind.INLINE_FRAGMENT) return subscriptionRoot(first.selectionSet, document);
  for (const definition of document.definitions) {
    const isSpread =
      definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === first.name.value;
    if (isSpread) return subscriptionRoot(definition.selectionSet, document);
  }
  return null;
}
