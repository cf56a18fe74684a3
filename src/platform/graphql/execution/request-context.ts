import { authorize } from '../../../kernel/access.js';
import type { Locale } from '../../../kernel/locale.js';
import { Dependencies } from '../../cache/dependencies.js';
import type { Version } from '../../cache/version.js';
import type { ReadSnapshot } from '../../db/index.js';
import type { Queryable } from '../../db/queryable.js';
import { Caller, type CallerOptions } from './caller.js';
import type { TextExtent } from './declared-needs.js';
import { OperationSnapshots, type SnapshotOptions } from './operation-snapshots.js';

export interface RequestOptions extends SnapshotOptions, CallerOptions {
  /** Reads public data without a transaction, each statement with the version that it read. */
  readonly versionedReads: (onVersion: (version: Version) => void) => Queryable;
  /** The UTC day whose rules apply, `YYYY-MM-DD`. */
  readonly today: string;
}

/** State that the resolvers of one operation share: its caller, what it reads from, and what its response depends on. */
export class RequestContext {
  /**
   * What the response is computed from. Apollo Server works with a copy of this context, so everything that the
   * endpoint reads afterwards is in objects that both share.
   */
  readonly dependencies = new Dependencies();
  readonly caller: Caller;
  readonly localeOrder: readonly Locale[];
  readonly today: string;
  /**
   * Whether cached records and {@link VersionedReads} may be used; otherwise everything is read from one snapshot. True
   * for queries only, until their parts turn out to be inconsistent.
   */
  isOptimistic = false;
  /** Whether the gateway itself executes the operation, for one of its pages: it need not be registered by clients. */
  isOwnOperation = false;
  /** How much of each text the operation needs. */
  neededText: TextExtent = 'BODY';
  /** For a mutation with an idempotency key: how many fields have an outcome, and how many of these were replayed. */
  readonly outcomes = { recorded: 0, replayed: 0 };
  private readonly languagesServed = new Set<string>();
  private versioned: Queryable | null = null;
  private readonly snapshots: OperationSnapshots;

  constructor(private readonly options: RequestOptions) {
    this.caller = new Caller(options, this.dependencies);
    this.localeOrder = options.localeOrder;
    this.today = options.today;
    this.snapshots = new OperationSnapshots(options);
  }

  /**
   * Public data, for resolvers that record in {@link dependencies} what they read. All of it is of one version: either
   * each statement returns its version, or all are of one snapshot.
   */
  get reads(): Queryable {
    if (!this.isOptimistic) return this.snapshots.ofPublicData();
    const onVersion = (version: Version): void => this.dependencies.addVersion(version);
    return (this.versioned ??= this.options.versionedReads(onVersion));
  }

  /**
   * Public data for resolvers that do not record what they read, so that their fields are not declared cacheable. From
   * then on, the operation reads everything from one snapshot.
   */
  publicSnapshot(): ReadSnapshot {
    const { dependencies } = this;
    if (!dependencies.isUncacheable) throw new Error('a @Cacheable field must not read a snapshot');
    // Anything read before may be of another version.
    if (this.isOptimistic && (this.versioned || dependencies.version)) {
      dependencies.isInconsistent = true;
    }
    this.isOptimistic = false;
    return this.snapshots.ofPublicData();
  }

  /**
   * The authoring side.
   *
   * @throws AppError UNAUTHENTICATED without a token
   */
  staffSnapshot(): ReadSnapshot {
    authorize(this.caller.viewer, 'READ_WORK');
    return this.snapshots.ofStaffData();
  }

  /** Closes the snapshots: after a mutation, the next read opens another. */
  async closeSnapshots(): Promise<void> {
    await this.snapshots.close();
  }

  /**
   * If parts of the response were read from different versions, the operation must be executed again; everything is
   * then read from one snapshot.
   *
   * @returns whether the operation must be executed again
   */
  async startOver(): Promise<boolean> {
    if (!this.dependencies.isInconsistent) return false;
    this.isOptimistic = false;
    this.dependencies.clear();
    this.languagesServed.clear();
    this.caller.startOver();
    await this.closeSnapshots();
    return true;
  }

  /** A context for the same caller, with its own snapshot and day; the snapshot stays open. */
  at({ snapshot, today }: { snapshot: ReadSnapshot; today: string }): RequestContext {
    const context = new RequestContext({ ...this.options, openSnapshot: () => snapshot, today });
    context.dependencies.isUncacheable = true;
    const { requested } = this.caller;
    if (requested) context.caller.begin(requested);
    return context;
  }

  /** Adds the language of a text to the header Content-Language. */
  served(tag: string): void {
    this.languagesServed.add(tag);
  }

  /** The header Content-Language: tags in alphabetical order; null without any text. */
  get contentLanguage(): string | null {
    return this.languagesServed.size > 0 ? [...this.languagesServed].sort().join(', ') : null;
  }
}
