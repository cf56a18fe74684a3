import type { Queryable } from '../../platform/db/queryable.js';
import { globalId } from '../../platform/graphql/schema/global-id.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import type { ReferenceCache } from '../audience/index.js';
import {
  localizedNode,
  localizedReleaseId,
  type ReadingSession,
  type ReadingSessions,
  ReleaseType,
  servedLocale,
} from '../reading/index.js';
import { termsNow } from './context-terms.js';
import type { MetadataDelivery } from './page-selection.js';
import { type Change, type ChangePage, ReaderSync } from './reader-sync.js';
import type { SyncContext } from './shown.js';
import type { SyncCursors } from './sync-cursor.js';
import {
  MetadataChangeType,
  ReleaseChangeType,
  type SyncContextArgs,
  SyncPageType,
} from './sync.types.js';
import { countServed } from './trace.repository.js';

const DAY_MS = 86_400_000;

export class SyncService {
  constructor(
    private readonly cache: ReferenceCache,
    private readonly sessions: ReadingSessions,
    private readonly cursors: SyncCursors,
    /** Connections to the primary. */
    private readonly primary: Queryable,
  ) {}

  /** The sync context of the arguments; the first date in a cursor applies without being passed again. */
  contextOf(
    context: RequestContext,
    args: SyncContextArgs & { readonly since?: string | null },
  ): SyncContext {
    const { addressedTo = null, since } = args;
    const dateFrom = args.dateFrom ?? (since ? this.cursors.dateFromOf(since) : null);
    return { reader: context.caller.reader(args), addressedTo, dateFrom };
  }

  /**
   * One page from the operation's snapshot, without the texts.
   *
   * @throws AppError COUNTRY_UNKNOWN for a state that is not in the table of member states; DATABASE_UNAVAILABLE
   */
  async changes(
    context: RequestContext,
    sync: SyncContext,
    since: string | null,
    size: number,
  ): Promise<ChangePage> {
    return (await this.copy(context, sync)).page(since, size);
  }

  /**
   * A page without changes, whose cursor is at the operation's snapshot.
   *
   * @throws AppError COUNTRY_UNKNOWN
   */
  async startHere(context: RequestContext, sync: SyncContext): Promise<ChangePage> {
    return (await this.copy(context, sync)).startHere();
  }

  private async copy(context: RequestContext, sync: SyncContext): Promise<ReaderSync> {
    const { today, localeOrder } = context;
    const db = context.publicSnapshot();
    const reference = await this.cache.load(db);
    if (sync.addressedTo !== null) reference.getState(sync.addressedTo);
    const terms = termsNow(sync.reader.audience, reference, localeOrder, today);
    const day = Math.floor(Date.parse(today) / DAY_MS);
    const { cursors, primary } = this;
    const served = () => servedLocale(sync.reader, reference, localeOrder, today);
    const count = () => countServed(db, sync, served());
    return new ReaderSync({ db, primary, cursors, context: sync, terms, day, count });
  }

  /** A page with the text or metadata of each change. */
  async page(
    context: RequestContext,
    sync: SyncContext,
    { changes, ...page }: ChangePage,
    metadata: MetadataDelivery,
  ): Promise<SyncPageType> {
    const session = this.sessions.of(context);
    const texts = changes.flatMap((change) => textChange(change, metadata) ?? []);
    const others = metadata === 'SEPARATE' ? changes.filter((one) => one.kind === 'METADATA') : [];
    const [changed, metadataChanges] = await Promise.all([
      Promise.all(texts.map((change) => changeNode(session, sync, change))),
      Promise.all(others.map((change) => metadataNode(session, sync, change))),
    ]);
    const lists = { changes: changed, metadataChanges, serverTime: new Date() };
    return Object.assign(new SyncPageType(), { ...page, ...lists });
  }
}

type TextChange = Exclude<Change, { readonly kind: 'METADATA' }>;

/** The change as an item of `changes`; null if it does not belong there. */
function textChange(change: Change, metadata: MetadataDelivery): TextChange | null {
  if (change.kind !== 'METADATA') return change;
  return metadata === 'RESENT' ? { ...change, kind: 'UPSERT', reason: 'UPDATED' } : null;
}

async function metadataNode(
  session: ReadingSession,
  { reader }: SyncContext,
  { releaseId, number, at }: Change,
): Promise<MetadataChangeType> {
  const record = await session.releaseById(releaseId);
  if (!record) throw new Error('a release that is served is public');
  return Object.assign(new MetadataChangeType(), {
    releaseId: globalId('Release', releaseId),
    localizedId: localizedReleaseId(releaseId, reader),
    number,
    at,
    release: new ReleaseType(record),
    resolution: (await session.localize(record, reader)).resolution,
  });
}

async function changeNode(
  session: ReadingSession,
  { reader }: SyncContext,
  { kind, reason, releaseId, number, at }: TextChange,
): Promise<ReleaseChangeType> {
  const record = kind === 'UPSERT' ? await session.releaseById(releaseId) : null;
  return Object.assign(new ReleaseChangeType(), {
    kind,
    reason,
    releaseId: globalId('Release', releaseId),
    localizedId: localizedReleaseId(releaseId, reader),
    number,
    at,
    localized: record && (await localizedNode(session, record, reader)),
  });
}
