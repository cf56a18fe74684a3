import { isCalendarDate } from '../../kernel/calendar-date.js';
import { AppError } from '../../kernel/errors.js';
import { parseReference } from '../../kernel/reference-code.js';
import type { ReleaseType } from '../../kernel/release.js';
import type { Queryable } from '../../platform/db/queryable.js';
import { decodeKeyset, encodeKeyset } from '../../platform/graphql/schema/paging.js';
import { type EditorialRecord, listEditorialReleases } from '../release/index.js';

export interface EditorialReleaseFilter {
  readonly type?: readonly ReleaseType[] | null;
  readonly dateFrom?: string | null;
  readonly dateTo?: string | null;
  readonly published?: boolean | null;
  readonly scheduled?: boolean | null;
  readonly search?: string | null;
}

const IS_PUBLISHED = 'EXISTS (SELECT FROM published.release p WHERE p.id = r.id)';
const IS_SCHEDULED = 'EXISTS (SELECT FROM authoring.schedule s WHERE s.release_id = r.id)';
const HAS_TITLE = `EXISTS (
  SELECT FROM authoring.segment s JOIN authoring.segment_text t USING (release_id, key)
   WHERE s.release_id = r.id AND s.kind = 'TITLE' AND public.unaccent(lower(t.text)) LIKE `;

/** All releases, published or not, newest first. */
export class ReleaseIndex {
  private readonly values: unknown[] = [];
  private readonly conditions: string[] = [];
  private readonly name: unknown;

  constructor(
    private readonly db: Queryable,
    filter: EditorialReleaseFilter,
  ) {
    this.name = ['editorialReleases', filter];
    const { type, dateFrom, dateTo, published, scheduled, search } = filter;
    if (type) this.where((at) => `r.type = ANY (${at}::text[])`, type);
    if (dateFrom) this.where((at) => `r.date >= ${at}::date`, dateFrom);
    if (dateTo) this.where((at) => `r.date <= ${at}::date`, dateTo);
    if (typeof published === 'boolean') this.where((at) => `${IS_PUBLISHED} = ${at}`, published);
    if (typeof scheduled === 'boolean') this.where((at) => `${IS_SCHEDULED} = ${at}`, scheduled);
    // PostgreSQL accepts no NUL in a text.
    const sought = search?.replaceAll('\0', '').trim();
    if (sought) this.search(sought);
  }

  /** A reference, or words of a title in any language. */
  private search(text: string): void {
    const number = parseReference(text)?.number;
    if (number !== undefined) return this.where((at) => `r.number = ${at}`, number);
    const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
    this.where((at) => `${HAS_TITLE} public.unaccent(lower(${at})))`, pattern);
  }

  private where(condition: (at: string) => string, value: unknown): void {
    this.values.push(value);
    this.conditions.push(condition(`$${this.values.length}`));
  }

  /** @throws AppError CURSOR_UNKNOWN */
  async page(
    size: number,
    after: string | null | undefined,
  ): Promise<{ items: { record: EditorialRecord; cursor: string }[]; hasNextPage: boolean }> {
    const from = decodeKeyset(this.name, after, ['string', 'string']);
    const values = [...this.values, size + 1];
    const limit = values.length;
    const conditions = [...this.conditions];
    if (from) {
      if (!isCalendarDate(String(from[0])))
        throw new AppError('CURSOR_UNKNOWN', { argument: 'after' });
      const [date, number] = from.map((value) => `$${values.push(value)}`);
      conditions.push(`(r.date, r.number) < (${date}::date, ${number})`);
    }
    const records = await listEditorialReleases(
      this.db,
      `${clause(conditions)} ORDER BY r.date DESC, r.number DESC LIMIT $${limit}`,
      values,
    );
    const items = records.slice(0, size).map((record) => {
      return { record, cursor: encodeKeyset(this.name, [record.date, record.number]) };
    });
    return { items, hasNextPage: records.length > size };
  }

  async count(): Promise<number> {
    const [row] = await this.db.query<{ total: number }>(
      `SELECT count(*)::int AS total FROM authoring.release r ${clause(this.conditions)}`,
      this.values,
    );
    return row?.total ?? 0;
  }
}

function clause(conditions: readonly string[]): string {
  return conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
}
