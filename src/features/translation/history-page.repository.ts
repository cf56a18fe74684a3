import type { Locale } from '../../kernel/locale.js';
import type { Queryable } from '../../platform/db/queryable.js';
import type { RevisionAction } from '../release/index.js';
import { asLocaleSegment, type RecordedSegment } from './history.repository.js';
import type { TextPlace } from './text-place.js';
import type { LocaleSegment } from './reading-order.policy.js';

/** One step in the history of a locale, without the text. */
export interface HistoryStep extends TextPlace {
  /** Grows with time. */
  readonly id: string;
  readonly revision: number;
  readonly at: Date;
  readonly by: string;
  readonly action: RevisionAction;
  readonly comment: string | null;
}

/** A page of each history, newest first. */
export interface HistoryPage {
  readonly size: number;
  /** The id of the step before the page; null for the first page. */
  readonly after: string | null;
}

interface StepRow extends Omit<HistoryStep, 'releaseId'> {
  readonly release_id: string;
}

/** The steps of each of these texts, newest first; one more than a page has, if there are more. */
export async function loadHistories(
  db: Queryable,
  places: readonly TextPlace[],
  { size, after }: HistoryPage,
): Promise<HistoryStep[][]> {
  const rows = await db.query<StepRow>(
    `SELECT h.place::text AS id, h.release_id, h.locale, h.revision, h.at, h.by, h.action, h.comment
       FROM unnest($1::uuid[], $2::text[]) AS p (release_id, locale)
      CROSS JOIN LATERAL (
        SELECT r.id AS place, r.release_id, r.locale, r.revision, r.at, r.by, r.action, r.comment
          FROM authoring.translation_revision r
         WHERE r.release_id = p.release_id AND r.locale = p.locale AND ($3::bigint IS NULL OR r.id < $3)
         ORDER BY r.id DESC LIMIT $4) AS h
      ORDER BY h.place DESC`,
    [...columnsOf(places), after, size + 1],
  );
  const byPlace = new Map<string, HistoryStep[]>(places.map((place) => [nameOf(place), []]));
  for (const { release_id: releaseId, ...row } of rows) {
    byPlace.get(nameOf({ releaseId, locale: row.locale }))?.push({ ...row, releaseId });
  }
  return places.map((place) => byPlace.get(nameOf(place)) ?? []);
}

/** The number of steps of each of these texts. */
export async function countSteps(db: Queryable, places: readonly TextPlace[]): Promise<number[]> {
  const rows = await db.query<{ release_id: string; locale: Locale; steps: number }>(
    `SELECT r.release_id, r.locale, count(*)::int AS steps
       FROM unnest($1::uuid[], $2::text[]) AS p (release_id, locale)
       JOIN authoring.translation_revision r USING (release_id, locale)
      GROUP BY r.release_id, r.locale`,
    columnsOf(places),
  );
  const counts = new Map(
    rows.map(({ release_id: releaseId, locale, steps }) => [nameOf({ releaseId, locale }), steps]),
  );
  return places.map((place) => counts.get(nameOf(place)) ?? 0);
}

export interface TextRevision extends TextPlace {
  readonly revision: number;
}

interface RecordedRow {
  readonly place: number;
  readonly segments: RecordedSegment[];
}

/** The text of each of these revisions; null for an unknown revision. */
export async function loadRecordedTexts(
  db: Queryable,
  revisions: readonly TextRevision[],
): Promise<(LocaleSegment[] | null)[]> {
  const rows = await db.query<RecordedRow>(
    `SELECT p.place::int AS place, r.segments
       FROM unnest($1::uuid[], $2::text[], $3::int[]) WITH ORDINALITY AS p (release_id, locale, revision, place)
       JOIN authoring.translation_revision r USING (release_id, locale, revision)
      WHERE r.segments IS NOT NULL`,
    [...columnsOf(revisions), revisions.map(({ revision }) => revision)],
  );
  const texts = new Map(rows.map(({ place, segments }) => [place, segments.map(asLocaleSegment)]));
  return revisions.map((_, index) => texts.get(index + 1) ?? null);
}

function columnsOf(places: readonly TextPlace[]): [string[], Locale[]] {
  return [places.map(({ releaseId }) => releaseId), places.map(({ locale }) => locale)];
}

function nameOf({ releaseId, locale }: TextPlace): string {
  return `${releaseId} ${locale}`;
}
