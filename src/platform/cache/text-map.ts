/** Where a text goes that has this character there, and where any other goes. */
interface Fork<T> {
  readonly isLeaf: false;
  readonly at: number;
  readonly code: number;
  same: Node<T>;
  other: Node<T>;
}

interface Leaf<T> {
  readonly isLeaf: true;
  readonly text: string;
  value: T;
}

type Node<T> = Fork<T> | Leaf<T>;

/** So many characters are looked at, at most; a text that needs more to be found is not taken. */
const DEEPEST = 200;

/**
 * A map by long texts that are much alike. To hash one, as a Map does, takes longer than all else that is done for a
 * request whose answer is kept. Here a few characters, in which texts of its length differ, lead to the only one that
 * it can be, and one comparison says whether it is.
 */
export class TextMap<T> {
  private readonly byLength = new Map<number, Node<T>>();

  get isEmpty(): boolean {
    return this.byLength.size === 0;
  }

  get(text: string): T | undefined {
    let node = this.byLength.get(text.length);
    if (node === undefined) return undefined;
    while (!node.isLeaf) node = next(node, text);
    return node.text === text ? node.value : undefined;
  }

  /** @returns whether it was taken */
  set(text: string, value: T): boolean {
    const path = this.pathTo(text);
    const last = path.at(-1);
    if (!last?.isLeaf) this.byLength.set(text.length, { isLeaf: true, text, value });
    else if (last.text === text) last.value = value;
    else if (path.length > DEEPEST) return false;
    else this.replace(path, forked(last, text, value), text.length);
    return true;
  }

  delete(text: string): void {
    const path = this.pathTo(text);
    const leaf = path.pop();
    if (!leaf?.isLeaf || leaf.text !== text) return;
    const fork = path.at(-1);
    if (!fork || fork.isLeaf) this.byLength.delete(text.length);
    else this.replace(path, fork.same === leaf ? fork.other : fork.same, text.length);
  }

  /** The forks that lead to a text, and the leaf where it is, or where it would have to part from another. */
  private pathTo(text: string): Node<T>[] {
    const path: Node<T>[] = [];
    let node = this.byLength.get(text.length);
    while (node !== undefined) {
      path.push(node);
      node = node.isLeaf ? undefined : next(node, text);
    }
    return path;
  }

  /** Puts a node where the last of the path is. */
  private replace(path: readonly Node<T>[], node: Node<T>, length: number): void {
    const fork = path.at(-2);
    if (!fork || fork.isLeaf) this.byLength.set(length, node);
    else if (fork.same === path.at(-1)) fork.same = node;
    else fork.other = node;
  }
}

function next<T>(fork: Fork<T>, text: string): Node<T> {
  return text.charCodeAt(fork.at) === fork.code ? fork.same : fork.other;
}

/** Both texts, by the first character in which they differ. */
function forked<T>(known: Leaf<T>, text: string, value: T): Fork<T> {
  let at = 0;
  while (known.text.charCodeAt(at) === text.charCodeAt(at)) at += 1;
  const same: Leaf<T> = { isLeaf: true, text, value };
  return { isLeaf: false, at, code: text.charCodeAt(at), same, other: known };
}
