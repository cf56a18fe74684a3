import type { GraphQLField } from 'graphql';
import { Extensions } from 'type-graphql';

const EXTENSION = 'cacheable';

/**
 * Declares that a response with this field may be cached: the field reads nothing but public data, through `reads` of
 * the context, and records its dependencies. A root field without this declaration, or a resolver that takes the
 * context, makes each response uncacheable for which it is executed. Any other field returns what the object that it
 * belongs to has read.
 */
export const Cacheable = (): MethodDecorator & PropertyDecorator =>
  Extensions({ [EXTENSION]: true });

export function isCacheable(field: GraphQLField<unknown, unknown>): boolean {
  return field.extensions[EXTENSION] === true;
}
