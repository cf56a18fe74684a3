import type { Locale } from '../../kernel/locale.js';
import { NEEDED_FORMS, PLURAL_ENDING } from '../../kernel/plural-forms.js';
import type { Freshness } from '../../kernel/release.js';
import type { Queryable } from '../../platform/db/queryable.js';
import type { EntryName } from './catalog.repository.js';
import { pluralFormSql } from './plural-entries.repository.js';
import { textDigestSql } from './text-digest.js';

/** An entry in one locale, with or without a text. */
export interface EntryRecord extends EntryName {
  readonly originalLocale: Locale;
  /** null if there is no text yet. */
  readonly value: string | null;
  /** 0 without a value. */
  readonly revision: number;
  readonly freshness: Freshness | null;
  readonly missingPluralForms: readonly string[];
  readonly updatedBy: string | null;
  readonly updatedAt: Date | null;
}

export interface EntryFilter {
  readonly namespace?: readonly string[] | null;
  readonly locale?: readonly Locale[] | null;
  readonly missing?: boolean | null;
  readonly freshness?: readonly Freshness[] | null;
  /** Matches key and text, ignoring case and accents. */
  readonly search?: string | null;
}

/** The start of a page: after this entry. */
export type EntryPlace = readonly [namespace: string, key: string, locale: string];

/**
 * Every entry exists for each locale, but a plural form only if the locale needs it by CLDR, or has it. The source of a
 * translation is the text of the original locale; if that has no such plural form, its general form. An older version
 * of the program created entries for keys that are not plural forms: without a text, they are not listed.
 */
const ENTRIES = `
  FROM (SELECT e.*, form, left(e.key, -length(form) - 1) AS family
          FROM authoring.locale_entry e
         CROSS JOIN LATERAL (SELECT ${pluralFormSql('e.namespace', 'e.key')} AS form) AS f
         WHERE form IS NOT NULL OR e.key !~ '${PLURAL_ENDING}'
            OR EXISTS (SELECT FROM authoring.locale_text x WHERE (x.namespace, x.key) = (e.namespace, e.key))) AS e
 CROSS JOIN unnest('{EN,ES,FR,PT}'::text[]) AS l (locale)
 CROSS JOIN (SELECT lower(unaccent(nullif($6::text, ''))) AS sought) AS q
  LEFT JOIN authoring.locale_text t ON (t.namespace, t.key, t.locale) = (e.namespace, e.key, l.locale)
  LEFT JOIN authoring.locale_text own
         ON (own.namespace, own.key, own.locale) = (e.namespace, e.key, e.original_locale)
  LEFT JOIN authoring.locale_text general ON own.key IS NULL AND form IS NOT NULL
        AND (general.namespace, general.key, general.locale)
          = (e.namespace, e.family || CASE WHEN form LIKE 'ordinal%' THEN '_ordinal_other' ELSE '_other' END, e.original_locale)
 CROSS JOIN LATERAL (SELECT coalesce(own.value, general.value) AS source) AS s
 CROSS JOIN LATERAL (SELECT CASE
         WHEN t.value IS NULL THEN NULL
         WHEN l.locale = e.original_locale OR source IS NULL OR t.source_digest = ${textDigestSql('source')} THEN 'CURRENT'
         ELSE 'STALE' END AS freshness) AS f
 WHERE (t.value IS NOT NULL OR form IS NULL OR l.locale || form = ANY ($1::text[]))
   AND ($2::text[] IS NULL OR e.namespace = ANY ($2))
   AND ($3::text[] IS NULL OR l.locale = ANY ($3))
   AND ($4::boolean IS NULL OR (t.value IS NULL) = $4)
   AND ($5::text[] IS NULL OR freshness = ANY ($5))
   AND (sought IS NULL OR strpos(lower(unaccent(e.key)), sought) > 0 OR strpos(lower(unaccent(t.value)), sought) > 0)
   AND ($7::text IS NULL OR e.key = $7)`;

const MISSING_FORMS = `ARRAY(
    SELECT substr(need, 3) FROM unnest($1::text[]) WITH ORDINALITY AS n (need, place)
     WHERE left(need, 2) = l.locale AND (need LIKE '__ordinal%') = (form LIKE 'ordinal%')
       AND NOT EXISTS (SELECT FROM authoring.locale_text x WHERE (x.namespace, x.key, x.locale)
                         = (e.namespace, e.family || '_' || substr(need, 3), l.locale))
     ORDER BY place)`;

const NEEDED = NEEDED_FORMS.map(({ locale, form }) => locale + form);

/** A page of entries by namespace, key and locale. */
export function listEntries(
  db: Queryable,
  filter: EntryFilter,
  { after, limit }: { readonly after: EntryPlace | null; readonly limit: number },
): Promise<EntryRecord[]> {
  const [namespace, key, locale] = after ?? [null, null, null];
  return db.query<EntryRecord>(
    `SELECT e.namespace, e.key, l.locale, e.original_locale AS "originalLocale", t.value,
            coalesce(t.revision, 0) AS revision, freshness, t.updated_by AS "updatedBy", t.updated_at AS "updatedAt",
            ${MISSING_FORMS} AS "missingPluralForms"
            ${ENTRIES}
        AND ($8::text IS NULL OR (e.namespace, e.key, l.locale) > ($8, $9, $10))
      ORDER BY e.namespace, e.key, l.locale LIMIT $11`,
    [...valuesOf(filter), namespace, key, locale, limit],
  );
}

export async function countEntries(db: Queryable, filter: EntryFilter): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `SELECT count(*)::int AS count ${ENTRIES}`,
    valuesOf(filter),
  );
  return row?.count ?? 0;
}

/** @returns null if the entry does not exist, and for a plural form that the locale neither needs nor has */
export async function findEntry(
  db: Queryable,
  { namespace, key, locale }: EntryName,
): Promise<EntryRecord | null> {
  const only = { namespace: [namespace], locale: [locale] };
  const [row] = await db.query<EntryRecord>(
    `SELECT e.namespace, e.key, l.locale, e.original_locale AS "originalLocale", t.value,
            coalesce(t.revision, 0) AS revision, freshness, t.updated_by AS "updatedBy", t.updated_at AS "updatedAt",
            ${MISSING_FORMS} AS "missingPluralForms"
            ${ENTRIES}`,
    valuesOf(only, key),
  );
  return row ?? null;
}

function valuesOf(
  { namespace, locale, missing, freshness, search }: EntryFilter,
  key: string | null = null,
): unknown[] {
  // PostgreSQL does not accept NUL in text.
  const sought = search?.replaceAll('\0', '');
  const names = namespace?.filter((name) => !name.includes('\0'));
  return [NEEDED, names, locale, missing, freshness, sought, key].map((value) => value ?? null);
}
