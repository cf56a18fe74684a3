import { LOCALES, type Locale, type LocaleMask, maskOf } from '../../src/kernel/locale.js';
import type { PublishedLocales } from '../../src/kernel/localization.js';

/** Locales as a test writes them: `'EN FR'`. */
export function localesOf(text: string): Locale[] {
  return LOCALES.filter((locale) => text.split(' ').includes(locale));
}

/**
 * What is public of a release with a summary and a body, written short: `PT EN FR!stale ES!part` is a Portuguese
 * original with translations, of which the French one is stale and the Spanish one has only a title (`!part!stale`
 * is both); `ES!retracted` was retracted.
 */
export function published(text: string): PublishedLocales {
  const entries = text.split(' ').map((entry) => entry.split('!'));
  const having = (test: (marks: readonly string[]) => boolean): LocaleMask =>
    maskOf(entries.filter(([, ...marks]) => test(marks)).map(([locale]) => locale as Locale));
  const whole = having((marks) => !marks.includes('part') && !marks.includes('retracted'));
  return {
    original: entries[0]?.[0] as Locale,
    published: having((marks) => !marks.includes('retracted')),
    withSummary: whole,
    withBody: whole,
    stale: having((marks) => marks.includes('stale')),
    retracted: having((marks) => marks.includes('retracted')),
  };
}

/** Every release that the tables allow, as far as its public locales go: 500 of them. */
export function everyRelease(): PublishedLocales[] {
  return LOCALES.flatMap((original) => {
    let texts: string[] = [original];
    for (const locale of LOCALES) {
      if (locale === original) continue;
      const choices = ['', '!stale', '!part', '!part!stale'].map((marks) => ` ${locale}${marks}`);
      texts = texts.flatMap((text) => ['', ...choices].map((choice) => `${text}${choice}`));
    }
    return texts.map(published);
  });
}
