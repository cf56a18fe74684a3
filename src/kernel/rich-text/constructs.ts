import type { Data } from 'unified';

/** An extension that remark-parse reads from `data()`, to disable parts of CommonMark that a text may not use. */
export function withoutConstructs(names: readonly string[]): Data {
  return { micromarkExtensions: [{ disable: { null: [...names] } }] };
}
