import type { Data } from 'unified';

/** What remark-parse reads from `data()`, to leave out parts of CommonMark that a text may not use. */
export function withoutConstructs(names: readonly string[]): Data {
  return { micromarkExtensions: [{ disable: { null: [...names] } }] };
}
