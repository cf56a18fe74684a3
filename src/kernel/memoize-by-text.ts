/**
 * A pure function that remembers what it found for a text. Who sends ever new texts makes it forget, not grow.
 *
 * @param max how many texts are remembered
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
