import type { Element } from 'hast';

/** The declarations in an element's own `style`, by property, in lower case. */
export function styleOf({ properties }: Element): ReadonlyMap<string, string> {
  const style = properties['style'];
  if (typeof style !== 'string') return new Map();
  return new Map(
    style.split(';').flatMap((declaration) => {
      const colon = declaration.indexOf(':');
      if (colon < 0) return [];
      const value = declaration.slice(colon + 1).replace(/!\s*important\s*$/i, '');
      return [[declaration.slice(0, colon).trim().toLowerCase(), value.trim().toLowerCase()]];
    }),
  );
}
