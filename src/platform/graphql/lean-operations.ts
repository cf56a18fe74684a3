import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
} from 'graphql';

/** Queries whose rows are found by a key, or in the order of an index. */
const LEAN = new Set([
  '__typename',
  'release',
  'releases',
  'node',
  'nodes',
  'localization',
  'memberState',
  'memberStates',
  'topics',
  'viewer',
]);
/** Arguments with which a list may take its time. */
const HEAVY = new Set(['search', 'filter', 'orderBy', 'coherence']);

const known = new WeakMap<OperationDefinitionNode, boolean>();

/** Whether an operation only reads what is found at once, whatever its variables are. */
export function isLean(operation: OperationDefinitionNode): boolean {
  let lean = known.get(operation);
  if (lean === undefined) known.set(operation, (lean = judge(operation)));
  return lean;
}

function judge({ operation, selectionSet, directives = [] }: OperationDefinitionNode): boolean {
  if (operation !== OperationTypeNode.QUERY) return false;
  const hasLists = selectionSet.selections.some(
    (one) => isField(one) && one.name.value === 'releases',
  );
  // Under STRICT a list goes over releases of which nothing is shown.
  if (hasLists && directives.some(({ arguments: given }) => given?.some(isHeavy))) return false;
  return selectionSet.selections.every((one) => isField(one) && isLeanField(one));
}

function isLeanField({ name, arguments: given = [], selectionSet }: FieldNode): boolean {
  if (!LEAN.has(name.value)) return false;
  if (name.value !== 'releases') return true;
  if (given.some(isHeavy)) return false;
  return (
    selectionSet?.selections.every((one) => isField(one) && one.name.value !== 'totalCount') ?? true
  );
}

function isHeavy({ name }: { readonly name: { readonly value: string } }): boolean {
  return HEAVY.has(name.value);
}

/** What stands in a fragment is not looked for: such an operation is on its own. */
function isField(selection: SelectionNode): selection is FieldNode {
  return selection.kind === Kind.FIELD;
}
