import type { EntityManager } from 'typeorm';

import { type Locale, localeBit, localesIn, LOCALES, TAG_OF } from '../../kernel/locale.js';
import { localeNumber, wholeLocales } from '../../kernel/localization.js';
import { codesIn, releaseCode } from '../../kernel/reference-code.js';
import { RELEASE_TYPES } from '../../kernel/release.js';
import { releaseVector } from '../../kernel/search/index.js';
import type { Database } from '../../platform/db/index.js';
import type { Correction } from './correction-row.js';
import { correctionsFor } from './correction.policy.js';
import {
  type EditionMasks,
  type EditionText,
  type PublishedContent,
  publishedContent,
} from './edition.policy.js';
import type { EditionRow } from './edition-row.js';
import type { FirstPublication } from './first-publication.repository.js';
import { lexemeColumns, searchableText } from './search-columns.policy.js';
import { renderingsOf, textFields } from './text-summary.policy.js';

export interface Projection {
  readonly edition: EditionRow;
  readonly texts: readonly (EditionText & { readonly slug: string })[];
  readonly masks: EditionMasks;
  readonly firstPublished: ReadonlyMap<Locale, FirstPublication>;
  /** When words last changed for readers; no entry for locales unchanged since their first publication. */
  readonly modified: ReadonlyMap<Locale, Date>;
  /** Of all editions, newest first. */
  readonly corrections: readonly Correction[];
}

/** Removes the release from the tables for readers: its rows, texts and addresses. */
export async function removeProjection(manager: EntityManager, releaseId: string): Promise<void> {
  await manager.query('DELETE FROM published.release WHERE id = $1', [releaseId]);
}

/** Replaces the last edition in the tables for readers. */
export async function writeProjection(
  manager: EntityManager,
  projection: Projection,
): Promise<void> {
  const { edition } = projection;
  await writeRelease(manager, projection);
  await manager.query('DELETE FROM published.text WHERE release_id = $1', [edition.releaseId]);
  await writeTexts(manager, projection);
  await manager.query(
    `INSERT INTO published.slug (digest, release_id)
     SELECT sha256(convert_to(slug, 'UTF8')), release_id FROM authoring.slug WHERE release_id = $1
     ON CONFLICT (digest) DO NOTHING`,
    [edition.releaseId],
  );
}

async function writeRelease(manager: EntityManager, projection: Projection): Promise<void> {
  const { edition, masks } = projection;
  const { facts } = edition;
  const first = [...projection.firstPublished.values()].map(({ at }) => at.getTime());
  const row: Record<string, unknown> = {
    id: edition.releaseId,
    ...sharedColumns(projection),
    edition: edition.number,
    published_at: new Date(Math.min(...first)),
    ...importColumns(projection),
    retracted_mask: masks.retracted,
    audiences: facts.audiences,
    mentions: facts.mentions,
    topics: facts.topicIds,
    locales: JSON.stringify(publicLocales(projection)),
  };
  const columns = Object.keys(row);
  const places = columns.map((_, index) => `$${index + 1}`);
  const updates = columns.slice(1).map((column) => `${column} = excluded.${column}`);
  await manager.query(
    `INSERT INTO published.release (${columns.join(', ')}) VALUES (${places.join(', ')})
     ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}`,
    Object.values(row),
  );
}

/** Columns that both tables have, so that a locale can be chosen with one of them alone. */
function sharedColumns({ edition, masks }: Projection): Record<string, unknown> {
  const { facts } = edition;
  return {
    number: facts.number,
    type: RELEASE_TYPES.indexOf(facts.type) + 1,
    date: facts.date,
    original: localeNumber(facts.originalLocale),
    published_mask: masks.published,
    summary_mask: masks.withSummary,
    body_mask: masks.withBody,
    whole_mask: wholeLocales({ ...masks, original: facts.originalLocale }),
    stale_mask: masks.stale,
  };
}

/** By the number of the locale; null if no text was published elsewhere before. */
function importColumns({ firstPublished }: Projection): Record<string, unknown> {
  const first = LOCALES.map((locale) => {
    const found = firstPublished.get(locale);
    return found && found.importEdition !== null ? found : null;
  });
  const isNative = first.every((found) => found === null);
  return {
    import_edition: isNative ? null : first.map((found) => found?.importEdition ?? null),
    import_published: isNative ? null : first.map((found) => found?.at ?? null),
  };
}

