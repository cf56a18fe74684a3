import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  type ValueNode,
} from 'graphql';

/** Fields that return a page of `first` (or `last`) items. */
const PAGED = new Set([
  'releases',
  'worklist',
  'editorialReleases',
  'localeEntries',
  'history',
  'releaseChanges',
  'releaseChanged',
]);
const DEFAULT_PAGE = 20;
const MAX_PAGE = 100;

/** Approximate length of a list that no argument limits; with its type if the field name alone is ambiguous. */
const LISTS: Record<string, number> = {
  availabilities: 35,
  memberStates: 35,
  topics: 5,
  audiences: 3,
  mentions: 5,
  locales: 4,
  blocks: 8,
  trail: 4,
  alternates: 4,
  translations: 4,
  segments: 10,
  comments: 5,
  difference: 5,
  unmet: 10,
  audienceRules: 40,
  'ParityReport.audiences': 35,
  // Ten years.
  'ParityReport.months': 120,
  '__Schema.types': 150,
  '__Type.fields': 5,
  '__Field.args': 2,
};

type Variables = Readonly<Record<string, unknown>>;

/** Anything larger is refused anyway; the cap avoids Infinity, and Infinity × 0, in the sums. */
const ENDLESS = 1e12;

/** Costs of operations that do not depend on variables. */
const settled = new WeakMap<OperationDefinitionNode, number>();

/**
 * Approximate number of fields in the response, with page sizes counted in. The document is valid, and each of its
 * fragments is visited once.
 */
export function operationCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): number {
  const known = settled.get(operation);
  if (known !== undefined) return known;
  const estimate = new Estimate(schema, document, operation, variables);
  const cost = estimate.cost();
  if (!estimate.isVariable) settled.set(operation, cost);
  return cost;
}

class Estimate {
  isVariable = false;
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly known = new Map<string, number>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly operation: OperationDefinitionNode,
    private readonly variables: Variables,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        this.fragments.set(definition.name.value, definition);
      }
    }
  }

  cost(): number {
    const root = this.schema.getRootType(this.operation.operation);
    return root ? this.ofSet(this.operation.selectionSet, root) : 0;
  }

  private ofSet(set: SelectionSetNode | undefined, type: GraphQLNamedType | undefined): number {
    let cost = 0;
    for (const selection of set?.selections ?? []) cost += this.of(selection, type);
    return Math.min(cost, ENDLESS);
  }

  private of(selection: SelectionNode, type: GraphQLNamedType | undefined): number {
    if (this.isLeftOut(selection)) return 0;
    if (selection.kind === Kind.FIELD) return this.ofField(selection, type);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return this.ofFragment(selection.name.value);
    const { typeCondition, selectionSet } = selection;
    const narrower = typeCondition ? this.schema.getType(typeCondition.name.value) : type;
    return this.ofSet(selectionSet, narrower);
  }

  private ofField(field: FieldNode, parent: GraphQLNamedType | undefined): number {
    if (!field.selectionSet) return 1;
    const { value: name } = field.name;
    const within = this.ofSet(field.selectionSet, this.typeOf(parent, name));
    return Math.min(1 + this.sizeOf(field, parent?.name ?? '') * within, ENDLESS);
  }

  private ofFragment(name: string): number {
    let cost = this.known.get(name);
    if (cost === undefined) {
      const fragment = this.fragments.get(name);
      const type = fragment && this.schema.getType(fragment.typeCondition.name.value);
      this.known.set(name, (cost = this.ofSet(fragment?.selectionSet, type)));
    }
    return cost;
  }

  /** The number of items that the field returns. */
  private sizeOf(field: FieldNode, parent: string): number {
    const { value: name } = field.name;
    if (PAGED.has(name)) {
      const requested = this.argument(field, 'first') ?? this.argument(field, 'last');
      const size = typeof requested === 'number' ? requested : DEFAULT_PAGE;
      // A size out of range is reported later; here it must not offset the cost of other fields.
      return Math.min(Math.max(size, 1), MAX_PAGE);
    }
    if (name === 'nodes') {
      const ids = this.argument(field, 'ids');
      if (Array.isArray(ids)) return ids.length;
    }
    return LISTS[`${parent}.${name}`] ?? (Object.hasOwn(LISTS, name) ? LISTS[name] : 1) ?? 1;
  }

  private typeOf(parent: GraphQLNamedType | undefined, name: string): GraphQLNamedType | undefined {
    if (name === SchemaMetaFieldDef.name) return getNamedType(SchemaMetaFieldDef.type);
    if (name === TypeMetaFieldDef.name) return getNamedType(TypeMetaFieldDef.type);
    if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
    const field = parent.getFields()[name];
    return field && getNamedType(field.type);
  }

  private isLeftOut({ directives = [] }: SelectionNode): boolean {
    return directives.some((directive) => {
      const { value: name } = directive.name;
      if (name !== 'skip' && name !== 'include') return false;
      return this.argument(directive, 'if') === (name === 'skip');
    });
  }

  private argument(node: Pick<FieldNode, 'arguments'>, name: string): unknown {
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
    return value && this.valueOf(value);
  }

  /** Only values that affect the cost: numbers, booleans, and lists, for their length. */
  private valueOf(value: ValueNode): unknown {
    if (value.kind === Kind.INT) return Number(value.value);
    if (value.kind === Kind.BOOLEAN) return value.value;
    if (value.kind === Kind.LIST) return value.values;
    if (value.kind !== Kind.VARIABLE) return undefined;
    this.isVariable = true;
    const { value: name } = value.name;
    if (Object.hasOwn(this.variables, name)) return this.variables[name] ?? undefined;
    const definition = this.operation.variableDefinitions?.find(
      ({ variable }) => variable.name.value === name,
    );
    return definition?.defaultValue && this.valueOf(definition.defaultValue);
  }
}
