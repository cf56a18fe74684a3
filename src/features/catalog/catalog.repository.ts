import type { EntityManager } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';
import { isPublicNamespace } from './entry.policy.js';

/** The channel on which nodes are notified that a text has changed. */
export const CATALOG_CHANNEL = 'gateway_catalog';

/** Identifies one text. */
export interface EntryName {
  readonly namespace: string;
  readonly key: string;
  readonly locale: Locale;
}

export interface StoredText extends EntryName {
  readonly value: string;
  readonly revision: number;
  /** Its value when file and database last agreed; null if no file ever had it. */
  readonly fileValue: string | null;
  /** Whether staff wrote the value, rather than a file. */
  readonly isEdited: boolean;
}

/** The author of texts from files in the history. */
export const OF_FILES = 'locales';

export interface TextToWrite extends EntryName {
  readonly value: string;
  /** The digest of the source that the text was made from; null in the original locale. */
  readonly sourceDigest: string | null;
  /** The value in the file that it comes from; null if it does not come from a file. */
  readonly fileValue: string | null;
}

/**
 * Locks the catalog until the end of the transaction, so that texts are written by one transaction at a time: they are
 * few, and every node reads all of them after each change.
 *
 * @returns the digest of the files of the version that started last
 */
export async function lockCatalog(manager: EntityManager): Promise<string | null> {
  const [row] = await manager.query<{ shipped_digest: string | null }[]>(
    'SELECT shipped_digest FROM authoring.catalog_revision FOR UPDATE',
  );
  return row?.shipped_digest ?? null;
}

/** The digest that {@link lockCatalog} returns, without waiting for other writers. */
export async function findShipped(manager: EntityManager): Promise<string | null> {
  const [row] = await manager.query<{ shipped_digest: string | null }[]>(
    'SELECT shipped_digest FROM authoring.catalog_revision',
  );
  return row?.shipped_digest ?? null;
}

/** Changes with every change of a text. */
export async function findRevision(manager: EntityManager): Promise<number | string | null> {
  const [row] = await manager.query<{ number: number | string }[]>(
    'SELECT number FROM authoring.catalog_revision',
  );
  return row?.number ?? null;
}

export async function loadPrivateNamespaces(manager: EntityManager): Promise<string[]> {
  const rows = await manager.query<{ name: string }[]>(
    'SELECT name FROM authoring.locale_namespace WHERE NOT is_public',
  );
  return rows.map(({ name }) => name);
}

export async function markShipped(manager: EntityManager, digest: string): Promise<void> {
  await manager.query('UPDATE authoring.catalog_revision SET shipped_digest = $1', [digest]);
}

/** Notifies all nodes, once the transaction is committed, that texts have changed. */
export async function announceChange(manager: EntityManager): Promise<void> {
  await manager.query(
    `WITH moved AS (UPDATE authoring.catalog_revision SET number = number + 1 RETURNING number)
     SELECT pg_notify('${CATALOG_CHANNEL}', number::text) FROM moved`,
  );
}

/** @param namespaces null for all namespaces */
export function loadTexts(
  manager: EntityManager,
  namespaces: readonly string[] | null,
): Promise<StoredText[]> {
  return manager.query<StoredText[]>(
    `SELECT namespace, key, locale, value, revision, file_value AS "fileValue", updated_by <> $2 AS "isEdited"
       FROM authoring.locale_text
      WHERE $1::text[] IS NULL OR namespace = ANY ($1)`,
    [namespaces, OF_FILES],
  );
}

export interface EntryRow {
  readonly namespace: string;
  readonly key: string;
  readonly originalLocale: Locale;
}

export function loadEntries(
  manager: EntityManager,
  namespaces: readonly string[],
): Promise<EntryRow[]> {
  return manager.query<EntryRow[]>(
    `SELECT namespace, key, original_locale AS "originalLocale" FROM authoring.locale_entry
      WHERE namespace = ANY ($1)`,
    [namespaces],
  );
}

/** Creates entries and their namespaces; existing ones are unchanged. */
export async function addEntries(
  manager: EntityManager,
  entries: readonly EntryRow[],
): Promise<void> {
  const namespaces = [...new Set(entries.map(({ namespace }) => namespace))];
  await manager.query(
    `INSERT INTO authoring.locale_namespace (name, is_public) SELECT * FROM unnest($1::text[], $2::boolean[])
     ON CONFLICT DO NOTHING`,
    [namespaces, namespaces.map(isPublicNamespace)],
  );
  await manager.query(
    `INSERT INTO authoring.locale_entry (namespace, key, original_locale)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) ON CONFLICT DO NOTHING`,
    columnsOf(entries, ['namespace', 'key', 'originalLocale']),
  );
}

/** Writes texts, each with the next revision number after all it ever had. */
export async function writeTexts(
  manager: EntityManager,
  texts: readonly TextToWrite[],
  by: string,
): Promise<void> {
  await manager.query(
    `WITH written AS (
       INSERT INTO authoring.locale_text AS t
              (namespace, key, locale, value, source_digest, file_value, updated_by, revision)
       SELECT g.*, $7, 1 + coalesce((SELECT max(r.revision) FROM authoring.locale_text_revision r
                                      WHERE (r.namespace, r.key, r.locale) = (g.namespace, g.key, g.locale)), 0)
         FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
              AS g (namespace, key, locale, value, source_digest, file_value)
       ON CONFLICT (namespace, key, locale) DO UPDATE
          SET value = excluded.value, source_digest = excluded.source_digest, revision = excluded.revision,
              file_value = coalesce(excluded.file_value, t.file_value), updated_at = now(), updated_by = excluded.updated_by
       RETURNING namespace, key, locale, revision, value, updated_by)
     INSERT INTO authoring.locale_text_revision (namespace, key, locale, revision, value, by)
     SELECT * FROM written`,
    [...columnsOf(texts, ['namespace', 'key', 'locale', 'value', 'sourceDigest', 'fileValue']), by],
  );
}

