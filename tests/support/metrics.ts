/** The value of a name and labels in the text format of Prometheus; undefined if there is none. */
export function sample(
  text: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const wanted = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
  const line = text.split('\n').find((candidate) => {
    const [, found, inner = ''] = /^(\w+)(?:\{(.*)\})? /.exec(candidate) ?? [];
    const given = inner === '' ? [] : inner.split(',');
    return (
      found === name &&
      given.length === wanted.length &&
      wanted.every((label) => given.includes(label))
    );
  });
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ') + 1));
}
