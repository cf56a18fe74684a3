import type { Locale } from '../../kernel/locale.js';
import { matchLocale } from '../../kernel/negotiation.js';

/**
 * Which of the four catalogs a caller is spoken to from: the first requested tag that comes to one
 * of the four languages, else the first language of the audience, else the configured order.
 * This is about messages only; the locale of content is decided in `kernel/localization.ts`.
 *
 * @param tags well-formed BCP 47 tags, most wanted first
 * @param order all four locales, in the configured order
 */
export function messageLocale(
  tags: readonly string[],
  audienceLocales: readonly Locale[],
  order: readonly Locale[],
): Locale {
  for (const tag of tags) {
    const locale = matchLocale(tag);
    if (locale !== null) return locale;
  }
  const locale = audienceLocales[0] ?? order[0];
  if (locale === undefined) throw new Error('The configured order of locales is empty');
  return locale;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The languages that a terminal states, as BCP 47 tags, most wanted first: `LANGUAGE`, then the
 * first that is set of `LC_ALL`, `LC_MESSAGES` and `LANG` (POSIX XBD 8.2). `fr_CA.UTF-8` is
 * `fr-CA`; `C` and `POSIX` name no language, and by themselves (without a character set) switch
 * `LANGUAGE` off, as in GNU gettext. What is no language tag is passed over.
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
