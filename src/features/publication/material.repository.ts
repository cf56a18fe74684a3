import type { Locale } from '../../kernel/locale.js';
import type { Queryable } from '../../platform/db/queryable.js';
import type { PublishPolicy, SourceVersion } from '../release/index.js';
import type { LocaleSegment } from '../translation/index.js';
import type { StartedState } from '../../kernel/workflow.js';
import type { EditionFacts } from './edition-row.js';
import { findLastEdition, type LastEdition } from './edition.repository.js';

/** The current text of one locale. A segment omitted on purpose has `omitted`; a missing one is not in the list. */
export interface WrittenText {
  readonly revision: number;
  readonly state: StartedState;
  readonly segments: readonly LocaleSegment[];
}

/** Everything that the next edition of a release is composed from. */
export interface Material {
  readonly releaseId: string;
  /** By the clock of the database. */
  readonly now: Date;
  readonly policy: PublishPolicy;
  readonly facts: EditionFacts;
  readonly texts: ReadonlyMap<Locale, WrittenText>;
  readonly versions: ReadonlyMap<string, readonly SourceVersion[]>;
  readonly last: LastEdition | null;
  /** The locales that were published once and are not in the newest edition. */
  readonly retracted: readonly Locale[];
}

/** The revision of each locale that a schedule publishes. */
export type Pins = Readonly<Partial<Record<Locale, number>>>;

const RELEASE = `
  SELECT now(), r.number, r.type, r.date::text, r.original_locale AS "originalLocale", r.publish_policy AS policy,
    ARRAY(SELECT state_code FROM authoring.release_state s
           WHERE s.release_id = r.id AND relation = 'AUDIENCE' ORDER BY position) AS audiences,
    ARRAY(SELECT state_code FROM authoring.release_state s
           WHERE s.release_id = r.id AND relation = 'MENTION' ORDER BY position) AS mentions,
    ARRAY(SELECT topic_id FROM authoring.release_topic t
           WHERE t.release_id = r.id ORDER BY position)::text[] AS "topicIds",
    (SELECT coalesce(json_agg(json_build_object('locale', t.locale, 'state', t.state, 'revision', t.revision)), '[]')
       FROM authoring.translation t WHERE t.release_id = r.id) AS translations,
    (SELECT coalesce(json_agg(json_build_object('key', v.key, 'version', v.version, 'digest', v.digest,
              'change', v.change) ORDER BY v.key, v.version), '[]')
       FROM authoring.source_version v WHERE v.release_id = r.id) AS versions,
    ARRAY(SELECT t.locale FROM authoring.edition_text t WHERE t.release_id = r.id GROUP BY t.locale
          HAVING max(t.edition) < (SELECT max(number) FROM authoring.edition WHERE release_id = r.id)) AS retracted
    FROM authoring.release r
   WHERE r.id = $1`;

const SEGMENTS = `
  SELECT t.locale, s.key, s.kind, s.locale IS NOT NULL AS own, s.after_key AS "afterKey", t.text,
         t.text IS NULL AS omitted, t.source_digest AS "sourceDigest", t.origin
    FROM authoring.segment s
    JOIN authoring.segment_text t USING (release_id, key)
   WHERE s.release_id = $1
   ORDER BY s.locale IS NOT NULL, s.position`;

// The state is that of the last step of the workflow in the pinned revision. Without such a step the text was approved
// when it was pinned, or its approval was waived.
const PINNED = `
  SELECT p.locale, p.revision, h.segments,
         coalesce((SELECT CASE n.action WHEN 'CHANGES_REQUESTED' THEN n.action WHEN 'SUBMITTED' THEN 'IN_REVIEW' END
                     FROM authoring.translation_revision n
                    WHERE n.release_id = $1 AND n.locale = p.locale AND n.revision = p.revision
                      AND n.action NOT IN ('PUBLISHED', 'RETRACTED')
                    ORDER BY n.id DESC LIMIT 1), 'APPROVED') AS state
    FROM unnest($2::text[], $3::int[]) AS p (locale, revision)
    JOIN authoring.translation_revision h
      ON h.release_id = $1 AND h.locale = p.locale AND h.revision = p.revision AND h.segments IS NOT NULL`;

interface ReleaseRow extends EditionFacts {
  readonly now: Date;
  readonly policy: PublishPolicy;
  readonly translations: readonly { locale: Locale; state: StartedState; revision: number }[];
  readonly versions: readonly SourceVersion[];
  readonly retracted: readonly Locale[];
}

/** In three statements, with the newest text of every locale; null for an unknown release. */
export async function loadMaterial(db: Queryable, releaseId: string): Promise<Material | null> {
  const [row] = await db.query<ReleaseRow>(RELEASE, [releaseId]);
  if (!row) return null;
  const segments = await db.query<LocaleSegment & { locale: Locale }>(SEGMENTS, [releaseId]);
  const last = await findLastEdition(db, releaseId);
  const { now, policy, retracted, translations, number, type, date, originalLocale } = row;
  const { audiences, mentions, topicIds } = row;
  const texts = translations.map(({ locale, state, revision }) => {
    const own = segments.filter((segment) => segment.locale === locale);
    return [locale, { state, revision, segments: own }] as const;
  });
  return {
    releaseId,
    now,
    policy,
    retracted,
    last,
    facts: { number, type, date, originalLocale, audiences, mentions, topicIds },
    texts: new Map(texts),
    versions: byKey(row.versions),
  };
}

function byKey(versions: readonly SourceVersion[]): Map<string, SourceVersion[]> {
  const found = new Map<string, SourceVersion[]>();
  for (const version of versions) {
    found.set(version.key, [...(found.get(version.key) ?? []), version]);
  }
  return found;
}

/** The same, with the texts that a schedule has pinned instead of newer ones. */
export async function withPinnedTexts(
  db: Queryable,
  material: Material,
  pins: Pins,
): Promise<Material> {
  const older = (Object.entries(pins) as [Locale, number][]).filter(([locale, revision]) => {
    return material.texts.get(locale)?.revision !== revision;
  });
  if (older.length === 0) return material;
  const rows = await db.query<WrittenText & { locale: Locale }>(PINNED, [
    material.releaseId,
    older.map(([locale]) => locale),
    older.map(([, revision]) => revision),
  ]);
  const texts = new Map(material.texts);
  for (const { locale, revision, state, segments } of rows) {
    const read = segments.map((segment) => ({ ...segment, omitted: segment.text === null }));
    texts.set(locale, { revision, state, segments: read });
  }
  return { ...material, texts };
}
