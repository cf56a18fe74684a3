import { authorize, type Viewer } from '../../../kernel/access.js';
import { audienceServed } from '../../../kernel/country-code.js';
import { AppError } from '../../../kernel/errors.js';
import type { Locale } from '../../../kernel/locale.js';
import { type Reader, withRefused } from '../../../kernel/localization.js';
import { Dependencies } from '../../cache/dependencies.js';
import type { Version } from '../../cache/version.js';
import type { ReadSnapshot } from '../../db/index.js';
import type { Queryable } from '../../db/queryable.js';
import { type AcceptedLanguages, acceptedLanguages, MAX_TAGS } from '../../i18n/accept-language.js';
import { messageLocale } from '../../i18n/caller-locale.js';
import type { MessageKey, Messages, MessageVariables } from '../../i18n/messages.js';
import {
  type ErrorPlace,
  languagesAt,
  type RequestedOperation,
} from '../errors/field-languages.js';
import type { TextExtent } from './declared-needs.js';
import { OperationSnapshots, type SnapshotOptions } from './operation-snapshots.js';
import { inContextArguments, type ReaderArguments } from '../schema/in-context.js';

export interface RequestOptions extends SnapshotOptions {
  readonly requestId: string;
  /** Reads public data without a transaction, each statement with the version that it read. */
  readonly versionedReads: (onVersion: (version: Version) => void) => Queryable;
  readonly messages: Messages;
  readonly localeOrder: readonly Locale[];
  /** The UTC day whose rules apply, `YYYY-MM-DD`. */
  readonly today: string;
  readonly acceptLanguage: string | undefined;
  /** The person that the token identifies; null without one. */
  readonly viewer: Viewer | null;
  /** From the header Idempotency-Key or the operation's extensions. */
  readonly idempotencyKey: string | null;
  /** Takes the cost of the operation from the caller's rate limit, and refuses it if too little is left. */
  readonly charge?: ((cost: number) => Promise<void>) | undefined;
  /** Whether the client has disconnected before the response was sent. */
  readonly isGone?: (() => boolean) | undefined;
}

/** State that the resolvers of one operation share. */
export class RequestContext {
  /** The arguments of @inContext; its audience is null for a country that is not a member state. */
  directive: ReaderArguments = {};
  private directiveAudience: string | null = null;
  /** Null before it is known, and if the document could not be parsed. */
  requested: RequestedOperation | null = null;
  /**
   * Whether cached records and {@link VersionedReads} may be used; otherwise everything is read from one snapshot. True
   * for queries only, until their parts turn out to be inconsistent.
   */
  isOptimistic = false;
  /** How much of each text the operation needs. */
  neededText: TextExtent = 'BODY';
  /** For a mutation with an idempotency key: how many fields have an outcome, and how many of these were replayed. */
  readonly outcomes = { recorded: 0, replayed: 0 };
  /**
   * What the response is computed from. Apollo Server works with a copy of this context, so everything that the
   * endpoint reads afterwards is in objects that both share.
   */
  readonly dependencies = new Dependencies();
  private readonly languagesServed = new Set<string>();
  private header: AcceptedLanguages | null = null;
  /** By their arguments; those of the directive are the same for the whole operation. */
  private readonly readers = new Map<string, Reader>();

  readonly requestId: string;
  readonly localeOrder: readonly Locale[];
  readonly today: string;
  readonly viewer: Viewer | null;
  readonly idempotencyKey: string | null;
  private versioned: Queryable | null = null;
  private readonly snapshots: OperationSnapshots;

  constructor(private readonly options: RequestOptions) {
    const { requestId, localeOrder, today, viewer, idempotencyKey } = options;
    this.requestId = requestId;
    this.localeOrder = localeOrder;
    this.today = today;
    this.viewer = viewer;
    this.idempotencyKey = idempotencyKey;
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
    authorize(this.viewer, 'READ_WORK');
    return this.snapshots.ofStaffData();
  }

  /** Whether the client has disconnected. */
  get isGone(): boolean {
    return this.options.isGone?.() ?? false;
  }

