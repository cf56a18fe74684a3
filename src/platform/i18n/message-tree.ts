/** Texts of one namespace in one locale, as in `locales/<tag>/<namespace>.json`. */
export interface MessageTree {
  readonly [key: string]: string | MessageTree;
}

/** The texts of a tree by their keys: the names along the path, joined by dots. */
export function flattenTree(tree: MessageTree): Map<string, string> {
  const texts = new Map<string, string>();
  collect(tree, '', texts);
  return texts;
}

function collect(tree: MessageTree, path: string, texts: Map<string, string>): void {
  for (const [name, value] of Object.entries(tree)) {
    if (typeof value === 'string') texts.set(path + name, value);
    else collect(value, `${path}${name}.`, texts);
  }
}

/** Names with a special meaning on JavaScript objects. */
const UNSAFE_NAMES = ['__proto__', 'constructor', 'prototype'];

/** Whether a key can be a path in a tree: names without a colon or a control character, joined by dots. */
export function isTreeKey(key: string): boolean {
  if (/[\u0000-\u001F\u007F:]/.test(key) || /\p{Surrogate}/u.test(key)) return false;
  return key.split('.').every((name) => name !== '' && !UNSAFE_NAMES.includes(name));
}

type OpenTree = { [key: string]: string | OpenTree };

/**
 * The tree of some texts, frozen. A key that is not a valid path, or conflicts with an earlier one, is skipped.
 */
export function treeOf(texts: ReadonlyMap<string, string>): MessageTree {
  const root: OpenTree = {};
  for (const [key, value] of texts) if (isTreeKey(key)) place(root, key.split('.'), value);
  return freeze(root);
}

function place(root: OpenTree, names: readonly string[], value: string): void {
  let tree = root;
  for (const name of names.slice(0, -1)) {
    const below = Object.hasOwn(tree, name) ? tree[name] : (tree[name] = {});
    if (below === undefined || typeof below === 'string') return;
    tree = below;
  }
  const last = names.at(-1) ?? '';
  if (!Object.hasOwn(tree, last)) tree[last] = value;
}

function freeze(tree: OpenTree): MessageTree {
  for (const value of Object.values(tree)) if (typeof value !== 'string') freeze(value);
  return Object.freeze(tree);
}
