import { createHash } from 'node:crypto';

import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  print,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

import { PART_ARGUMENT, type PartFields, partName } from './part-fields.js';

/** What is selected of one field whose values are kept, as a query by itself. */
export interface DividedPart {
  /** The type of its values. */
  readonly type: string;
  readonly document: DocumentNode;
  /** The names of the variables in it. */
  readonly variables: readonly string[];
  /** Names the selection; the same for two that ask for the same in the same words. */
  readonly digest: string;
}

export interface DividedDocument {
  /** The document with a leaf in the place of each part. */
  readonly document: DocumentNode;
  readonly parts: readonly DividedPart[];
}

/**
 * Cuts a valid document at the fields whose values are kept. What is selected twice under one name stays whole: it
 * would have to be merged first.
 *
 * @param operation the one that counts
 */
export function divideDocument(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  fields: PartFields,
): DividedDocument {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions) {
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  }
  const own = { ...document, definitions: [operation, ...fragments.values()] };
  const places = placesOf(schema, own);
  const parts: DividedPart[] = [];
  const typeInfo = new TypeInfo(schema);
  const divided = visit(
    own,
    visitWithTypeInfo(typeInfo, {
      Field(node) {
        const parent = typeInfo.getParentType()?.name ?? '';
        const field = typeInfo.getFieldDef();
        const isPart = `${parent}.${node.name.value}` in fields;
        if (!isPart || !field || !node.selectionSet || isCheap(node.selectionSet)) return undefined;
        if (places.get(placeOf(parent, node)) !== 1) return undefined;
        const type = getNamedType(field.type).name;
        parts.push(partOf(type, node.selectionSet, operation, fragments));
        return leafOf(node, parts.length - 1);
      },
    }),
  );
  return { document: divided, parts };
}

/** What is a property each is at hand sooner than it is found. */
function isCheap({ selections }: SelectionSetNode): boolean {
  return selections.every(({ kind, ...node }) => {
    return kind === Kind.FIELD && !('selectionSet' in node && node.selectionSet);
  });
}

function placeOf(type: string, { alias, name }: FieldNode): string {
  return `${type} ${(alias ?? name).value}`;
}

function placesOf(schema: GraphQLSchema, document: DocumentNode): Map<string, number> {
  const places = new Map<string, number>();
  const typeInfo = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field(node) {
        const place = placeOf(typeInfo.getParentType()?.name ?? '', node);
        places.set(place, (places.get(place) ?? 0) + 1);
      },
    }),
  );
  return places;
}

function leafOf(node: FieldNode, index: number): FieldNode {
  const part: ArgumentNode = {
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: PART_ARGUMENT },
    value: { kind: Kind.INT, value: String(index) },
  };
  return {
    kind: Kind.FIELD,
    alias: node.alias ?? node.name,
    name: { kind: Kind.NAME, value: partName(node.name.value) },
    arguments: [...(node.arguments ?? []), part],
    ...(node.directives && { directives: node.directives }),
  };
}

function partOf(
  type: string,
  selectionSet: SelectionSetNode,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): DividedPart {
  const used = new Map<string, FragmentDefinitionNode>();
  const variables = new Set<string>();
  const follow = (node: SelectionSetNode | FragmentDefinitionNode): void => {
    visit(node, {
      Variable: ({ name }) => void variables.add(name.value),
      FragmentSpread({ name: { value: name } }) {
        const fragment = fragments.get(name);
        if (!fragment || used.has(name)) return;
        used.set(name, fragment);
        follow(fragment);
      },
    });
  };
  follow(selectionSet);
  const definitions = operation.variableDefinitions ?? [];
  const query: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation: OperationTypeNode.QUERY,
    variableDefinitions: definitions.filter(({ variable }) => variables.has(variable.name.value)),
    selectionSet,
  };
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [query, ...used.values()] };
  const digest = createHash('sha256')
    .update(`${type} ${print(document)}`)
    .digest('base64url');
  return { type, document, variables: [...variables].sort(), digest };
}
