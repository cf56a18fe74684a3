import {
  type FieldNode,
  type FragmentDefinitionNode,
  getDirectiveValues,
  getNamedType,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLNamedType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

export interface SelectionScope {
  readonly schema: GraphQLSchema;
  readonly fragmentNamed: (name: string) => FragmentDefinitionNode | null | undefined;
  /** The variables that @skip and @include depend on; null: every selection counts, regardless of them. */
  readonly variables: Readonly<Record<string, unknown>> | null;
}

/** One field as a selection set selects it, directly or through a fragment. */
export interface SelectedField {
  readonly node: FieldNode;
  readonly parent: GraphQLNamedType;
  readonly field: GraphQLField<unknown, unknown>;
  /** The named type of its value. */
  readonly type: GraphQLNamedType;
}

/**
 * The fields of one selection set with its fragments spread. Unknown fields and fragments are skipped: other rules
 * report them.
 */
export function* selectedFields(
  scope: SelectionScope,
  set: SelectionSetNode | undefined,
  parent: GraphQLNamedType,
  spread: ReadonlySet<string> = new Set(),
): Generator<SelectedField, void, void> {
  for (const selection of set?.selections ?? []) {
    if (!isIncluded(scope, selection)) continue;
    if (selection.kind === Kind.FIELD) {
      const field = fieldOf(parent, selection.name.value);
      if (field) yield { node: selection, parent, field, type: getNamedType(field.type) };
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = selection.typeCondition?.name.value;
      const type = condition === undefined ? parent : scope.schema.getType(condition);
      if (type) yield* selectedFields(scope, selection.selectionSet, type, spread);
    } else {
      const name = selection.name.value;
      const fragment = scope.fragmentNamed(name);
      const type = fragment && scope.schema.getType(fragment.typeCondition.name.value);
      if (!type || spread.has(name)) continue;
      yield* selectedFields(scope, fragment.selectionSet, type, new Set([...spread, name]));
    }
  }
}

function fieldOf(
  parent: GraphQLNamedType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
}

function isIncluded({ variables }: SelectionScope, node: SelectionNode): boolean {
  if (variables === null) return true;
  const skip = getDirectiveValues(GraphQLSkipDirective, node, variables);
  const include = getDirectiveValues(GraphQLIncludeDirective, node, variables);
  return skip?.['if'] !== true && include?.['if'] !== false;
}
