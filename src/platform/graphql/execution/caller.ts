import type { Viewer } from '../../../kernel/access.js';
import { audienceServed } from '../../../kernel/country-code.js';
import { AppError } from '../../../kernel/errors.js';
import type { Locale } from '../../../kernel/locale.js';
import { type Reader, withRefused } from '../../../kernel/localization.js';
import type { Dependencies } from '../../cache/dependencies.js';
import { type AcceptedLanguages, acceptedLanguages, MAX_TAGS } from '../../i18n/accept-language.js';
import { messageLocale } from '../../i18n/caller-locale.js';
import type { MessageKey, Messages, MessageVariables } from '../../i18n/messages.js';
import {
  type ErrorPlace,
  languagesAt,
  type RequestedOperation,
} from '../errors/field-languages.js';
import { inContextArguments, type ReaderArguments } from '../schema/in-context.js';

export interface CallerOptions {
  readonly requestId: string;
  readonly messages: Messages;
  readonly localeOrder: readonly Locale[];
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

/** The client of one operation: its identity, its limits, and the languages and audience that it requests. */
export class Caller {
  readonly requestId: string;
  readonly viewer: Viewer | null;
  readonly idempotencyKey: string | null;
  /** Null before it is known, and if the document could not be parsed. */
  requested: RequestedOperation | null = null;
  /** The arguments of @inContext; its audience is null for a country that is not a member state. */
  directive: ReaderArguments = {};
  private directiveAudience: string | null = null;
  private header: AcceptedLanguages | null = null;
  /** By their arguments; those of the directive are the same for the whole operation. */
  private readonly readers = new Map<string, Reader>();

  /** @param dependencies records whether the response depends on Accept-Language */
  constructor(
    private readonly options: CallerOptions,
    private readonly dependencies: Dependencies,
  ) {
    this.requestId = options.requestId;
    this.viewer = options.viewer;
    this.idempotencyKey = options.idempotencyKey;
  }

  /** Whether the client has disconnected. */
  get isGone(): boolean {
    return this.options.isGone?.() ?? false;
  }

  /** @throws AppError RATE_LIMITED */
  async charge(cost: number): Promise<void> {
    await this.options.charge?.(cost);
  }

  /** Sets the operation and applies its @inContext, before it runs. */
  begin(requested: RequestedOperation): void {
    this.requested = requested;
    this.startOver();
    const { schema, operation, variables } = requested;
    const directive = operation ? inContextArguments(schema, operation, variables) : {};
    this.directiveAudience = directive.audience ?? null;
    this.directive = { ...directive, audience: audienceServed(directive.audience) };
  }

  /** Each reader records again that it depends on Accept-Language. */
  startOver(): void {
    this.readers.clear();
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

  /** A message in the caller's locale. */
  text(key: MessageKey, vars: MessageVariables = {}): string {
    return this.options.messages.text(this.messageLocale, key, vars);
  }

  /** A message in another locale than the caller's. */
  textIn(locale: Locale, key: MessageKey, vars: MessageVariables = {}): string {
    return this.options.messages.text(locale, key, vars);
  }

  /** The locale of an error's message: by the languages of its field, else {@link messageLocale}. */
  messageLocaleOf(error: ErrorPlace): Locale {
    const tags = this.requested && languagesAt(this.requested, error);
    return tags ? messageLocale(tags, [], this.options.localeOrder) : this.messageLocale;
  }

  /** The locale of messages to this caller. */
  get messageLocale(): Locale {
    const { localeOrder } = this.options;
    const tags = this.directive.languages;
    if (tags?.length) return messageLocale(tags, [], localeOrder);
    const { requested, refused } = this.headerLanguages();
    return messageLocale(requested, [], localeOrder, refused);
  }
}
