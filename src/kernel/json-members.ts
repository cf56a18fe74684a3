interface Container {
  /** Names read so far; null for an array. */
  readonly names: Set<string> | null;
  readonly path: string;
  /** The name or index of the value being read. */
  current: string;
  index: number;
}

/**
 * The path of the first duplicate member of an object (RFC 7493 §2.3), such as `texts.EN`: parsers use the first, the
 * last, or none of the duplicates.
 *
 * @param json well-formed
 * @returns null if all names are unique
 */
export function duplicateMember(json: string): string | null {
  const open: Container[] = [];
  let expectsName = false;
  for (let at = 0; at < json.length; at += 1) {
    const container = open.at(-1);
    switch (json.charAt(at)) {
      case '"': {
        const end = endOfString(json, at);
        if (expectsName && container?.names) {
          const name = nameIn(json, at, end);
          container.current = name;
          if (container.names.has(name)) return pathOf(container);
          container.names.add(name);
          expectsName = false;
        }
        at = end;
        break;
      }
      case '{':
      case '[': {
        const isObject = json[at] === '{';
        const path = container ? pathOf(container) : '';
        open.push({ names: isObject ? new Set() : null, path, current: '0', index: 0 });
        expectsName = isObject;
        break;
      }
      case '}':
      case ']':
        open.pop();
        expectsName = false;
        break;
      case ',':
        if (container?.names) expectsName = true;
        else if (container) container.current = String((container.index += 1));
    }
  }
  return null;
}

function endOfString(json: string, start: number): number {
  // Each backslash is counted at most once: those before one quotation mark precede no other.
  for (let end = json.indexOf('"', start + 1); ; end = json.indexOf('"', end + 1)) {
    let first = end;
    while (json[first - 1] === '\\') first -= 1;
    if ((end - first) % 2 === 0) return end;
  }
}

function nameIn(json: string, start: number, end: number): string {
  const name = json.slice(start + 1, end);
  return name.includes('\\') ? (JSON.parse(`"${name}"`) as string) : name;
}

/** Long enough to locate the member; building a path as deep as the text would take quadratic time. */
const MAX_PATH = 200;

function pathOf({ path, current }: Container): string {
  if (path.length > MAX_PATH) return path;
  return path === '' ? current : `${path}.${current}`;
}
