/** A text of a catalog file, and the position of its JSON string. */
export interface Leaf {
  readonly key: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** An object of a catalog file, and the position for another member. */
export interface Branch {
  /** '' for the file as a whole. */
  readonly key: string;
  /** After the last member, or after the opening brace if there is none. */
  readonly end: number;
  /** The position of the closing brace. */
  readonly close: number;
  readonly isEmpty: boolean;
  readonly depth: number;
}

export interface ScannedCatalog {
  readonly leaves: readonly Leaf[];
  readonly branches: readonly Branch[];
}

/** The reason why a file is not a catalog, in a few words for the person who corrects it. */
export class CatalogSyntaxError extends Error {}

const MAX_DEPTH = 20;

/**
 * Reads a catalog with the positions of its texts, so that one of them can be replaced without changing the rest.
 *
 * @throws CatalogSyntaxError if it is not JSON, not a tree of texts, or has a key twice
 */
export function scanCatalog(json: string): ScannedCatalog {
  try {
    JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new CatalogSyntaxError((error as Error).message);
  }
  return new Scanner(json).scan();
}

/** Requires well-formed JSON. */
class Scanner {
  private at = 0;
  private readonly leaves = new Map<string, Leaf>();
  private readonly branches = new Map<string, Branch>();

  constructor(private readonly json: string) {
    if (json.startsWith('\uFEFF')) this.at = 1;
  }

  scan(): ScannedCatalog {
    this.skipSpace();
    this.value('', 0);
    return { leaves: [...this.leaves.values()], branches: [...this.branches.values()] };
  }

  private value(key: string, depth: number): void {
    const start = this.at;
    const first = this.json[start];
    if (first === '"' && depth > 0) {
      const value = this.string();
      this.once(key);
      this.leaves.set(key, { key, value, start, end: this.at });
    } else if (first === '{' && depth <= MAX_DEPTH) {
      this.object(key, depth);
    } else {
      throw new CatalogSyntaxError(`${key || '(root)'}: ${first === '{' ? '…{' : first}`);
    }
  }

  private object(key: string, depth: number): void {
    this.once(key);
    this.at += 1;
    let end = this.at;
    let isEmpty = true;
    this.skipSpace();
    while (this.json[this.at] !== '}') {
      if (this.json[this.at] === ',') this.at += 1;
      this.skipSpace();
      const name = this.string();
      this.skipSpace();
      this.at += 1;
      this.skipSpace();
      this.value(depth === 0 ? name : `${key}.${name}`, depth + 1);
      end = this.at;
      isEmpty = false;
      this.skipSpace();
    }
    this.branches.set(key, { key, end, close: this.at, isEmpty, depth });
    this.at += 1;
  }

  /** JSON.parse uses the last of two members with one name; an edit could then change the wrong one. */
  private once(key: string): void {
    if (this.leaves.has(key) || this.branches.has(key)) throw new CatalogSyntaxError(`${key} (2×)`);
  }

  private string(): string {
    const start = this.at;
    do this.at += this.json[this.at] === '\\' ? 2 : 1;
    while (this.json[this.at] !== '"');
    this.at += 1;
    return JSON.parse(this.json.slice(start, this.at)) as string;
  }

  private skipSpace(): void {
    while (/\s/.test(this.json[this.at] ?? '')) this.at += 1;
  }
}
