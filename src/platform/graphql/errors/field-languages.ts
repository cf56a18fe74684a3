import {
  type ArgumentNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldNode,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLFormattedError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type SourceLocation,
  type Token,
  valueFromAST,
} from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';

import { MAX_TAGS } from '../../i18n/accept-language.js';
import { variableNamesIn, variablesIn } from '../schema/in-context.js';
import { LanguageTag } from '../schema/scalars.js';

/** An operation, with everything that the arguments of its fields depend on. */
export interface RequestedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  /** Undefined if the document has no operation of the requested name. */
  readonly operation: OperationDefinitionNode | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Where an error occurred. */
export type ErrorPlace = Pick<GraphQLFormattedError, 'path' | 'locations'>;

/** A field of the document, and the field that contains it. */
interface PlacedField {
  readonly field: FieldNode;
  readonly parent: PlacedField | null;
}

const TAGS = new GraphQLList(new GraphQLNonNull(LanguageTag));

/**
 * The languages that apply to an error: those of the innermost field on the path to the error that declares any.
 *
 * @returns null if no field does, or the innermost declaration is not valid
 */
export function languagesAt(
  requested: RequestedOperation,
  { path, locations }: ErrorPlace,
): readonly string[] | null {
  const found = path?.length
    ? fieldAt(requested, path, locations ?? [])
    : fieldOf(requested, locations?.[0]);
  for (let place = found; place !== null; place = place.parent) {
    const tags = languagesOf(place.field, requested);
    if (tags === undefined) continue;
    return tags !== null && tags.length <= MAX_TAGS ? tags : null;
  }
  return null;
}

/** @returns undefined if the field declares none; null if they are not valid */
function languagesOf(
  field: FieldNode,
  { schema, operation, variables }: RequestedOperation,
): readonly string[] | null | undefined {
  const argument = field.arguments?.find(({ name }) => name.value === 'languages');
  if (!argument) return undefined;
  const definitions = operation ? variablesIn(argument, operation) : [];
  const { coerced } = getVariableValues(schema, definitions, variables, { maxErrors: 1 });
  if (!coerced) return null;
  const tags = valueFromAST(argument.value, TAGS, coerced) as readonly string[] | null | undefined;
  const isOmitted = argument.value.kind === Kind.VARIABLE && tags === undefined;
  if (isOmitted || tags?.length === 0) return undefined;
  return tags === null ? undefined : (tags ?? null);
}

/**
 * The field of a response path. Selections of one response name have the same arguments, unless their types exclude
 * each other; in that case, the location of the error decides.
 */
function fieldAt(
  { document, operation }: RequestedOperation,
  path: readonly (string | number)[],
  locations: readonly SourceLocation[],
): PlacedField | null {
  if (!operation) return null;
  let places: PlacedField[] = [];
  let sets: [SelectionSetNode, PlacedField | null][] = [[operation.selectionSet, null]];
  for (const name of path.filter((key) => typeof key === 'string')) {
    // Each node once, because fragments could otherwise multiply them.
    const found = new Map<FieldNode, PlacedField>();
    for (const [set, parent] of sets) {
      for (const field of fieldsNamed(name, set, document)) {
        if (!found.has(field)) found.set(field, { field, parent });
      }
    }
    places = [...found.values()];
    sets = places.flatMap((place): [SelectionSetNode, PlacedField][] =>
      place.field.selectionSet ? [[place.field.selectionSet, place]] : [],
    );
  }
  const isMeant = ({ field }: PlacedField): boolean =>
    locations.some((at) => field.loc !== undefined && isSame(field.loc.startToken, at));
  return places.find(isMeant) ?? places[0] ?? null;
}

function fieldsNamed(name: string, set: SelectionSetNode, document: DocumentNode): FieldNode[] {
  const fields: FieldNode[] = [];
  const spread = new Set<string>();
  const sets = [set];
  for (const { selections } of sets) {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        if ((selection.alias ?? selection.name).value === name) fields.push(selection);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        sets.push(selection.selectionSet);
      } else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        const fragment = fragmentNamed(selection.name.value, document);
        if (fragment) sets.push(fragment);
      }
    }
  }
  return fields;
}

function fragmentNamed(name: string, { definitions }: DocumentNode): SelectionSetNode | null {
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name) {
      return definition.selectionSet;
    }
  }
  return null;
}

/** The field that an error in the document, or in the value of a variable, is about. */
function fieldOf(
  { document, operation }: RequestedOperation,
  location: SourceLocation | undefined,
): PlacedField | null {
  if (!location) return null;
  const variable = operation?.variableDefinitions?.find((node) => contains(node, location));
  return variable
    ? fieldWith(variable.variable.name.value, document)
    : fieldAround(document, location);
}

/** The first field that uses a variable in its arguments. */
function fieldWith(variable: string, { definitions }: DocumentNode): PlacedField | null {
  for (const definition of definitions) {
    const set = selectionsOf(definition);
    const found = set && fieldWithin(variable, set, null);
    if (found) return found;
  }
  return null;
}

function fieldWithin(
  variable: string,
  { selections }: SelectionSetNode,
  parent: PlacedField | null,
): PlacedField | null {
  for (const node of selections) {
    const place = node.kind === Kind.FIELD ? { field: node, parent } : parent;
    if (node.kind === Kind.FIELD && node.arguments?.some((one) => uses(one, variable))) {
      return place;
    }
    const set = 'selectionSet' in node ? node.selectionSet : undefined;
    const found = set && fieldWithin(variable, set, place);
    if (found) return found;
  }
  return null;
}

function uses(argument: ArgumentNode, variable: string): boolean {
  return variableNamesIn(argument).has(variable);
}

/** The innermost field that contains a location of the document, in its own operation or fragment. */
function fieldAround({ definitions }: DocumentNode, location: SourceLocation): PlacedField | null {
  const definition = definitions.find((node) => contains(node, location));
  let place: PlacedField | null = null;
  let set = definition && selectionsOf(definition);
  while (set) {
    const next: SelectionSetNode['selections'][number] | undefined = set.selections.find((node) =>
      contains(node, location),
    );
    if (next?.kind === Kind.FIELD) place = { field: next, parent: place };
    set = next && 'selectionSet' in next ? next.selectionSet : undefined;
  }
  return place;
}

function selectionsOf(definition: DefinitionNode): SelectionSetNode | undefined {
  return 'selectionSet' in definition ? definition.selectionSet : undefined;
}

function contains({ loc }: Pick<FieldNode, 'loc'>, at: SourceLocation): boolean {
  return loc !== undefined && !isBefore(at, loc.startToken) && !isBefore(loc.endToken, at);
}

function isSame(token: Token, { line, column }: SourceLocation): boolean {
  return token.line === line && token.column === column;
}

function isBefore(a: SourceLocation, b: SourceLocation): boolean {
  return a.line !== b.line ? a.line < b.line : a.column < b.column;
}
