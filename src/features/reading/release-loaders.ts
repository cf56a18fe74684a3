import DataLoader from 'dataloader';

import type { Locale } from '../../kernel/locale.js';
import { localeNumber } from '../../kernel/localization.js';
import type { Queryable } from '../../platform/db/queryable.js';
import {
  RELEASE_COLUMNS,
  type ReleaseRecord,
  releaseRecord,
  type ReleaseRow,
} from './release-record.js';
import {
  type TextRecord,
  textRecord,
  type TextSummary,
  textSummary,
  type WholeTextRow,
} from './text-record.js';

export interface TextKey {
  readonly releaseId: string;
  readonly locale: Locale;
}

const cacheKeyFn = ({ releaseId, locale }: TextKey) => `${releaseId} ${locale}`;

/** Reads each row once; rows that are requested in one turn of the event loop are read in one statement. */
export class ReleaseLoaders {
  constructor(private readonly db: Queryable) {}

  readonly byId = new DataLoader<string, ReleaseRecord | null>(async (ids) => {
    const records = await this.releases('r.id = ANY ($1::uuid[])', ids);
    const found = new Map(records.map((record) => [record.id, record]));
    return ids.map((id) => found.get(id) ?? null);
  });

  readonly byNumber = new DataLoader<string, ReleaseRecord | null>(async (numbers) => {
    const records = await this.releases('r.number = ANY ($1::text[])', numbers);
    const found = new Map(records.map((record) => [record.number, record]));
    return numbers.map((number) => found.get(number) ?? null);
  });

  async bySlug(slug: string): Promise<ReleaseRecord | null> {
    const where =
      "r.id = (SELECT release_id FROM published.slug WHERE digest = sha256(convert_to($1, 'UTF8')))";
    const rows = await this.db.query<ReleaseRow>(selectReleases(where), [
      slug.toLowerCase().replaceAll('\0', ''),
    ]);
    return rows[0] ? releaseRecord(rows[0]) : null;
  }

  /** With the body. */
  readonly text = new DataLoader<TextKey, TextRecord, string>(
    async (keys) => {
      const rows = await this.texts(keys, 't.head::text AS fields, t.content, t.renderings');
      return inOrder(keys, rows, textRecord);
    },
    { cacheKeyFn },
  );

  /** Without the body, except for rows of earlier versions, which have no separate summary. */
  readonly summary = new DataLoader<TextKey, TextSummary, string>(
    async (keys) => {
      const columns =
        't.head::text AS fields, CASE WHEN t.head IS NULL THEN t.content END AS content';
      return inOrder(keys, await this.texts(keys, columns), textSummary);
    },
    { cacheKeyFn },
  );

  /**
   * When the text of a release in one locale last changed; null if it has not changed since it was first published. For
   * rows that do not record it.
   */
  readonly modifiedAt = new DataLoader<TextKey, Date | null, string>(
    async (keys) => {
      const rows = await this.db.query<{ at: Date | null }>(
        `SELECT (SELECT CASE WHEN count(*) > 1 THEN max(l.at) END FROM published.change_log l
                WHERE l.release_id = k.release_id AND l.kind = 'PUBLISHED'
                  AND l.changed_mask >> (k.locale - 1) & 1 = 1) AS at
         FROM unnest($1::uuid[], $2::smallint[]) WITH ORDINALITY AS k (release_id, locale, place)
        ORDER BY k.place`,
        placesOf(keys),
      );
      return rows.map(({ at }) => at);
    },
    { cacheKeyFn },
  );

  private async releases(where: string, keys: readonly string[]): Promise<ReleaseRecord[]> {
    const rows = await this.db.query<ReleaseRow>(selectReleases(where), [keys]);
    return rows.map(releaseRecord);
  }

  private texts(keys: readonly TextKey[], columns: string): Promise<PlacedRow[]> {
    return this.db.query<PlacedRow>(
      `SELECT k.place::int AS place, t.locale, t.slug, t.title, ${columns}
         FROM unnest($1::uuid[], $2::smallint[]) WITH ORDINALITY AS k (release_id, locale, place)
         JOIN published.text t USING (release_id, locale)`,
      placesOf(keys),
    );
  }
}

interface PlacedRow extends WholeTextRow {
  /** The position of the key that it was found by, from 1. */
  readonly place: number;
}

function selectReleases(where: string): string {
  return `SELECT ${RELEASE_COLUMNS} FROM published.release r WHERE ${where}`;
}

function placesOf(keys: readonly TextKey[]): unknown[] {
  return [keys.map(({ releaseId }) => releaseId), keys.map(({ locale }) => localeNumber(locale))];
}

function inOrder<T>(
  keys: readonly TextKey[],
  rows: readonly PlacedRow[],
  make: (row: PlacedRow) => T,
): (T | Error)[] {
  const found = new Map(rows.map((row) => [row.place, row]));
  return keys.map(({ releaseId, locale }, index) => {
    const row = found.get(index + 1);
    return row ? make(row) : new Error(`no text of ${releaseId} in ${locale}`);
  });
}
