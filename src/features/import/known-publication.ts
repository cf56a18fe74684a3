import { isInstant } from '../../kernel/calendar-date.js';
import { AppError } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import type { FirstPublicationInput, KnownPublication } from '../publication/index.js';
import type { Incoming } from './incoming.js';

/** Used instead of a date: each text was published on the date of its page or release. */
export const OWN_DATE = 'own-date';

/**
 * The publication dates of imported texts that were published before the import: as in the files or from the caller,
 * otherwise their own dates. A text dated today or later is published by the import, and has no entry.
 *
 * @param givenDate `YYYY-MM-DD`, an instant, or {@link OWN_DATE}: for all texts, overriding their files
 * @throws AppError PUBLISHED_AT_FUTURE
 */
export function knownPublications(
  { texts, date, dates, publishedAt }: Incoming,
  { givenDate, isPublishing, now }: { givenDate: string | null; isPublishing: boolean; now: Date },
): FirstPublicationInput[] {
  const today = now.toISOString().slice(0, 10);
  return (Object.keys(texts) as Locale[]).flatMap((locale): FirstPublicationInput[] => {
    const ownDate = dates?.[locale] ?? date;
    const publishedDate = givenDate ?? texts[locale]?.publishedAt ?? publishedAt ?? null;
    if (publishedDate !== null && publishedDate !== OWN_DATE) {
      return [{ locale, known: pastOf(publishedDate, today, now), isGiven: true }];
    }
    if (ownDate >= today || (publishedDate === null && !isPublishing)) return [];
    return [{ locale, known: ownDate, isGiven: publishedDate !== null }];
  });
}

function pastOf(value: string, today: string, now: Date): KnownPublication {
  const known = isInstant(value) ? new Date(value) : value;
  if (known instanceof Date ? known > now : known > today) {
    throw new AppError('PUBLISHED_AT_FUTURE', { value });
  }
  return known;
}
