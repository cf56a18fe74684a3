import type pg from 'pg';

import { type Locale, LOCALES, perLocale } from '../../kernel/locale.js';
import { localeOfNumber } from '../../kernel/localization.js';
import { RELEASE_TYPES } from '../../kernel/release.js';
import { ReadSnapshot } from '../../platform/db/index.js';
import type { PublishedContent } from '../publication/index.js';
import { formatReleaseLine, type ImportedRelease, type ImportedText } from '../release/index.js';

/** What is public of a locale that is or was out. */
interface PublicLocale {
  locale: Locale;
  publishedAt: string | null;
  publishedOn?: string;
}

interface Row {
  number: string;
  type: number;
  date: string;
  original: number;
  audiences: string[];
  mentions: string[];
  topics: string[];
  locales: PublicLocale[];
  texts: { locale: number; content: PublishedContent }[];
}

const AT_ONCE = 200;

const PAGE = `
  SELECT r.number, r.type, r.date, r.original, r.audiences, r.mentions, r.locales,
         ARRAY(SELECT t.slug FROM reference.topic t WHERE t.id = ANY (r.topics)) AS topics,
         (SELECT json_agg(json_build_object('locale', t.locale, 'content', t.content))
            FROM published.text t WHERE t.release_id = r.id) AS texts
    FROM published.release r
   WHERE (r.date, r.number) > ($1::date, $2::text)
   ORDER BY r.date, r.number
   LIMIT ${AT_ONCE}`;

/** All that is public, one JSON line a release, by date and number: one instant of the database. */
export async function* exportLines(readPool: pg.Pool): AsyncGenerator<string> {
  const snapshot = new ReadSnapshot(readPool);
  try {
    let after: readonly [string, string] = ['0001-01-01', ''];
    for (;;) {
      const rows = await snapshot.query<Row>(PAGE, after);
      for (const row of rows) yield formatReleaseLine(exported(row));
      const last = rows.at(-1);
      if (!last || rows.length < AT_ONCE) return;
      after = [last.date, last.number];
    }
  } finally {
    await snapshot.close();
  }
}

function exported(row: Row): ImportedRelease {
  const original = localeOfNumber(row.original);
  const type = RELEASE_TYPES[row.type - 1];
  if (original === null || type === undefined) throw new Error('a value that the tables rule out');
  const texts: Partial<Record<Locale, ImportedText>> = {};
  const contents = perLocale((locale) => {
    return row.texts.find(({ locale: number }) => localeOfNumber(number) === locale)?.content;
  });
  for (const locale of LOCALES) {
    const content = contents[locale];
    if (!content) continue;
    const blocks = content.blocks.map(({ kind, text }) => ({ kind, text }));
    texts[locale] = { title: content.title.text, summary: content.summary?.text ?? null, blocks };
  }
  const first = (locale: Locale): string | undefined => {
    const found = row.locales.find((entry) => entry.locale === locale);
    return found?.publishedOn ?? found?.publishedAt ?? undefined;
  };
  const publishedAt = first(original);
  for (const locale of LOCALES) {
    const text = texts[locale];
    const own = first(locale);
    if (text && own !== undefined && own !== publishedAt)
      texts[locale] = { ...text, publishedAt: own };
  }
  const { number, date } = row;
  return {
    number,
    type,
    date,
    ...(publishedAt !== undefined && { publishedAt }),
    originalLocale: original,
    audiences: row.audiences.toSorted(),
    mentions: row.mentions.toSorted(),
    topics: row.topics.toSorted(),
    texts,
  };
}
