import type { Locale } from '../../kernel/locale.js';
import { LOCALES } from '../../kernel/locale.js';
import { localeOfNumber } from '../../kernel/localization.js';
import { RELEASE_TYPES } from '../../kernel/release.js';
import type { Queryable } from '../../platform/db/queryable.js';
import { allOf, type ServedLocale, servedSql, SqlValues } from '../reading/index.js';
import type { SyncContext, Trace } from './shown.js';

/** A release with an entry in the change log. */
export interface Candidate {
  readonly releaseId: string;
  readonly number: string;
  /** The number of its last change. */
  readonly last: number;
  readonly at: Date;
  /** Whether it also changed in the part since the copy's base that is already delivered. */
  readonly resent: boolean;
  /** Whether one of its topics was renamed: no trace records that. */
  readonly renamed: boolean;
}

/** The releases that changed after `upTo`, each once, in the order of their last changes. */
export function loadChanged(
  db: Queryable,
  { base, upTo }: { readonly base: number; readonly upTo: number },
  limit: number,
): Promise<Candidate[]> {
  return db.query<Candidate>(
    `SELECT c.release_id AS "releaseId", max(c.number) AS number, max(c.seq) AS last, max(c.at) AS at,
            bool_or(c.seq <= $2) AS resent, bool_or(c.renamed) AS renamed
       FROM (SELECT release_id, number, seq, at, false AS renamed FROM published.change_log
              WHERE seq > $1 AND release_id IS NOT NULL
             UNION ALL
             SELECT r.id, r.number, l.seq, l.at, true FROM published.change_log l
               JOIN published.release r ON l.topic = ANY (r.topics)
              WHERE l.seq > $1 AND l.kind = 'TOPIC') AS c
      GROUP BY c.release_id
     HAVING max(c.seq) > $2
      ORDER BY last LIMIT $3`,
    [base, upTo, limit],
  );
}

/** The position of a release in the order of a first copy. */
export interface DatePlace {
  readonly date: string;
  readonly number: string;
}

export interface PublicRelease extends Pick<Candidate, 'releaseId' | 'number' | 'at'> {
  readonly date: string;
}

/** Lists every public release, newest first: one that is no longer public is not in a first copy. */
export function loadPublic(
  db: Queryable,
  { newest, dateFrom }: { readonly newest: DatePlace | null; readonly dateFrom: string | null },
  limit: number,
): Promise<PublicRelease[]> {
  return db.query(
    `SELECT r.id AS "releaseId", r.number, r.date::text AS date,
            (SELECT c.at FROM published.change_log c WHERE c.release_id = r.id ORDER BY c.seq DESC LIMIT 1) AS at
       FROM published.release r
      WHERE (r.date, r.number) < (coalesce($1::date, 'infinity'), coalesce($2::text, ''))
        AND r.date >= coalesce($3::date, '-infinity')
      ORDER BY r.date DESC, r.number DESC LIMIT $4`,
    [newest?.date ?? null, newest?.number ?? null, dateFrom, limit],
  );
}

/** Counts the public releases that a reader is served, among those that the context includes. */
export async function countServed(
  db: Queryable,
  { addressedTo, dateFrom }: Pick<SyncContext, 'addressedTo' | 'dateFrom'>,
  served: ServedLocale,
): Promise<number> {
  const sql = new SqlValues();
  const conditions = [`${servedSql(sql, served, 'r')} > 0`];
  if (addressedTo !== null) {
    const state = sql.add(addressedTo, 'text');
    conditions.push(`(r.audiences = '{}' OR ${state} = ANY (r.audiences))`);
  }
  if (dateFrom !== null) conditions.push(`r.date >= ${sql.add(dateFrom, 'date')}`);
  const [row] = await db.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM published.release r WHERE ${allOf(conditions)}`,
    sql.values,
  );
  return row?.count ?? 0;
}

/** Lists every release that was ever public, by id, with the time of its last change. */
export function loadEver(
  db: Queryable,
  { after, base }: { readonly after: string | null; readonly base: number },
  limit: number,
): Promise<Pick<Candidate, 'releaseId' | 'number' | 'at' | 'renamed'>[]> {
  return db.query(
    `SELECT DISTINCT ON (t.release_id) t.release_id AS "releaseId", t.number, c.at,
            EXISTS (SELECT FROM published.change_log l JOIN published.release r ON l.topic = ANY (r.topics)
                     WHERE r.id = t.release_id AND l.kind = 'TOPIC' AND l.seq > $2) AS renamed
       FROM published.release_trace t JOIN published.change_log c USING (seq)
      WHERE t.release_id > coalesce($1::uuid, '00000000-0000-0000-0000-000000000000')
      ORDER BY t.release_id, t.seq DESC LIMIT $3`,
    [after, base, limit],
  );
}

/** The traces of one release. */
export interface Traces {
  /** Its state at the requested number; null if nothing was public. */
  readonly before: Trace | null;
  /** Its state after each later change; the last one is the current state. */
  readonly since: readonly { readonly seq: number; readonly trace: Trace | null }[];
}

interface TraceRow {
  release_id: string;
  seq: number;
  published_mask: number;
  type: number;
  date: string;
  original: number;
  summary_mask: number;
  body_mask: number;
  stale_mask: number;
  retracted_mask: number;
  audiences: string[];
  facts_digest: string;
  text_digests: (string | null)[];
}

export async function loadTraces(
  db: Queryable,
  releaseIds: readonly string[],
  base: number,
): Promise<Map<string, Traces>> {
  const rows = await db.query<TraceRow>(
    `SELECT t.* FROM unnest($1::uuid[]) AS k (id)
      CROSS JOIN LATERAL (
        (SELECT * FROM published.release_trace WHERE release_id = k.id AND seq <= $2 ORDER BY seq DESC LIMIT 1)
        UNION ALL
        SELECT * FROM published.release_trace WHERE release_id = k.id AND seq > $2) AS t
      ORDER BY t.seq`,
    [releaseIds, base],
  );
  const found = new Map<string, Traces>();
  for (const id of releaseIds) {
    const own = rows.filter((row) => row.release_id === id);
    const before = own.find(({ seq }) => seq <= base);
    const since = own.filter(({ seq }) => seq > base);
    found.set(id, {
      before: before ? traceOf(before) : null,
      since: since.map((row) => ({ seq: row.seq, trace: traceOf(row) })),
    });
  }
  return found;
}

function traceOf(row: TraceRow): Trace | null {
  if (row.published_mask === 0) return null;
  const original = localeOfNumber(row.original);
  const type = RELEASE_TYPES[row.type - 1];
  if (!original || !type) throw new Error('a value that the tables rule out');
  const digests = LOCALES.flatMap((locale, index): [Locale, string][] => {
    const digest = row.text_digests[index];
    return digest ? [[locale, digest]] : [];
  });
  return {
    type,
    date: row.date,
    facts: {
      original,
      published: row.published_mask,
      withSummary: row.summary_mask,
      withBody: row.body_mask,
      stale: row.stale_mask,
      retracted: row.retracted_mask,
    },
    audiences: row.audiences,
    factsDigest: row.facts_digest,
    textDigests: Object.fromEntries(digests),
  };
}