/** The public metadata of each locale that is or was published. */
function publicLocales({ texts, masks, firstPublished, modified }: Projection): object[] {
  return LOCALES.flatMap((locale): object[] => {
    const first = firstPublished.get(locale);
    const published = {
      publishedAt: first?.at.toISOString() ?? null,
      ...(first?.day && { publishedOn: first.day }),
      ...(first && first.importEdition !== null && { isImported: true }),
    };
    const text = texts.find((candidate) => candidate.locale === locale);
    const dates = { ...published, modifiedAt: modified.get(locale)?.toISOString() ?? null };
    if (text) return [{ locale, freshness: text.freshness, slug: text.slug, ...dates }];
    if ((masks.retracted & localeBit(locale)) === 0) return [];
    return [{ locale, freshness: null, slug: null, ...dates }];
  });
}

async function writeTexts(manager: EntityManager, projection: Projection): Promise<void> {
  const values: unknown[] = [];
  const put = (value: unknown) => `$${values.push(value)}`;
  const texts = projection.texts.map((text) => textRow(projection, text));
  const names = Object.keys(texts[0]?.columns ?? {});
  const rows = texts.map(({ columns, legacy, lexemes }) => {
    const made = Object.values(lexemeColumns(put(lexemes)));
    return `(${[...Object.values(columns).map(put), ...made, legacySearchSql(put, legacy)].join(', ')})`;
  });
  const columns = [...names, ...Object.keys(lexemeColumns('')), 'search'];
  await manager.query(
    `INSERT INTO published.text (${columns.join(', ')}) VALUES ${rows.join(', ')}`,
    values,
  );
}

function textRow(projection: Projection, text: EditionText & { readonly slug: string }) {
  const { number, originalLocale } = projection.edition.facts;
  const original = projection.texts.find(({ locale }) => locale === originalLocale);
  const content = publishedContent(text, original ?? text);
  const searchable = searchableText(content);
  const { title, summary, body } = searchable;
  const reference = releaseCode(number, text.locale);
  // Part of the digest of the content, by which copies notice changes: words changed and changed back are a change.
  const modifiedAt = projection.modified.get(text.locale);
  const corrections = publicCorrections(projection, text.locale);
  const dated = { ...content, ...(modifiedAt && { modifiedAt }) };
  const columns = {
    release_id: projection.edition.releaseId,
    locale: localeNumber(text.locale),
    ...sharedColumns(projection),
    slug: text.slug,
    title,
    content: JSON.stringify({ ...dated, ...(corrections.length > 0 && { corrections }) }),
    head: JSON.stringify(textFields(content)),
    renderings: renderingsColumn(content),
  };
  const parts = [
    { value: title, weight: 'A', codes: lexemes(codesIn(`${reference} ${title}`), 'A') },
    { value: summary, weight: 'B', codes: lexemes(codesIn(summary), 'B') },
    { value: body, weight: 'C', codes: lexemes(codesIn(body), 'C') },
  ];
  const legacy = { tag: TAG_OF[text.locale], parts };
  return { columns, legacy, lexemes: releaseVector(searchable, number, text.locale) };
}

function publicCorrections(
  { corrections, masks, texts }: Projection,
  locale: Locale,
): Correction[] {
  const published = texts.map((text) => text.locale);
  return correctionsFor(locale, corrections, { published, retracted: localesIn(masks.retracted) });
}

interface LegacySearch {
  readonly tag: string;
  readonly parts: readonly { value: string; weight: string; codes: string }[];
}

/** For nodes of the version before migration 0011, and until all texts have lexemes. */
function legacySearchSql(put: (value: unknown) => string, { tag, parts }: LegacySearch): string {
  const vectors = parts.map(({ value, weight }) => {
    return `setweight(to_tsvector('published.${tag}', published.fold(${put(value)}, '${tag}')), '${weight}')`;
  });
  const codes = `${put(parts.map(({ codes }) => codes).join(' '))}::tsvector`;
  return [...vectors, codes].join(' || ');
}

/** Null for a text that equals its rendering, as most texts do. */
function renderingsColumn(content: PublishedContent): string | null {
  const renderings = renderingsOf(content);
  return Object.keys(renderings).length > 0 ? JSON.stringify(renderings) : null;
}

/** Codes as separate lexemes, in addition to those of the language's parser. */
function lexemes(codes: readonly string[], weight: 'A' | 'B' | 'C'): string {
  return codes.map((code) => `'${code}':1${weight}`).join(' ');
}

/**
 * Updates the planner's statistics and the visibility map of the tables for readers. Autovacuum does it in time; after
 * thousands of releases at once, reads are slow until then. Not to be called in a transaction.
 */
export async function settleProjection({ asOwner }: Pick<Database, 'asOwner'>): Promise<void> {
  // Only the owner of the tables may run VACUUM.
  await asOwner((owner) => owner.query('VACUUM (ANALYZE) published.release, published.text'));
}
