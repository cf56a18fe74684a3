import type { GraphQLField } from 'graphql';
import { Extensions } from 'type-graphql';

/**
 * How a field behaves in a copy that a client maintains with `releaseChanges`; a field without a rule stays correct
 * through the changes alone.
 *
 * - `PAGE`: the root fields that deliver a copy.
 * - `METADATA`: changes while the text stays the same. An operation gets the new value from `metadataChanges`.
 * - `NAME`: follows the languages of its own arguments, else those of the request, which need not be the copy's.
 * - `NEVER`: depends on rules, on the day, or on another reader; no change reports it.
 */
export type CopyRule = 'PAGE' | 'METADATA' | 'NAME' | 'NEVER';

const EXTENSION = 'copies';

/** Declares the rule of a field where the field is defined. */
export function InCopies(rule: CopyRule): MethodDecorator & PropertyDecorator {
  return Extensions({ [EXTENSION]: rule });
}

export function copyRuleOf(field: GraphQLField<unknown, unknown>): CopyRule | undefined {
  return field.extensions[EXTENSION] as CopyRule | undefined;
}
