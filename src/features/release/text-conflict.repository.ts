import type { EntityManager } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';
import type { SegmentConflict } from '../../kernel/refusal.js';

/** A text that two people have edited at the same time. */
export interface TextPlace {
  readonly releaseId: string;
  readonly locale: Locale;
  /** The revision that the caller edited; 0 if there was no text. */
  readonly expected: number;
}

/** The text that the caller has sent for a segment. */
export interface Intended {
  /** null if the request has no text for it. */
  readonly text: string | null;
  readonly sourceChanged: boolean;
}

/**
 * The conflicting segments: those that the caller has sent, and those that others have changed since the revision that
 * the caller edited.
 *
 * @param present the texts of this locale as they are now
 */
export async function textConflicts(
  manager: EntityManager,
  place: TextPlace,
  present: ReadonlyMap<string, string | null>,
  intended: ReadonlyMap<string, Intended>,
): Promise<SegmentConflict[]> {
  const base = await textsAt(manager, place);
  const moved = [...new Set([...base.keys(), ...present.keys()])].filter((key) => {
    return (base.get(key) ?? null) !== (present.get(key) ?? null);
  });
  const keys = new Set([...intended.keys(), ...moved]);
  return [...keys].map((key) => {
    const yours = intended.get(key);
    return {
      key,
      base: base.get(key) ?? null,
      theirs: present.get(key) ?? null,
      yours: yours?.text ?? null,
      sourceChanged: yours?.sourceChanged ?? false,
    };
  });
}

/** The texts of a locale in one revision. A step of the workflow has those of the revision before it. */
async function textsAt(
  manager: EntityManager,
  { releaseId, locale, expected }: TextPlace,
): Promise<Map<string, string | null>> {
  const rows = await manager.query<{ key: string; text: string | null }[]>(
    `SELECT s ->> 'key' AS key, s ->> 'text' AS text
       FROM (SELECT segments FROM authoring.translation_revision
              WHERE release_id = $1 AND locale = $2 AND revision <= $3 AND segments IS NOT NULL
              ORDER BY revision DESC LIMIT 1) AS h
      CROSS JOIN LATERAL jsonb_array_elements(h.segments) AS s`,
    [releaseId, locale, expected],
  );
  return new Map(rows.map(({ key, text }) => [key, text]));
}
