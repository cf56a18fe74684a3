import { type Locale, TAG_OF } from '../../kernel/locale.js';

/** Of the texts of the pages. */
export const NAMESPACES = ['site', 'status'] as const;

/** The path of a bundle of texts, below that of the gateway. */
export function bundlePath(locale: Locale, namespace: string): string {
  return `/locales/${TAG_OF[locale]}/${namespace}.json`;
}

/** The bundles of one language. */
export function bundlePaths(locale: Locale): string[] {
  return NAMESPACES.map((namespace) => bundlePath(locale, namespace));
}
