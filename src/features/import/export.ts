import type pg from 'pg';

import { type Locale, LOCALES } from '../../kernel/locale.js';
import { localeOfNumber } from '../../kernel/localization.js';
import { RELEASE_TYPES } from '../../kernel/release.js';
import { ReadSnapshot } from '../../platform/db/index.js';
import type { PublishedContent } from '../publication/index.js';
import { formatReleaseLine } from './release-line.js';
import { type ImportedRelease, type ImportedText, type TopicNames } from './page/imported.js';

/** The public data of a locale that is or was published. */
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
  topicNames: TopicNames | null;
  locales: PublicLocale[];
  texts: { locale: number; content: PublishedContent; slug: string; oldSlugs: string[] | null }[];
}

const AT_ONCE = 200;

const PAGE = `
  SELECT r.number, r.type, r.date, r.original, r.audiences, r.mentions, r.locales,
         ARRAY(SELECT t.slug FROM reference.topic t WHERE t.id = ANY (r.topics)) AS topics,
         (SELECT json_object_agg(t.slug, (SELECT json_object_agg(n.locale, n.name)
                                            FROM reference.topic_name n WHERE n.topic_id = t.id))
            FROM reference.topic t
           WHERE t.id = ANY (r.topics)
             AND EXISTS (SELECT FROM reference.topic_name n WHERE n.topic_id = t.id)) AS "topicNames",
         (SELECT json_agg(json_build_object('locale', t.locale, 'content', t.content, 'slug', t.slug,
                   'oldSlugs', (SELECT json_agg(s.slug) FROM authoring.slug s
                                 WHERE s.release_id = r.id AND s.slug <> t.slug
                                   AND s.locale = ('{EN,ES,FR,PT}'::text[])[t.locale])))
            FROM published.text t WHERE t.release_id = r.id) AS texts
    FROM published.release r
   WHERE (r.date, r.number) > ($1::date, $2::text)
   ORDER BY r.date, r.number
   LIMIT ${AT_ONCE}`;

/**
 * Yields everything that is public, one JSON line per release, by date and number, from one snapshot of the database.
 * Includes the previous slugs of public texts, of which the published tables only store digests.
 */
export async function* exportLines(staffPool: pg.Pool): AsyncGenerator<string> {
  const snapshot = new ReadSnapshot(staffPool);
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
  for (const locale of LOCALES) {
    const text = row.texts.find(({ locale: number }) => localeOfNumber(number) === locale);
    if (text) texts[locale] = exportedText(text);
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
    ...(row.topicNames && { topicNames: row.topicNames }),
    texts,
  };
}

function exportedText({ content, slug, oldSlugs }: Row['texts'][number]): ImportedText {
  const blocks = content.blocks.map(({ kind, text }) => ({ kind, text }));
  const summary = content.summary?.text ?? null;
  return { title: content.title.text, summary, blocks, slug, oldSlugs: oldSlugs ?? [] };
}
