import type { Locale } from '../../kernel/locale.js';
import type { Queryable } from '../../platform/db/queryable.js';
import type { LocaleSegment } from './reading-order.policy.js';
import {
  type SourceText,
  type SourceTexts,
  type StaffSegment,
  staffSegments,
} from './segment.policy.js';
import type { TextPlace } from './text-place.js';

interface Row extends LocaleSegment {
  readonly releaseId: string;
  readonly locale: Locale;
  readonly isOriginal: boolean;
}

const SEGMENTS = `
  SELECT k.release_id AS "releaseId", k.locale, r.original_locale = k.locale AS "isOriginal",
         s.key, s.kind, s.locale IS NOT NULL AS own, s.after_key AS "afterKey", t.text,
         t.key IS NOT NULL AND t.text IS NULL AS omitted, t.source_digest AS "sourceDigest", t.origin
    FROM unnest($1::uuid[], $2::text[]) AS k (release_id, locale)
    JOIN authoring.release r ON r.id = k.release_id
    JOIN authoring.segment s ON s.release_id = k.release_id AND (s.locale IS NULL OR s.locale = k.locale)
    LEFT JOIN authoring.segment_text t
      ON t.release_id = k.release_id AND t.key = s.key AND t.locale = k.locale
   ORDER BY s.locale IS NOT NULL, s.position`;

const VERSIONS = `
  SELECT release_id AS "releaseId", key, version, digest, change, text FROM authoring.source_version
   WHERE release_id = ANY ($1::uuid[]) ORDER BY release_id, key, version`;

/** The segments of each text in reading order: two statements, however many texts are requested. */
export async function loadStaffSegments(
  db: Queryable,
  places: readonly TextPlace[],
): Promise<StaffSegment[][]> {
  const releaseIds = places.map(({ releaseId }) => releaseId);
  const rows = await db.query<Row>(SEGMENTS, [releaseIds, places.map(({ locale }) => locale)]);
  const versions = await loadSourceTexts(db, releaseIds);
  return places.map(({ releaseId, locale }) => {
    const own = rows.filter((row) => row.releaseId === releaseId && row.locale === locale);
    const isOriginal = own.some((row) => row.isOriginal);
    return staffSegments(own, isOriginal ? null : (versions.get(releaseId) ?? new Map()));
  });
}

/** All texts that the sources of these releases have had, by release. */
export async function loadSourceTexts(
  db: Queryable,
  releaseIds: readonly string[],
): Promise<ReadonlyMap<string, SourceTexts>> {
  const rows = await db.query<SourceText & { releaseId: string }>(VERSIONS, [releaseIds]);
  const found = new Map<string, Map<string, SourceText[]>>();
  for (const row of rows) {
    const ofRelease = found.get(row.releaseId) ?? new Map<string, SourceText[]>();
    found.set(row.releaseId, ofRelease.set(row.key, [...(ofRelease.get(row.key) ?? []), row]));
  }
  return found;
}
