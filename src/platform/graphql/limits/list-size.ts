import type { GraphQLField } from 'graphql';
import { Extensions } from 'type-graphql';

/**
 * How many items a field returns, for the cost of an operation.
 *
 * - a number: about as many, which no argument limits.
 * - `PAGE`: as many as its argument `first` or `last`, else a page of the default size.
 * - `IDS`: one for each of its argument `ids`.
 * - `COUNTED`: those of a page, which the field that returns the page has counted.
 */
export type ListSize = number | 'PAGE' | 'IDS' | 'COUNTED';

const EXTENSION = 'listSize';

/** Declares the size of a list, or of a page, where the field is defined. */
export function Size(size: ListSize): MethodDecorator & PropertyDecorator {
  return Extensions({ [EXTENSION]: size });
}

/** @returns undefined for a field that returns a single value */
export function listSizeOf(field: GraphQLField<unknown, unknown>): ListSize | undefined {
  return field.extensions[EXTENSION] as ListSize | undefined;
}
