import type { EntityManager } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';

/** The first publication of a locale of a release. */
export interface FirstPublication {
  readonly at: Date;
  /** `YYYY-MM-DD` if only the day is known; `at` is its start in Washington, D.C. */
  readonly day: string | null;
  /** The first edition with it, if it was published elsewhere before; else null. */
  readonly importEdition: number | null;
}

/** A first publication as an import knows it: an instant, or `YYYY-MM-DD`. */
export type KnownPublication = Date | string;

interface Row {
  readonly locale: Locale;
  readonly own: Date;
  readonly edition: number;
  readonly at: Date | null;
  readonly day: string | null;
}

/** The first publication of each locale, over all editions. If it was published elsewhere before, that date counts. */
export async function firstPublications(
  manager: EntityManager,
  releaseId: string,
): Promise<Map<Locale, FirstPublication>> {
  const rows = await manager.query<Row[]>(
    `SELECT t.locale, min(e.published_at) AS own, min(t.edition) AS edition, f.at, f.day::text AS day
       FROM authoring.edition_text t
       JOIN authoring.edition e ON e.release_id = t.release_id AND e.number = t.edition
       LEFT JOIN authoring.first_publication f ON (f.release_id, f.locale) = (t.release_id, t.locale)
      WHERE t.release_id = $1
      GROUP BY t.locale, f.at, f.day`,
    [releaseId],
  );
  return new Map(
    rows.map(({ locale, own, edition, at, day }): [Locale, FirstPublication] => {
      if (at === null || at > own) return [locale, { at: own, day: null, importEdition: null }];
      return [locale, { at, day, importEdition: edition }];
    }),
  );
}

export interface FirstPublicationInput {
  readonly locale: Locale;
  readonly known: KnownPublication;
  /** Given explicitly; otherwise taken from the date of the release, for a text that was never published. */
  readonly isGiven: boolean;
}

/**
 * Records that texts were published elsewhere before. Readers get the dates with the next edition.
 *
 * @param inputs no later than now
 * @returns the locales whose first publication has changed
 */
export async function recordFirstPublications(
  manager: EntityManager,
  releaseId: string,
  inputs: readonly FirstPublicationInput[],
): Promise<Locale[]> {
  const before = await firstPublications(manager, releaseId);
  const rows = inputs
    .filter(({ locale, known, isGiven }) => {
      const present = before.get(locale);
      return present ? isGiven && !isSame(present, known) : true;
    })
    .map(({ locale, known, isGiven }) => {
      const day = typeof known === 'string' ? known : null;
      return { locale, at: known instanceof Date ? known : null, day, is_given: isGiven };
    });
  if (rows.length === 0) return [];
  const written = await manager.query<{ locale: Locale }[]>(
    `INSERT INTO authoring.first_publication AS f (release_id, locale, at, day)
     SELECT $1, locale, coalesce(at, least(day::timestamp AT TIME ZONE 'America/New_York',
                                           date_trunc('milliseconds', clock_timestamp()))), day
       FROM jsonb_to_recordset($2) AS g (locale text, at timestamptz, day date, is_given boolean)
     ON CONFLICT (release_id, locale) DO UPDATE SET at = excluded.at, day = excluded.day
      WHERE EXISTS (SELECT FROM jsonb_to_recordset($2) AS g (locale text, is_given boolean)
                     WHERE g.locale = f.locale AND g.is_given)
        AND (f.day IS DISTINCT FROM excluded.day OR f.day IS NULL AND f.at <> excluded.at)
     RETURNING locale`,
    [releaseId, JSON.stringify(rows)],
  );
  return written.map(({ locale }) => locale);
}

/** To the millisecond, the precision of instants in responses. */
function isSame({ at, day }: FirstPublication, known: KnownPublication): boolean {
  if (typeof known === 'string') return day === known;
  return day === null && at.getTime() === known.getTime();
}
