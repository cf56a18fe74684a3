import { getNamedType, type GraphQLResolveInfo } from 'graphql';

import { copyRuleOf } from '../../platform/graphql/schema/copied-fields.js';
import {
  type SelectedField,
  selectedFields,
  type SelectionScope,
} from '../../platform/graphql/execution/selected-fields.js';

/**
 * How an operation receives a release whose text is unchanged while its metadata changes.
 *
 * - `SEPARATE`: from `metadataChanges`.
 * - `RESENT`: from `changes`, with the text, because it stores a field there that it does not select in
 *   `metadataChanges`.
 * - `NONE`: not at all, because it stores no such field.
 */
export type MetadataDelivery = 'SEPARATE' | 'RESENT' | 'NONE';

/** @param info of a root field of type SyncPage */
export function metadataDelivery(info: GraphQLResolveInfo): MetadataDelivery {
  const { schema, fragments, variableValues: variables, fieldNodes, returnType } = info;
  const scope: SelectionScope = { schema, fragmentNamed: (name) => fragments[name], variables };
  const stored = new Set<string>();
  const updated = new Set<string>();
  let isSeparate = false;
  for (const { selectionSet } of fieldNodes) {
    for (const found of selectedFields(scope, selectionSet, getNamedType(returnType))) {
      if (found.field.name === 'changes') addMetadata(scope, found, stored);
      if (found.field.name !== 'metadataChanges') continue;
      isSeparate = true;
      addMetadata(scope, found, updated);
    }
  }
  if ([...stored].some((path) => !updated.has(path))) return 'RESENT';
  return isSeparate ? 'SEPARATE' : 'NONE';
}

/** Adds the paths of all metadata below a field, each from the field that declares it: `Release.locales.status`. */
function addMetadata(
  scope: SelectionScope,
  { node, type }: SelectedField,
  paths: Set<string>,
  within: string | null = null,
): void {
  for (const found of selectedFields(scope, node.selectionSet, type)) {
    const { name } = found.field;
    const start = copyRuleOf(found.field) === 'METADATA' ? `${found.parent.name}.${name}` : null;
    const path = within === null ? start : `${within}.${name}`;
    if (path !== null) paths.add(path);
    addMetadata(scope, found, paths, path);
  }
}
