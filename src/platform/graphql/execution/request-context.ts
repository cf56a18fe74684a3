import { authorize, type Viewer } from '../../../kernel/access.js';
import { audienceServed } from '../../../kernel/country-code.js';
import { AppError } from '../../../kernel/errors.js';
import type { Locale } from '../../../kernel/locale.js';
import { type Reader, withRefused } from '../../../kernel/localization.js';
import type { OpenedSnapshot, ReadSnapshot } from '../../db/index.js';
import { type AcceptedLanguages, acceptedLanguages, MAX_TAGS } from '../../i18n/accept-language.js';
import { messageLocale } from '../../i18n/caller-locale.js';
import type { MessageKey, Messages, MessageVariables } from '../../i18n/messages.js';
import {
  type ErrorPlace,
  languagesAt,
  type RequestedOperation,
} from '../errors/field-languages.js';
import { inContextArguments, type ReaderArguments } from '../schema/in-context.js';
import { ReadTrace } from './read-trace.js';

export interface RequestParts {
  readonly requestId: string;
  /** Opens a snapshot of what readers may see, over the readers' connections; perhaps one that others read from too. */
  readonly openSnapshot: (mayShare: boolean) => OpenedSnapshot;
  /** Opens a snapshot of the authoring side, for staff. */
  readonly openStaffSnapshot: () => OpenedSnapshot;
  readonly messages: Messages;
  readonly localeOrder: readonly Locale[];
  /** The day by which rules are in force, `YYYY-MM-DD` in UTC. */
  readonly today: string;
  readonly acceptLanguage: string | undefined;
  /** Whom the token speaks for; null without one. */
  readonly viewer: Viewer | null;
  /** Of the header Idempotency-Key or the operation's extensions. */
  readonly idempotencyKey: string | null;
  /** Takes what an operation costs from the points of its caller, and refuses where there are too few. */
  readonly charge?: ((cost: number) => Promise<void>) | undefined;
  /** Whether the caller has gone before the answer came. */
  readonly isGone?: (() => boolean) | undefined;
}

/** What the resolvers of one operation share. */
export class RequestContext {
  /** What @inContext states, with the audience that counts: null for a country that is no member state. */
  directive: ReaderArguments = {};
  private directiveAudience: string | null = null;
  /** Null before it is known, and where the document could not be parsed. */
  requested: RequestedOperation | null = null;
  /** Whether what the process keeps of public texts may be used. */
  usesModels = false;
  /** Whether all that the operation reads is found at once, so that others may wait for it. */
  mayShareSnapshot = false;
  /** Whether the operation asks for bodies, as far as its text tells. */
  wantsBodies = true;
  /** How many fields of a mutation with an idempotency key were done, and how many of them before. */
  readonly outcomes = { kept: 0, replayed: 0 };
  /**
   * What the answer is made of. Apollo Server works with a copy of this context: what is noted for whoever sends the
   * answer stands in objects that both share.
   */
  readonly trace = new ReadTrace();
  private readonly languagesServed = new Set<string>();
  private header: AcceptedLanguages | null = null;

  readonly requestId: string;
  readonly localeOrder: readonly Locale[];
  readonly today: string;
  readonly viewer: Viewer | null;
  readonly idempotencyKey: string | null;
  private publicSide: OpenedSnapshot | null = null;
  private staffSide: OpenedSnapshot | null = null;

  constructor(private readonly parts: RequestParts) {
    const { requestId, localeOrder, today, viewer, idempotencyKey } = parts;
    this.requestId = requestId;
    this.localeOrder = localeOrder;
    this.today = today;
    this.viewer = viewer;
    this.idempotencyKey = idempotencyKey;
  }

  /**
   * What readers may see, as of the first query after the operation began or {@link renew}. An answer that is made of
   * it is not kept: see {@link tracedSnapshot}.
   */
  get snapshot(): ReadSnapshot {
    this.trace.isOpaque = true;
    // What was kept may be as of another state.
    if (this.usesModels && this.trace.head) this.trace.isMixed = true;
    this.usesModels = false;
    return this.tracedSnapshot;
  }

  /** The same, for whoever writes down in {@link trace} what is read of it. */
  get tracedSnapshot(): ReadSnapshot {
    this.publicSide ??= this.parts.openSnapshot(this.mayShareSnapshot);
    return this.publicSide.snapshot;
  }

  /**
   * The authoring side, as of its first query.
   *
   * @throws AppError UNAUTHENTICATED: there is no way to it without a token
   */
  get staffSnapshot(): ReadSnapshot {
    this.trace.isOpaque = true;
    authorize(this.viewer, 'READ_WORK');
    this.staffSide ??= this.parts.openStaffSnapshot();
    return this.staffSide.snapshot;
  }

  /** Whether nobody waits for the answer any more. */
  get isGone(): boolean {
    return this.parts.isGone?.() ?? false;
  }

  /** @throws AppError RATE_LIMITED */
  async charge(cost: number): Promise<void> {
    await this.parts.charge?.(cost);
  }

  /** After a mutation: what is read from here on is read anew. */
  async renew(): Promise<void> {
    await Promise.all([this.publicSide?.leave(), this.staffSide?.leave()]);
    this.publicSide = null;
    this.staffSide = null;
  }

