/**
 * Memoizes a pure function of a text. The cache is bounded, so that ever new texts evict old ones instead of growing
 * it.
 *
 * @param max the maximum number of cached texts
 */
export function memoizeByText<T>(find: (text: string) => T, max = 1_000): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined || known.has(text)) return found as T;
    if (known.size >= max) known.clear();
    const value = find(text);
    known.set(text, value);
    return value;
  };
}
