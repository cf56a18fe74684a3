import { type Locale, LOCALES } from '../../kernel/locale.js';
import { localeOfNumber } from '../../kernel/localization.js';
import type { Queryable } from '../../platform/db/queryable.js';
import type { PublicLocale } from '../reading/index.js';

export interface SitemapRelease {
  readonly original: Locale | null;
  /** Only locales that are published. */
  readonly texts: readonly {
    readonly locale: Locale;
    readonly slug: string;
    readonly changedAt: Date | null;
  }[];
}

interface Row {
  original: number;
  locales: PublicLocale[];
  changed: (Date | null)[] | null;
}

export async function countReleases(db: Queryable): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM published.release',
    [],
  );
  return row?.count ?? 0;
}

/** Lists releases by date, starting at index `first`, counted from 0. */
export async function listForSitemap(
  db: Queryable,
  first: number,
  count: number,
): Promise<SitemapRelease[]> {
  const changed = LOCALES.map((_, index) => {
    return `max(l.at) FILTER (WHERE l.changed_mask >> ${index} & 1 = 1)`;
  });
  const rows = await db.query<Row>(
    `SELECT r.original, r.locales,
            (SELECT ARRAY[${changed.join(', ')}] FROM published.change_log l
              WHERE l.release_id = r.id AND l.kind = 'PUBLISHED') AS changed
       FROM (SELECT id, row_number() OVER (ORDER BY date, number) AS place FROM published.release) p
       JOIN published.release r ON r.id = p.id
      WHERE p.place > $1 AND p.place <= $1 + $2
      ORDER BY p.place`,
    [first, count],
  );
  return rows.map(({ original, locales, changed: times }) => {
    const texts = locales.flatMap(({ locale, slug }) => {
      const changedAt = times?.[LOCALES.indexOf(locale)] ?? null;
      return slug === null ? [] : [{ locale, slug, changedAt }];
    });
    return { original: localeOfNumber(original), texts };
  });
}
