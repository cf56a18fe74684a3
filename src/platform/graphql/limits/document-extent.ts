import {
  type ASTNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  type TypeNode,
  type ValueNode,
} from 'graphql';

/** The size of a part of a document, with its fragments expanded wherever they are used. */
export interface Extent {
  /** Fields within fields, or values within values; Infinity if the count was aborted. */
  readonly depth: number;
  readonly aliases: number;
  readonly fields: number;
  /** Fields that are not within another one. */
  readonly top: number;
  /** How often the schema itself is selected. */
  readonly introspections: number;
}

const NOTHING: Extent = { depth: 0, aliases: 0, fields: 0, top: 0, introspections: 0 };
const BOTTOMLESS: Extent = { ...NOTHING, depth: Infinity };

/**
 * Measures a document in one walk, before anything else is done with it. Each fragment is measured once, so that
 * fragments that multiply each other cost nothing to count.
 */
export class DocumentExtent {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  /** Null while it is being measured. */
  private readonly measured = new Map<string, Extent | null>();
  /** The name of a fragment that contains itself, if there is one. It counts as empty. */
  circular: string | null = null;

  /** @param maxDepth where the walk stops; inline fragments within each other count too */
  constructor(
    private readonly document: DocumentNode,
    private readonly maxDepth: number,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        this.fragments.set(definition.name.value, definition);
      }
    }
  }

  /** The maximum of each value over all operations and fragments, including fragments that no operation uses. */
  measure(): Extent {
    let all = NOTHING;
    for (const definition of this.document.definitions) {
      if (definition.kind === Kind.OPERATION_DEFINITION) {
        const depth = Math.max(
          0,
          this.argumentDepth(definition),
          ...(definition.variableDefinitions ?? []).map((variable) =>
            Math.max(
              typeDepth(variable.type),
              variable.defaultValue ? this.valueDepth(variable.defaultValue, 1) : 0,
              this.argumentDepth(variable),
            ),
          ),
        );
        all = larger(all, { ...NOTHING, depth });
        all = larger(all, this.ofSet(definition.selectionSet, 1));
      } else if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        all = larger(all, { ...this.ofFragment(definition.name.value), top: 0 });
      }
    }
    return all;
  }

  private ofSet(set: SelectionSetNode | undefined, level: number): Extent {
    if (!set) return NOTHING;
    if (level > this.maxDepth) return BOTTOMLESS;
    let total = NOTHING;
    for (const selection of set.selections) total = sum(total, this.of(selection, level));
    return total;
  }

  private of(selection: SelectionNode, level: number): Extent {
    const values = this.argumentDepth(selection);
    const own = { ...NOTHING, depth: values };
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      return sum(own, this.ofFragment(selection.name.value));
    }
    const within = this.ofSet(selection.selectionSet, level + 1);
    if (selection.kind === Kind.INLINE_FRAGMENT) return sum(own, within);
    const { value: name } = selection.name;
    return {
      depth: Math.max(values, within.depth + 1),
      aliases: within.aliases + (selection.alias ? 1 : 0),
      fields: within.fields + 1,
      top: 1,
      introspections: within.introspections + (name === '__schema' || name === '__type' ? 1 : 0),
    };
  }

  private ofFragment(name: string): Extent {
    const known = this.measured.get(name);
    if (known) return known;
    if (known === null) this.circular = name;
    const fragment = this.fragments.get(name);
    if (!fragment || known === null) return NOTHING;
    this.measured.set(name, null);
    const extent = sum(
      { ...NOTHING, depth: this.argumentDepth(fragment) },
      this.ofSet(fragment.selectionSet, 1),
    );
    this.measured.set(name, extent);
    return extent;
  }

  /** The depth of the values in the arguments of a node, including those of its directives. */
  private argumentDepth(node: ASTNode): number {
    let depth = 0;
    if ('arguments' in node) {
      for (const argument of node.arguments ?? []) {
        if ('value' in argument) depth = Math.max(depth, this.valueDepth(argument.value, 1));
      }
    }
    if ('directives' in node) {
      for (const directive of node.directives ?? []) {
        depth = Math.max(depth, this.argumentDepth(directive));
      }
    }
    return depth;
  }

  private valueDepth(value: ValueNode, level: number): number {
    if (level > this.maxDepth) return Infinity;
    if (value.kind !== Kind.LIST && value.kind !== Kind.OBJECT) return 0;
    const parts =
      value.kind === Kind.LIST ? value.values : value.fields.map((field) => field.value);
    let depth = 0;
    for (const part of parts) depth = Math.max(depth, this.valueDepth(part, level + 1));
    return depth + 1;
  }
}

function typeDepth(type: TypeNode): number {
  let depth = 0;
  for (let inner = type; inner.kind !== Kind.NAMED_TYPE; inner = inner.type) depth += 1;
  return depth;
}

function sum(one: Extent, other: Extent): Extent {
  return {
    depth: Math.max(one.depth, other.depth),
    aliases: one.aliases + other.aliases,
    fields: one.fields + other.fields,
    top: one.top + other.top,
    introspections: one.introspections + other.introspections,
  };
}

function larger(one: Extent, other: Extent): Extent {
  return {
    depth: Math.max(one.depth, other.depth),
    aliases: Math.max(one.aliases, other.aliases),
    fields: Math.max(one.fields, other.fields),
    top: Math.max(one.top, other.top),
    introspections: Math.max(one.introspections, other.introspections),
  };
}
