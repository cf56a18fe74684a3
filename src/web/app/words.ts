import { createInstance } from 'i18next';

import { type Locale, TAG_OF } from '../../kernel/locale.js';
import { numberText } from '../../kernel/number-text.js';
import { bundlePath, NAMESPACES } from './bundle-paths.js';

/** The texts of the pages, in one language. */
export type Words = (key: `${string}:${string}`, vars?: Record<string, string | number>) => string;

/**
 * Reads the gateway's own texts; they are formatted as the server formats them.
 *
 * @param read the JSON at a path
 */
export async function loadWords(
  locale: Locale,
  read: (path: string) => Promise<object>,
): Promise<Words> {
  const lng = TAG_OF[locale];
  const bundles = await Promise.all(
    NAMESPACES.map(async (name) => [name, await read(bundlePath(locale, name))] as const),
  );
  const translator = createInstance();
  void translator.init({
    lng,
    resources: { [lng]: Object.fromEntries(bundles) },
    initAsync: false,
    fallbackLng: false,
    load: 'currentOnly',
    // React and the DOM escape by themselves.
    interpolation: { escapeValue: false, skipOnVariables: true },
  });
  translator.services.formatter?.add('number', (value: unknown, tag: string | undefined) => {
    return typeof value === 'number'
      ? numberText(new Intl.NumberFormat(tag), value)
      : String(value);
  });
  return (key, vars = {}) => {
    const count = vars['count'];
    const at = key.indexOf(':');
    return translator.t(key.slice(at + 1), {
      ns: key.slice(0, at),
      nsSeparator: false,
      replace: vars,
      nest: false,
      ...(typeof count === 'number' && { count }),
    });
  };
}