  /** @throws AppError RATE_LIMITED */
  async charge(cost: number): Promise<void> {
    await this.options.charge?.(cost);
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
    // They note again that they depend on Accept-Language.
    this.readers.clear();
    await this.closeSnapshots();
    return true;
  }

  /** A context for the same caller, with its own snapshot and day; the snapshot stays open. */
  at({ snapshot, today }: { snapshot: ReadSnapshot; today: string }): RequestContext {
    const context = new RequestContext({ ...this.options, openSnapshot: () => snapshot, today });
    const { directive, requested } = this;
    context.directiveAudience = this.directiveAudience;
    context.dependencies.isUncacheable = true;
    return Object.assign(context, { directive, requested });
  }

  /** A message in the caller's locale. */
  text(key: MessageKey, vars: MessageVariables = {}): string {
    return this.options.messages.text(this.messageLocale, key, vars);
  }

  /** A message in another locale than the caller's. */
  textIn(locale: Locale, key: MessageKey, vars: MessageVariables = {}): string {
    return this.options.messages.text(locale, key, vars);
  }

  /** Sets the operation and applies its @inContext, before it runs. */
  begin(requested: RequestedOperation): void {
    this.requested = requested;
    this.readers.clear();
    const { schema, operation, variables } = requested;
    const directive = operation ? inContextArguments(schema, operation, variables) : {};
    this.directiveAudience = directive.audience ?? null;
    this.directive = { ...directive, audience: audienceServed(directive.audience) };
  }

  /**
   * Each argument is resolved by itself: explicit, else from the directive, else (languages only) from the header. Equal
   * arguments have the same object: a page requests the same reader for each of its releases.
   */
  reader(explicit: ReaderArguments = {}): Reader {
    const { languages, audience, coherence } = explicit;
    const key = `${languages?.join() ?? '*'} ${audience ?? ''} ${coherence ?? ''}`;
    let found = this.readers.get(key);
    if (!found) this.readers.set(key, (found = this.readerOf(explicit)));
    return found;
  }

  private readerOf(explicit: ReaderArguments): Reader {
    const { requested, refused } = this.accepted(explicit);
    const audience = audienceServed(explicit.audience ?? this.directiveAudience);
    const coherence = explicit.coherence ?? this.directive.coherence ?? 'RELEASE';
    return withRefused({ requested, audience, coherence }, refused);
  }

  /** The country that the caller named as the audience, if it counts as no audience; else null. */
  audienceRequested(explicit: ReaderArguments): string | null {
    const requested = explicit.audience ?? this.directiveAudience;
    return audienceServed(requested) === null ? requested : null;
  }

  /** The languages of {@link reader}; only the header can refuse any. */
  accepted(explicit: ReaderArguments = {}): AcceptedLanguages {
    const tags = explicit.languages ?? this.directive.languages;
    if (tags) {
      if (tags.length > MAX_TAGS)
        throw new AppError('LIST_TOO_LONG', { argument: 'languages', max: MAX_TAGS });
      return { requested: [...new Set(tags)], refused: [] };
    }
    return this.headerLanguages();
  }

  private headerLanguages(): AcceptedLanguages {
    this.dependencies.usesAcceptLanguage = true;
    return (this.header ??= acceptedLanguages(this.options.acceptLanguage));
  }

  /** Adds the language of a text to the header Content-Language. */
  served(tag: string): void {
    this.languagesServed.add(tag);
  }

  /** The header Content-Language: tags in alphabetical order; null without any text. */
  get contentLanguage(): string | null {
    return this.languagesServed.size > 0 ? [...this.languagesServed].sort().join(', ') : null;
  }

  /** The locale of an error's message: by the languages of its field, else {@link messageLocale}. */
  messageLocaleOf(error: ErrorPlace): Locale {
    const tags = this.requested && languagesAt(this.requested, error);
    return tags ? messageLocale(tags, [], this.localeOrder) : this.messageLocale;
  }

  /** The locale of messages to this caller. */
  get messageLocale(): Locale {
    const tags = this.directive.languages;
    if (tags?.length) return messageLocale(tags, [], this.localeOrder);
    const { requested, refused } = this.headerLanguages();
    return messageLocale(requested, [], this.localeOrder, refused);
  }
}
