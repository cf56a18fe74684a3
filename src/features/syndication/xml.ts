/** An element of an XML document; a string among its children is text, never markup. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | null>>;
  readonly children: readonly XmlChild[];
}

type XmlChild = XmlElement | string | null;

/** A child or an attribute that is null is omitted. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | null>> = {},
  ...children: readonly XmlChild[]
): XmlElement {
  return { name, attributes, children };
}

/** A whole document in UTF-8, as XML 1.0. */
export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${write(root)}\n`;
}

function write({ name, attributes, children }: XmlElement): string {
  const pairs = Object.entries(attributes).flatMap(([key, value]) => {
    return value === null ? [] : [` ${key}="${escapeAttribute(value)}"`];
  });
  const open = `<${name}${pairs.join('')}`;
  const inner = children.flatMap((child) => {
    if (child === null) return [];
    return [typeof child === 'string' ? escapeText(child) : write(child)];
  });
  return inner.length === 0 ? `${open}/>` : `${open}>${inner.join('')}</${name}>`;
}

/** XML 1.0 §2.2: these cannot be written even as references, so they are omitted. */
const IMPOSSIBLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** A parser would read a bare CR as an LF (§2.11), and `]]>` is not allowed in text (§2.4). */
function escapeText(text: string): string {
  return text
    .replace(IMPOSSIBLE, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\r/g, '&#13;');
}

/** A parser would normalize white space to spaces (§3.3.3). */
function escapeAttribute(text: string): string {
  return escapeText(text).replace(/"/g, '&quot;').replace(/\n/g, '&#10;').replace(/\t/g, '&#9;');
}