/** Records that file and database now agree on these texts. */
export async function markAgreed(
  manager: EntityManager,
  texts: readonly EntryName[],
): Promise<void> {
  await manager.query(
    `UPDATE authoring.locale_text t SET file_value = t.value
       FROM unnest($1::text[], $2::text[], $3::text[]) AS g (namespace, key, locale)
      WHERE (t.namespace, t.key, t.locale) = (g.namespace, g.key, g.locale)`,
    columnsOf(texts, ['namespace', 'key', 'locale']),
  );
}

/** Removes texts, and entries that no longer have any. Their values remain in the history. */
export async function removeTexts(
  manager: EntityManager,
  texts: readonly EntryName[],
): Promise<void> {
  await manager.query(
    `DELETE FROM authoring.locale_text t USING unnest($1::text[], $2::text[], $3::text[]) AS g (namespace, key, locale)
      WHERE (t.namespace, t.key, t.locale) = (g.namespace, g.key, g.locale)`,
    columnsOf(texts, ['namespace', 'key', 'locale']),
  );
  await removeEmptyEntries(manager, texts);
}

/** Removes those of these entries that have no text in any locale. */
export async function removeEmptyEntries(
  manager: EntityManager,
  entries: readonly Omit<EntryName, 'locale'>[],
): Promise<void> {
  await manager.query(
    `DELETE FROM authoring.locale_entry e USING unnest($1::text[], $2::text[]) AS g (namespace, key)
      WHERE (e.namespace, e.key) = (g.namespace, g.key)
        AND NOT EXISTS (SELECT FROM authoring.locale_text t WHERE (t.namespace, t.key) = (e.namespace, e.key))`,
    columnsOf(entries, ['namespace', 'key']),
  );
}

export async function hasNamespace(manager: EntityManager, name: string): Promise<boolean> {
  const rows = await manager.query<object[]>(
    'SELECT FROM authoring.locale_namespace WHERE name = $1',
    [name],
  );
  return rows.length > 0;
}

/** The locale that an entry was first written in; null if the entry does not exist. */
export async function findOriginal(
  manager: EntityManager,
  namespace: string,
  key: string,
): Promise<Locale | null> {
  const [row] = await manager.query<{ locale: Locale }[]>(
    'SELECT original_locale AS locale FROM authoring.locale_entry WHERE (namespace, key) = ($1, $2)',
    [namespace, key],
  );
  return row?.locale ?? null;
}

/** Finds a key that is a text where this one needs a group of texts, or the reverse; null if there is none. */
export async function findClash(
  manager: EntityManager,
  namespace: string,
  key: string,
  shorter: readonly string[],
): Promise<string | null> {
  const [row] = await manager.query<{ key: string }[]>(
    `SELECT key FROM authoring.locale_entry
      WHERE namespace = $1 AND (key = ANY ($3) OR starts_with(key, $2 || '.')) LIMIT 1`,
    [namespace, key, shorter],
  );
  return row?.key ?? null;
}

export interface TextVersion {
  readonly key: string;
  readonly locale: Locale;
  readonly value: string;
  readonly revision: number;
  readonly updatedAt: Date;
}

/** The texts of some keys, in all locales. */
export function loadVersions(
  manager: EntityManager,
  namespace: string,
  keys: readonly string[],
): Promise<TextVersion[]> {
  return manager.query<TextVersion[]>(
    `SELECT key, locale, value, revision, updated_at AS "updatedAt" FROM authoring.locale_text
      WHERE namespace = $1 AND key = ANY ($2)`,
    [namespace, keys],
  );
}

/** The value of a text in one revision; null if there was none. */
export async function findTextRevision(
  manager: EntityManager,
  { namespace, key, locale }: EntryName,
  revision: number,
): Promise<{ readonly value: string; readonly at: Date } | null> {
  const [row] = await manager.query<{ value: string; at: Date }[]>(
    `SELECT value, at FROM authoring.locale_text_revision
      WHERE (namespace, key, locale, revision) = ($1, $2, $3, $4)`,
    [namespace, key, locale, revision],
  );
  return row ?? null;
}

/** Finds those of these texts that the database has had at some time. */
export async function findEarlier(
  manager: EntityManager,
  texts: readonly (EntryName & { readonly value: string })[],
): Promise<EntryName[]> {
  if (texts.length === 0) return [];
  return manager.query<EntryName[]>(
    `SELECT g.namespace, g.key, g.locale
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS g (namespace, key, locale, value)
      WHERE EXISTS (SELECT FROM authoring.locale_text_revision r
                     WHERE (r.namespace, r.key, r.locale, r.value) = (g.namespace, g.key, g.locale, g.value))`,
    columnsOf(texts, ['namespace', 'key', 'locale', 'value']),
  );
}

function columnsOf<T>(rows: readonly T[], names: readonly (keyof T)[]): unknown[][] {
  return names.map((name) => rows.map((row) => row[name]));
}
