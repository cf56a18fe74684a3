import DataLoader from 'dataloader';

import type { Locale } from '../../kernel/locale.js';
import type { ReadSnapshot } from '../../platform/db/index.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { type AccountRecord, loadAccounts } from '../account/index.js';
import type { EditorialRecord } from './editorial-record.js';
import { EDITORIAL_COLUMNS, editorialRecord, type EditorialRow } from './editorial-record.sql.js';
import { type CommentRecord, loadComments } from './comments.sql.js';
import { loadStaffSegments, type StaffSegment } from './staff-segments.js';

/** Names one locale of one release. */
export interface TranslationKey {
  readonly releaseId: string;
  readonly locale: Locale;
}

const cacheKeyFn = ({ releaseId, locale }: TranslationKey): string => `${releaseId} ${locale}`;

/** All that one operation reads of the authoring side: one snapshot, each row asked for once. */
export class EditorialSession {
  constructor(readonly snapshot: ReadSnapshot) {}

  readonly release = new DataLoader<string, EditorialRecord | null>(async (ids) => {
    const records = await this.releases('r.id = ANY ($1::uuid[])', [ids]);
    const found = new Map(records.map((record) => [record.id, record]));
    return ids.map((id) => found.get(id) ?? null);
  });

  async releaseByNumber(number: string): Promise<EditorialRecord | null> {
    const [record] = await this.releases('r.number = $1', [number]);
    return record ?? null;
  }

  private async releases(where: string, values: readonly unknown[]): Promise<EditorialRecord[]> {
    const rows = await this.snapshot.query<EditorialRow>(
      `SELECT ${EDITORIAL_COLUMNS} FROM authoring.release r WHERE ${where}`,
      values,
    );
    return rows.map(editorialRecord);
  }

  readonly account = new DataLoader<string, AccountRecord>((ids) =>
    loadAccounts(this.snapshot, ids),
  );

  /** In the order of reading. */
  readonly segments = new DataLoader<TranslationKey, readonly StaffSegment[], string>(
    (keys) => loadStaffSegments(this.snapshot, keys),
    { cacheKeyFn },
  );

  /** From the oldest on. */
  readonly comments = new DataLoader<TranslationKey, readonly CommentRecord[], string>(
    (keys) => loadComments(this.snapshot, keys),
    { cacheKeyFn },
  );
}

/** One session for each operation, and after a mutation another one: it belongs to the snapshot. */
export class EditorialSessions {
  private readonly sessions = new WeakMap<ReadSnapshot, EditorialSession>();

  /** @throws AppError UNAUTHENTICATED, FORBIDDEN */
  of({ staffSnapshot }: RequestContext): EditorialSession {
    let session = this.sessions.get(staffSnapshot);
    if (!session) {
      session = new EditorialSession(staffSnapshot);
      this.sessions.set(staffSnapshot, session);
    }
    return session;
  }
}
