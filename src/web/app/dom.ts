type Child = Node | string;

/** An element with attributes; those that are null are left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | null>> = {},
  ...children: readonly Child[]
): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** @throws Error if the page has no such element */
export function find<T extends Element = HTMLElement>(selector: string, within: ParentNode): T {
  const found = within.querySelector<T>(selector);
  if (!found) throw new Error(`The page has no ${selector}`);
  return found;
}
