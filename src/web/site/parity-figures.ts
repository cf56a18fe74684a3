import type { Locale } from '../../kernel/locale.js';
import type { SiteLanguagesQuery } from '../generated/site.js';
import { type Page, tagOf } from './page.js';

export type Parity = SiteLanguagesQuery['parity'];
export type Month = Parity['months'][number];

export function publishedIn(locales: Month['locales'], locale: Locale): number {
  return locales.find((one) => one.locale === locale)?.published ?? 0;
}

/** @param month its first day, `YYYY-MM-DD` */
export function monthName(page: Page, month: string): string {
  const format = { year: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(tagOf(page), format).format(new Date(`${month}T00:00:00Z`));
}

/** A part as a percentage of the whole. */
export function share(page: Page, part: number, whole: number): string {
  if (whole === 0) return '–';
  return new Intl.NumberFormat(tagOf(page), { style: 'percent' }).format(part / whole);
}
