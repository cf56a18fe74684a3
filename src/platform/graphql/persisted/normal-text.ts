import { type DefinitionNode, type DocumentNode, Kind, print } from 'graphql';

/**
 * The text of a document without meaningless differences between clients: whitespace, comments, and the order of
 * fragments. Two documents with the same normal text are the same operation.
 */
export function normalText(document: DocumentNode): string {
  const definitions = [...document.definitions].sort((a, b) => {
    const [one, other] = [rank(a), rank(b)];
    return one < other ? -1 : Number(one > other);
  });
  return print({ ...document, definitions });
}

/** Operations first, then fragments; each by its name. */
function rank(definition: DefinitionNode): string {
  const name = 'name' in definition ? (definition.name?.value ?? '') : '';
  return `${definition.kind === Kind.OPERATION_DEFINITION ? 0 : 1}${name}`;
}
