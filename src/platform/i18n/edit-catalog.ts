import { type Branch, scanCatalog } from './catalog-json.js';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The content of a new file: an empty catalog. */
export const EMPTY_CATALOG = '{}\n';

/**
 * Writes texts into a catalog. The lines of all other texts stay unchanged, to the byte: order, indentation, line ends.
 * New texts are added at the end of the object that they belong to, in the given order.
 *
 * @param texts by their keys, which must fit the tree (no text where the tree has an object, nor the reverse)
 * @throws CatalogSyntaxError if the file is not a catalog
 */
export function editCatalog(json: string, texts: ReadonlyMap<string, string>): string {
  const { leaves, branches } = scanCatalog(json);
  const known = new Set(leaves.map(({ key }) => key));
  const replaced = leaves.flatMap(({ key, value, start, end }): Edit[] => {
    const text = texts.get(key);
    return text === undefined || text === value ? [] : [{ start, end, text: JSON.stringify(text) }];
  });
  const layout = { unit: indentOf(json), newline: json.includes('\r\n') ? '\r\n' : '\n' };
  const added = [...texts].filter(([key]) => !known.has(key));
  const edits = [...replaced, ...insertions(branches, added, layout)];
  edits.sort((a, b) => b.start - a.start);
  return edits.reduce(
    (text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end),
    json,
  );
}

interface Layout {
  readonly unit: string;
  readonly newline: string;
}

/** A tree of texts to write, in their order. */
type Members = Map<string, string | Members>;

function insertions(
  branches: readonly Branch[],
  added: readonly (readonly [key: string, value: string])[],
  layout: Layout,
): Edit[] {
  const byBranch = new Map<Branch, Members>();
  for (const [key, value] of added) {
    const branch = branches
      .filter((one) => one.key === '' || key.startsWith(`${one.key}.`))
      .reduce((a, b) => (b.key.length > a.key.length ? b : a));
    const members = byBranch.get(branch) ?? new Map<string, string | Members>();
    byBranch.set(branch, members);
    const rest = branch.key === '' ? key : key.slice(branch.key.length + 1);
    place(members, rest.split('.'), value);
  }
  return [...byBranch].map(([{ end, close, isEmpty, depth }, members]) => {
    const lines = print(members, depth + 1, layout);
    if (!isEmpty) return { start: end, end, text: `,${lines}` };
    return { start: end, end: close, text: lines + layout.newline + layout.unit.repeat(depth) };
  });
}

function place(members: Members, names: readonly string[], value: string): void {
  const [name = '', ...rest] = names;
  if (rest.length === 0) return void members.set(name, value);
  const found = members.get(name);
  const below: Members = found instanceof Map ? found : new Map<string, string | Members>();
  members.set(name, below);
  place(below, rest, value);
}

function print(members: Members, depth: number, layout: Layout): string {
  const { unit, newline } = layout;
  const begin = newline + unit.repeat(depth);
  return [...members]
    .map(([name, value]) => {
      const text =
        typeof value === 'string'
          ? JSON.stringify(value)
          : `{${print(value, depth + 1, layout)}${begin}}`;
      return `${begin}${JSON.stringify(name)}: ${text}`;
    })
    .join(',');
}

/** The indentation of the first member; two spaces if the file has none. */
function indentOf(json: string): string {
  return /^\uFEFF?\s*\{\r?\n([ \t]+)"/.exec(json)?.[1] ?? '  ';
}
