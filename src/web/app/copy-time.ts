import { type Locale, TAG_OF } from '../../kernel/locale.js';

/** An instant in the reader's time zone, for readers. */
export function copyTime(at: string, locale: Locale): string {
  const format = { dateStyle: 'long', timeStyle: 'short' } as const;
  return new Intl.DateTimeFormat(TAG_OF[locale], format).format(new Date(at));
}
