import type { Locale } from '../../kernel/locale.js';
import { localesFor } from '../../kernel/negotiation.js';
import { acceptedLanguages } from './accept-language.js';

/**
 * The locale of messages for a caller: the best match of the requested tags, else the first language of the audience,
 * else the configured order. A refused locale is chosen only if the caller refused all four.
 * This is about messages only; the locale of content is decided in `kernel/localization.ts`.
 *
 * @param tags well-formed BCP 47 tags in order of preference
 * @param order all four locales, in the configured order
 */
export function messageLocale(
  tags: readonly string[],
  audienceLocales: readonly Locale[],
  order: readonly Locale[],
  refused: readonly Locale[] = [],
): Locale {
  const [locale] = localesFor(tags, [...audienceLocales, ...order], refused);
  if (locale === undefined) throw new Error('The configured order of locales is empty');
  return locale;
}

/** {@link messageLocale} for the header Accept-Language. */
export function headerLocale(header: string | undefined, order: readonly Locale[]): Locale {
  const { requested, refused } = acceptedLanguages(header);
  return messageLocale(requested, [], order, refused);
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The languages of a terminal as BCP 47 tags, the preferred ones first: `LANGUAGE`, then the first variable that is set
 * of `LC_ALL`, `LC_MESSAGES` and `LANG` (POSIX XBD 8.2). `fr_CA.UTF-8` is `fr-CA`; `C` and `POSIX` name no language
 * and, without a character set, disable `LANGUAGE`, as in GNU gettext. Values that are not language tags are ignored.
 */
export function localeFromEnvironment(env: Environment): string[] {
  const set = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(Boolean) ?? '';
  const list = set === 'C' || set === 'POSIX' ? [] : (env['LANGUAGE'] ?? '').split(':');
  return [...new Set([...list, set].flatMap(tagOf))];
}

function tagOf(name: string): string[] {
  const tag = name.replace(/[.@].*$/, '').replaceAll('_', '-');
  if (tag === '' || tag === 'C' || tag === 'POSIX') return [];
  try {
    return Intl.getCanonicalLocales(tag);
  } catch {
    return [];
  }
}
