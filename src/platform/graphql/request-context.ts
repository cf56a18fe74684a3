import Negotiator from 'negotiator';

import { isWellFormedTag, canonicalTag } from '../../kernel/language-tag.js';
import { AppError } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import type { Reader } from '../../kernel/localization.js';
import type { ReadSnapshot } from '../db/index.js';
import { messageLocale } from '../i18n/caller-locale.js';
import type { ReaderArguments } from './in-context.js';

/** RFC 9110 sets no limit; nobody reads thirty languages. */
const MOST_TAGS = 30;

/** What the resolvers of one operation share. */
export class RequestContext {
  /** Set from @inContext before the operation runs. */
  directive: ReaderArguments = {};
  /** Whether Accept-Language had a say in the answer; see the header Vary. */
  usedHeader = false;
  private readonly contentLanguages = new Set<string>();
  private headerTags: readonly string[] | null = null;

  constructor(
    readonly requestId: string,
    readonly snapshot: ReadSnapshot,
    readonly localeOrder: readonly Locale[],
    /** The day by which rules are in force, `YYYY-MM-DD` in UTC. */
    readonly today: string,
    private readonly acceptLanguage: string | undefined,
  ) {}

  /** Each argument by itself: explicit, else of the directive, else (languages only) of the header. */
  reader(explicit: ReaderArguments = {}): Reader {
    return {
      requested: this.languages(explicit),
      audience: explicit.audience ?? this.directive.audience ?? null,
      coherence: explicit.coherence ?? this.directive.coherence ?? 'RELEASE',
    };
  }

  languages(explicit: ReaderArguments = {}): readonly string[] {
    const stated = explicit.languages ?? this.directive.languages;
    if (stated) {
      if (stated.length > MOST_TAGS)
        throw new AppError('LIST_TOO_LONG', { argument: 'languages', max: MOST_TAGS });
      return [...new Set(stated)];
    }
    this.usedHeader = true;
    return (this.headerTags ??= tagsOf(this.acceptLanguage));
  }

  /** Notes that a text in this language is in the answer. */
  served(tag: string): void {
    this.contentLanguages.add(tag);
  }

  get contentLanguage(): string | null {
    return this.contentLanguages.size > 0 ? [...this.contentLanguages].sort().join(', ') : null;
  }

  /** The locale in which this caller is spoken to. */
  get messageLocale(): Locale {
    const stated = this.directive.languages;
    const tags = stated?.length ? stated : tagsOf(this.acceptLanguage);
    if (!stated?.length) this.usedHeader = true;
    return messageLocale(tags, [], this.localeOrder);
  }
}

/**
 * The languages of Accept-Language by weight (RFC 9110 §12.5.4; equal weights in the order of the list). `*` asks for
 * nothing in particular, and what is no language tag is passed over: a server may disregard it.
 */
export function tagsOf(header: string | undefined): string[] {
  if (header === undefined || header.length > 2000) return [];
  const languages = new Negotiator({ headers: { 'accept-language': header } }).languages();
  const tags = languages.filter((tag) => tag !== '*' && isWellFormedTag(tag)).map(canonicalTag);
  return [...new Set(tags)].slice(0, MOST_TAGS);
}
