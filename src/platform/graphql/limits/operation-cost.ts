import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLField,
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

import { PAGE_SIZE } from '../schema/paging.js';
import { listSizeOf } from './list-size.js';

/** The sizes of lists that the GraphQL specification defines; all others are declared with `@Size`. */
const INTROSPECTION: Readonly<Record<string, number>> = {
  '__Schema.types': 150,
  '__Type.fields': 5,
  '__Field.args': 2,
};

type Field = GraphQLField<unknown, unknown>;
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

  private ofField(node: FieldNode, parent: GraphQLNamedType | undefined): number {
    if (!node.selectionSet) return 1;
    const field = fieldOf(parent, node.name.value);
    const within = this.ofSet(node.selectionSet, field && getNamedType(field.type));
    const size = INTROSPECTION[`${parent?.name}.${node.name.value}`] ?? this.sizeOf(node, field);
    return Math.min(1 + size * within, ENDLESS);
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
  private sizeOf(node: FieldNode, field: Field | undefined): number {
    const size = field && listSizeOf(field);
    switch (size) {
      case 'PAGE':
        return this.pageSize(node);
      case 'IDS': {
        const ids = this.argument(node, 'ids');
        return Array.isArray(ids) ? ids.length : 1;
      }
      case 'COUNTED':
      case undefined:
        return 1;
      default:
        return size;
    }
  }

  private pageSize(node: FieldNode): number {
    const requested = this.argument(node, 'first') ?? this.argument(node, 'last');
    const size = typeof requested === 'number' ? requested : PAGE_SIZE.default;
    // A size out of range is reported later; here it must not offset the cost of other fields.
    return Math.min(Math.max(size, 1), PAGE_SIZE.max);
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

function fieldOf(parent: GraphQLNamedType | undefined, name: string): Field | undefined {
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
}