  /**
   * Begins anew where parts of the answer turned out to be as of different states: all of it is then read from one
   * snapshot.
   *
   * @returns whether it does
   */
  async startOver(): Promise<boolean> {
    if (!this.trace.isMixed) return false;
    this.usesModels = false;
    this.forget();
    await this.renew();
    return true;
  }

  /** As if nothing had been answered yet; what is read from stays. */
  forget(): void {
    this.trace.forget();
    this.languagesServed.clear();
  }

  /** The same operation, for a part of its answer: what that is made of is written down by itself. */
  part(): RequestContext {
    const openSnapshot = () => ({
      snapshot: this.tracedSnapshot,
      leave: () => Promise.resolve(),
    });
    const context = new RequestContext({ ...this.parts, openSnapshot });
    const { directive, usesModels, mayShareSnapshot, wantsBodies } = this;
    context.directiveAudience = this.directiveAudience;
    return Object.assign(context, { directive, usesModels, mayShareSnapshot, wantsBodies });
  }

  /** Counts what a part is made of as part of the answer. */
  takeIn({ trace, contentLanguages }: RequestContext): void {
    // What is read without a trace may be as of another state than what was kept.
    if (trace.isOpaque && this.usesModels && this.trace.head) this.trace.isMixed = true;
    this.trace.takeIn(trace);
    this.serveAll(contentLanguages);
  }

  /** The same caller, answered as of another moment; the snapshot is closed by whoever opened it. */
  at({ snapshot, today }: { snapshot: ReadSnapshot; today: string }): RequestContext {
    const openSnapshot = () => ({ snapshot, leave: () => Promise.resolve() });
    const context = new RequestContext({ ...this.parts, openSnapshot, today });
    const { directive, requested } = this;
    context.directiveAudience = this.directiveAudience;
    return Object.assign(context, { directive, requested });
  }

  /** A text for this caller. */
  text(key: MessageKey, vars: MessageVariables = {}): string {
    this.trace.isOpaque = true;
    return this.parts.messages.text(this.messageLocale, key, vars);
  }

  /** A text for whoever reads in that locale, whatever this caller is spoken to in. */
  textIn(locale: Locale, key: MessageKey, vars: MessageVariables = {}): string {
    this.trace.isOpaque = true;
    return this.parts.messages.text(locale, key, vars);
  }

  /** Notes the operation and applies its @inContext, before it runs. */
  begin(requested: RequestedOperation): void {
    this.requested = requested;
    const { schema, operation, variables } = requested;
    const stated = operation ? inContextArguments(schema, operation, variables) : {};
    this.directiveAudience = stated.audience ?? null;
    this.directive = { ...stated, audience: audienceServed(stated.audience) };
  }

  /** Each argument by itself: explicit, else of the directive, else (languages only) of the header. */
  reader(explicit: ReaderArguments = {}): Reader {
    const { requested, refused } = this.accepted(explicit);
    const audience = audienceServed(explicit.audience ?? this.directiveAudience);
    const coherence = explicit.coherence ?? this.directive.coherence ?? 'RELEASE';
    return withRefused({ requested, audience, coherence }, refused);
  }

  /** The country that the caller named as the audience, where it is served as no audience; else null. */
  audienceRequested(explicit: ReaderArguments): string | null {
    const requested = explicit.audience ?? this.directiveAudience;
    return audienceServed(requested) === null ? requested : null;
  }

  /** The languages of {@link reader}; only the header can refuse any. */
  accepted(explicit: ReaderArguments = {}): AcceptedLanguages {
    const stated = explicit.languages ?? this.directive.languages;
    if (stated) {
      if (stated.length > MAX_TAGS)
        throw new AppError('LIST_TOO_LONG', { argument: 'languages', max: MAX_TAGS });
      return { requested: [...new Set(stated)], refused: [] };
    }
    return this.ofHeader;
  }

  private get ofHeader(): AcceptedLanguages {
    this.trace.usedHeader = true;
    return (this.header ??= acceptedLanguages(this.parts.acceptLanguage));
  }

  /** Whether Accept-Language had a say in the answer; see the header Vary. */
  get usedHeader(): boolean {
    return this.trace.usedHeader;
  }

  /** Notes that a text in this language is in the answer. */
  served(tag: string): void {
    this.languagesServed.add(tag);
  }

  serveAll(tags: readonly string[]): void {
    for (const tag of tags) this.languagesServed.add(tag);
  }

  get contentLanguages(): string[] {
    return [...this.languagesServed];
  }

  get contentLanguage(): string | null {
    return this.languagesServed.size > 0 ? this.contentLanguages.sort().join(', ') : null;
  }

  /** The locale of an error's message: by the languages of its field, else {@link messageLocale}. */
  messageLocaleOf(error: ErrorPlace): Locale {
    const tags = this.requested && languagesAt(this.requested, error);
    return tags ? messageLocale(tags, [], this.localeOrder) : this.messageLocale;
  }

  /** The locale in which this caller is spoken to. */
  get messageLocale(): Locale {
    const stated = this.directive.languages;
    if (stated?.length) return messageLocale(stated, [], this.localeOrder);
    const { requested, refused } = this.ofHeader;
    return messageLocale(requested, [], this.localeOrder, refused);
  }
}
