import { AppError } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import { releaseCode } from '../../kernel/reference-code.js';
import type { Embargo } from './page/embargo.js';
import type { ImportedRelease, ImportedText } from './page/imported.js';
import type { ReleasePage } from './page/parse-page.js';
import type { Incoming } from './incoming.js';

/** One release to import, and the source file of each of its texts. */
export interface Delivery {
  readonly incoming: Incoming;
  /** Whether the caller specified the original locale; otherwise an existing release keeps its own. */
  readonly isOriginalGiven: boolean;
  readonly sources: Readonly<Partial<Record<Locale, string>>>;
  /** The date on each page; the date of the original is used, so a different one is only reported. */
  readonly dates: Readonly<Partial<Record<Locale, string>>>;
  /** The embargoes of its texts; the release may not be published before all are over. */
  readonly embargoes: readonly Embargo[];
}

/** @returns the pages of each release number, in the order of the first page of each */
export function pagesByNumber(pages: readonly ReleasePage[]): ReleasePage[][] {
  const groups = new Map<string, ReleasePage[]>();
  for (const page of pages) groups.set(page.number, [...(groups.get(page.number) ?? []), page]);
  return [...groups.values()];
}

/**
 * Combines the pages of one number into one release. Facts are those of the original, otherwise of the first page.
 *
 * @param original the locale of the original, if specified; otherwise that of the first page
 * @throws AppError TEXT_TWICE if two pages are in one locale
 */
export function deliveryOfPages(pages: readonly ReleasePage[], original: Locale | null): Delivery {
  const texts: Partial<Record<Locale, ImportedText>> = {};
  const sources: Partial<Record<Locale, string>> = {};
  const dates: Partial<Record<Locale, string>> = {};
  for (const { locale, source, title, summary, blocks, ...facts } of pages) {
    if (texts[locale]) {
      throw new AppError('TEXT_TWICE', {
        reference: releaseCode(facts.number, locale),
        other: sources[locale] ?? '',
      });
    }
    texts[locale] = { title, summary, blocks };
    sources[locale] = source;
    dates[locale] = facts.date;
  }
  const [first] = pages;
  if (!first) throw new Error('a group has a page');
  const originalLocale = original ?? first.locale;
  const { number, type, date } = pages.find(({ locale }) => locale === originalLocale) ?? first;
  const facts = {
    number,
    type,
    date,
    originalLocale,
    audiences: null,
    mentions: null,
    topics: null,
  };
  const incoming = { ...facts, dates, texts };
  const embargoes = pages.flatMap(({ embargo }) => embargo ?? []);
  return { incoming, isOriginalGiven: original !== null, sources, dates, embargoes };
}

export function deliveryOfLine(release: ImportedRelease, embargo: Embargo | null): Delivery {
  const embargoes = embargo ? [embargo] : [];
  return { incoming: release, isOriginalGiven: true, sources: {}, dates: {}, embargoes };
}
