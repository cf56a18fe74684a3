import DataLoader from 'dataloader';

import type { Locale } from '../../kernel/locale.js';
import { localeNumber } from '../../kernel/localization.js';
import type { TextExtent } from '../../platform/graphql/execution/declared-needs.js';
import type { Queryable } from '../../platform/db/queryable.js';
import {
  RELEASE_COLUMNS,
  type ReleaseRecord,
  releaseRecord,
  type ReleaseRow,
} from './release-record.js';
import { TEXT_COLUMNS, textOf, type TextOf, type TextRow } from './text-record.js';

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

  /** Texts, to the extent that is needed. */
  readonly texts: { readonly [E in TextExtent]: DataLoader<TextKey, TextOf[E], string> } = {
    TITLE: this.textLoader('TITLE'),
    SUMMARY: this.textLoader('SUMMARY'),
    BODY: this.textLoader('BODY'),
  };

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

  private textLoader<E extends TextExtent>(extent: E): DataLoader<TextKey, TextOf[E], string> {
    return new DataLoader((keys) => this.loadTexts(keys, extent), { cacheKeyFn });
  }

  /** All texts are one row: a list has up to 400, and to parse so many rows costs more than the rest of a request. */
  private async loadTexts<E extends TextExtent>(
    keys: readonly TextKey[],
    extent: E,
  ): Promise<(TextOf[E] | Error)[]> {
    const [found] = await this.db.query<{ rows: PlacedRow[] | null }>(
      `SELECT json_agg(q) AS rows
         FROM (SELECT k.place::int AS place, t.locale, ${TEXT_COLUMNS[extent]}
                 FROM unnest($1::uuid[], $2::smallint[]) WITH ORDINALITY AS k (release_id, locale, place)
                 JOIN published.text t USING (release_id, locale)) q`,
      placesOf(keys),
    );
    const texts: (TextOf[E] | undefined)[] = [];
    for (const row of found?.rows ?? []) texts[row.place - 1] = textOf(extent, row);
    return keys.map(({ releaseId, locale }, index) => {
      return texts[index] ?? new Error(`no text of ${releaseId} in ${locale}`);
    });
  }
}

interface PlacedRow extends TextRow {
  /** The position of the key that it was found by, from 1. */
  readonly place: number;
}

function selectReleases(where: string): string {
  return `SELECT ${RELEASE_COLUMNS} FROM published.release r WHERE ${where}`;
}

function placesOf(keys: readonly TextKey[]): unknown[] {
  return [keys.map(({ releaseId }) => releaseId), keys.map(({ locale }) => localeNumber(locale))];
}
