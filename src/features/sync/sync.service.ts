import { globalId } from '../../platform/graphql/global-id.js';
import type { RequestContext } from '../../platform/graphql/request-context.js';
import type { ReferenceCache } from '../audience/index.js';
import {
  localizedNode,
  localizedReleaseId,
  type ReadingSession,
  type ReadingSessions,
} from '../reading/index.js';
import { termsNow } from './context-terms.js';
import { type Change, type ChangePage, ReaderSync } from './reader-sync.js';
import type { SyncContext } from './shown.js';
import type { SyncCursors } from './sync-cursor.js';
import { ReleaseChangeType, type SyncContextArgs, SyncPageType } from './sync.types.js';

const DAY_MS = 86_400_000;

export class SyncService {
  constructor(
    private readonly cache: ReferenceCache,
    private readonly sessions: ReadingSessions,
    private readonly cursors: SyncCursors,
  ) {}

  /** For whom the arguments keep a copy. */
  contextOf(context: RequestContext, args: SyncContextArgs): SyncContext {
    return { reader: context.reader(args), addressedTo: args.addressedTo ?? null };
  }

  /**
   * One page as of the operation's snapshot, without the texts.
   *
   * @throws AppError COUNTRY_UNKNOWN for a state that is not in the table of member states
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
   * A page without changes, whose cursor stands at the operation's snapshot.
   *
   * @throws AppError COUNTRY_UNKNOWN
   */
  async startHere(context: RequestContext, sync: SyncContext): Promise<ChangePage> {
    return (await this.copy(context, sync)).startHere();
  }

  private async copy(context: RequestContext, sync: SyncContext): Promise<ReaderSync> {
    const { snapshot: db, today, localeOrder } = context;
    const reference = await this.cache.load(db);
    if (sync.addressedTo !== null) reference.getState(sync.addressedTo);
    const terms = termsNow(sync.reader.audience, reference, localeOrder, today);
    const day = Math.floor(Date.parse(today) / DAY_MS);
    const { cursors } = this;
    return new ReaderSync({ db, cursors, context: sync, terms, day });
  }

  /** A page with what each change brings. */
  async page(
    context: RequestContext,
    sync: SyncContext,
    { changes, ...page }: ChangePage,
  ): Promise<SyncPageType> {
    const session = this.sessions.of(context);
    const nodes = await Promise.all(changes.map((change) => changeNode(session, sync, change)));
    return Object.assign(new SyncPageType(), { ...page, changes: nodes, serverTime: new Date() });
  }
}

async function changeNode(
  session: ReadingSession,
  { reader }: SyncContext,
  { kind, reason, releaseId, number, at }: Change,
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
