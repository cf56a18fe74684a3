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
/** Arguments with which a list may take its time, as its resolver finds out: before anything else is read. */
const PERHAPS_HEAVY = new Set(['search', 'filter']);

const known = new WeakMap<OperationDefinitionNode, boolean>();

/**
 * Whether an operation only reads what is found at once. A list that is all of an operation may still turn out to be
 * another one.
 */
export function isLean(operation: OperationDefinitionNode): boolean {
  let lean = known.get(operation);
  if (lean === undefined) known.set(operation, (lean = judge(operation)));
  return lean;
}

function judge({ operation, selectionSet }: OperationDefinitionNode): boolean {
  if (operation !== OperationTypeNode.QUERY) return false;
  const { selections } = selectionSet;
  const isAlone = selections.length === 1;
  return selections.every((one) => isField(one) && isLeanField(one, isAlone));
}

function isLeanField(field: FieldNode, isAlone: boolean): boolean {
  const { name, arguments: given = [], selectionSet } = field;
  if (!LEAN.has(name.value)) return false;
  if (name.value !== 'releases') return true;
  if (!isAlone && given.some((argument) => PERHAPS_HEAVY.has(argument.name.value))) return false;
  return (
    selectionSet?.selections.every((one) => isField(one) && one.name.value !== 'totalCount') ?? true
  );
}

/** What stands in a fragment is not looked for: such an operation is on its own. */
function isField(selection: SelectionNode): selection is FieldNode {
  return selection.kind === Kind.FIELD;
}
