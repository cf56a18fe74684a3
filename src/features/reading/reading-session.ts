import DataLoader from 'dataloader';

import type { Locale } from '../../kernel/locale.js';
import {
  type AudienceTerms,
  localeNumber,
  localeOfNumber,
  type Reader,
  type Resolution,
  resolveLocale,
} from '../../kernel/localization.js';
import { parseReference } from '../../kernel/reference-code.js';
import type { ReadSnapshot } from '../../platform/db/index.js';
import type { RequestContext } from '../../platform/graphql/request-context.js';
import type { Reference, ReferenceCache, TracedContext } from '../audience/index.js';
import type { PublishedContent } from '../publication/index.js';
import {
  RELEASE_COLUMNS,
  type ReleaseRecord,
  releaseRecord,
  type ReleaseRow,
} from './release-record.js';

/** The text of a release in one locale. */
export interface TextRecord {
  readonly locale: Locale;
  readonly slug: string;
  readonly title: string;
  readonly content: PublishedContent;
}

interface TextRow {
  release_id: string;
  locale: number;
  slug: string;
  title: string;
  content: PublishedContent;
}

interface TextKey {
  readonly releaseId: string;
  readonly locale: Locale;
}

/** As of when, and by which rules, an answer is given. */
export interface ReadingContext extends TracedContext {
  readonly today: string;
  readonly localeOrder: readonly Locale[];
}

/** All that one operation reads of releases: one snapshot of the database, each row asked for once. */
export class ReadingSession {
  constructor(
    private readonly context: ReadingContext,
    private readonly cache: ReferenceCache,
  ) {}

  reference(): Promise<Reference> {
    return this.cache.of(this.context);
  }

  /** @throws AppError COUNTRY_UNKNOWN where the reader's audience is no member state */
  async terms(record: ReleaseRecord, reader: Reader): Promise<AudienceTerms> {
    const reference = await this.reference();
    return reference.termsFor(reader.audience, record, this.context.today);
  }

  /** @see terms */
  async resolve(record: ReleaseRecord, reader: Reader): Promise<Resolution> {
    const terms = await this.terms(record, reader);
    return resolveLocale(record.facts, reader, terms, this.context.localeOrder);
  }

  readonly releaseById = new DataLoader<string, ReleaseRecord | null>(async (ids) => {
    const rows = await this.releases('r.id = ANY ($1::uuid[])', [ids]);
    if (rows.length < ids.length) this.context.trace.dependsOnAll = true;
    return ids.map((id) => rows.find((record) => record.id === id) ?? null);
  });

  async releaseByNumber(number: string): Promise<ReleaseRecord | null> {
    const parsed = parseReference(number);
    if (!parsed || parsed.locale !== null) return null;
    const [record] = await this.releases('r.number = $1', [parsed.number]);
    return record ?? null;
  }

  async releaseByReference(reference: string): Promise<ReleaseRecord | null> {
    const parsed = parseReference(reference);
    if (!parsed) return null;
    const [record] = await this.releases('r.number = $1', [parsed.number]);
    return record ?? null;
  }

  async releaseBySlug(slug: string): Promise<ReleaseRecord | null> {
    const where =
      "r.id = (SELECT release_id FROM published.slug WHERE digest = sha256(convert_to($1, 'UTF8')))";
    const [record] = await this.releases(where, [slug.toLowerCase().replaceAll('\0', '')]);
    return record ?? null;
  }

  private async releases(where: string, values: readonly unknown[]): Promise<ReleaseRecord[]> {
    await this.reference();
    const rows = await this.context.tracedSnapshot.query<ReleaseRow>(
      `SELECT ${RELEASE_COLUMNS} FROM published.release r WHERE ${where}`,
      values,
    );
    const { trace } = this.context;
    for (const { id } of rows) trace.releases.add(id);
    if (rows.length === 0) trace.dependsOnAll = true;
    return rows.map(releaseRecord);
  }

  readonly text = new DataLoader<TextKey, TextRecord, string>(
    async (keys) => {
      const rows = await this.context.tracedSnapshot.query<TextRow>(
        `SELECT t.release_id, t.locale, t.slug, t.title, t.content
           FROM unnest($1::uuid[], $2::smallint[]) AS k (release_id, locale)
           JOIN published.text t USING (release_id, locale)`,
        [keys.map(({ releaseId }) => releaseId), keys.map(({ locale }) => localeNumber(locale))],
      );
      const found = new Map(rows.map((row) => [keyOf(row.release_id, row.locale), row]));
      return keys.map(({ releaseId, locale }) => {
        const row = found.get(keyOf(releaseId, localeNumber(locale)));
        return row ? textRecord(row) : new Error(`no text of ${releaseId} in ${locale}`);
      });
    },
    { cacheKeyFn: ({ releaseId, locale }) => keyOf(releaseId, localeNumber(locale)) },
  );

  /** When the text of a release in one locale last became another one. */
  readonly changedAt = new DataLoader<TextKey, Date | null, string>(
    async (keys) => {
      const rows = await this.context.tracedSnapshot.query<{ at: Date | null }>(
        `SELECT (SELECT max(l.at) FROM published.change_log l
                  WHERE l.release_id = k.release_id AND l.kind = 'PUBLISHED'
                    AND l.changed_mask >> (k.locale - 1) & 1 = 1) AS at
           FROM unnest($1::uuid[], $2::smallint[]) WITH ORDINALITY AS k (release_id, locale, place)
          ORDER BY k.place`,
        [keys.map(({ releaseId }) => releaseId), keys.map(({ locale }) => localeNumber(locale))],
      );
      return rows.map(({ at }) => at);
    },
    { cacheKeyFn: ({ releaseId, locale }) => keyOf(releaseId, localeNumber(locale)) },
  );
}

function keyOf(releaseId: string, locale: number): string {
  return `${releaseId} ${locale}`;
}

function textRecord({ locale, slug, title, content }: TextRow): TextRecord {
  const known = localeOfNumber(locale);
  if (known === null) throw new Error('a locale that the tables rule out');
  return { locale: known, slug, title, content };
}

/** One session for each operation, and after a mutation another one: it belongs to the snapshot. */
export class ReadingSessions {
  private readonly sessions = new WeakMap<ReadSnapshot, ReadingSession>();

  constructor(private readonly cache: ReferenceCache) {}

  of(context: RequestContext): ReadingSession {
    const { tracedSnapshot } = context;
    let session = this.sessions.get(tracedSnapshot);
    if (!session) {
      session = new ReadingSession(context, this.cache);
      this.sessions.set(tracedSnapshot, session);
    }
    return session;
  }
}
