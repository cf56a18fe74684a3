import type { Locale } from '../../kernel/locale.js';
import type { Freshness, SegmentKind, TextOrigin } from '../../kernel/release.js';
import type { Queryable } from '../../platform/db/queryable.js';
import { freshnessAgainst, type SourceVersion, WHOLE_ORIGINAL } from '../release/index.js';
import { type LocaleSegment, readingOrder } from '../translation/index.js';

/** A segment of one locale beside its source; see the GraphQL type Segment. */
export interface StaffSegment {
  readonly key: string;
  readonly kind: SegmentKind;
  readonly source: string | null;
  readonly sourceDigest: string | null;
  readonly target: string | null;
  readonly omitted: boolean;
  readonly freshness: Freshness | null;
  readonly origin: TextOrigin | null;
  readonly sourceWas: string | null;
}

/** A version with its words; see authoring.source_version. */
export interface WordedVersion extends SourceVersion {
  readonly text: string | null;
}

type Versions = ReadonlyMap<string, readonly WordedVersion[]>;

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

/** In two statements, whatever their number; each in the order of reading. */
export async function loadStaffSegments(
  db: Queryable,
  keys: readonly { readonly releaseId: string; readonly locale: Locale }[],
): Promise<StaffSegment[][]> {
  const releaseIds = keys.map(({ releaseId }) => releaseId);
  const rows = await db.query<Row>(SEGMENTS, [releaseIds, keys.map(({ locale }) => locale)]);
  const versions = await loadWordedVersions(db, releaseIds);
  return keys.map(({ releaseId, locale }) => {
    const own = rows.filter((row) => row.releaseId === releaseId && row.locale === locale);
    const isOriginal = own.some((row) => row.isOriginal);
    return staffSegments(own, isOriginal ? null : (versions.get(releaseId) ?? new Map()));
  });
}

/** Every text that the sources of these releases have had, by release and key. */
export async function loadWordedVersions(
  db: Queryable,
  releaseIds: readonly string[],
): Promise<Map<string, Map<string, WordedVersion[]>>> {
  const rows = await db.query<WordedVersion & { releaseId: string }>(VERSIONS, [releaseIds]);
  const found = new Map<string, Map<string, WordedVersion[]>>();
  for (const row of rows) {
    const ofRelease = found.get(row.releaseId) ?? new Map<string, WordedVersion[]>();
    found.set(row.releaseId, ofRelease.set(row.key, [...(ofRelease.get(row.key) ?? []), row]));
  }
  return found;
}

/** @param versions null for the original itself, which has no source */
export function staffSegments(
  segments: readonly LocaleSegment[],
  versions: Versions | null,
): StaffSegment[] {
  return readingOrder(segments).map((segment) => {
    const { key, kind, text, omitted, origin } = segment;
    const common = { key, kind, target: text, omitted, origin: text === null ? null : origin };
    if (versions === null) {
      const freshness = text === null ? null : ('CURRENT' as const);
      return { ...common, source: null, sourceDigest: null, freshness, sourceWas: null };
    }
    return { ...common, ...againstSource(segment, versions) };
  });
}

function againstSource(
  { key, own, text, omitted, sourceDigest }: LocaleSegment,
  versions: Versions,
) {
  const ofSource = versions.get(own ? WHOLE_ORIGINAL : key) ?? [];
  const present = ofSource.at(-1);
  const isWritten = text !== null || omitted;
  const madeFrom = sourceDigest ?? '';
  const was = isWritten && madeFrom !== present?.digest;
  return {
    source: own ? null : (present?.text ?? null),
    sourceDigest: own ? null : (present?.digest ?? null),
    freshness: text === null ? null : freshnessAgainst(ofSource, madeFrom, present?.digest),
    sourceWas:
      was && !own ? (ofSource.findLast(({ digest }) => digest === madeFrom)?.text ?? null) : null,
  };
}
