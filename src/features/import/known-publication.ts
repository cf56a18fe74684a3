import { isInstant } from '../../kernel/calendar-date.js';
import { AppError } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import type { FirstPublicationInput, KnownPublication } from '../publication/index.js';
import type { Incoming } from './incoming.js';

/** In the place of a date: each text came out on the date of its page or release. */
export const OWN_DATE = 'own-date';

/**
 * When the texts of an import came out, where that was before the import: as the files or the caller say, else on their
 * own date. What is dated today or later comes out with the import, and has no entry.
 *
 * @param stated `YYYY-MM-DD`, an instant, or {@link OWN_DATE}: for all texts, whatever their files say
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
