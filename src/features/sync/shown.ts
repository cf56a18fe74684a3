import type { Locale } from '../../kernel/locale.js';
import type { PublishedLocales, Reader } from '../../kernel/localization.js';
import type { Localizer } from '../../kernel/localizer.js';
import type { ReleaseType } from '../../kernel/release.js';
import { type ContextTerms, termsFor } from './context-terms.js';

/** The reader of a copy and its filters. */
export interface SyncContext {
  readonly reader: Reader;
  /** Only releases addressed to this state: by name, or to all. */
  readonly addressedTo: string | null;
  /** Only releases dated on this day or later, YYYY-MM-DD. */
  readonly dateFrom: string | null;
}

/** The public state of a release at one number of the change log; null if nothing was public. */
export interface Trace {
  readonly type: ReleaseType;
  readonly date: string;
  readonly facts: PublishedLocales;
  readonly audiences: readonly string[];
  readonly factsDigest: string;
  readonly textDigests: Readonly<Partial<Record<Locale, string>>>;
}

export type NotShown = 'RETRACTED' | 'NO_LONGER_SERVED' | 'NO_LONGER_ADDRESSED';

export type Shown =
  | {
      readonly locale: Locale;
      readonly isFallback: boolean;
      /** Equal exactly when this reader sees no difference in the text and the facts delivered with it. */
      readonly sight: string;
      /** Every locale that was considered, and the outcome. */
      readonly trail: string;
    }
  | { readonly locale: null; readonly reason: NotShown };

/** What a reader is shown of a release under the given rules. */
export function shown(
  trace: Trace | null,
  { reader, addressedTo, dateFrom }: SyncContext,
  terms: ContextTerms,
  localizer: Localizer,
): Shown {
  if (!trace) return { locale: null, reason: 'RETRACTED' };
  const { audiences, facts, factsDigest } = trace;
  if (addressedTo !== null && audiences.length > 0 && !audiences.includes(addressedTo)) {
    return { locale: null, reason: 'NO_LONGER_ADDRESSED' };
  }
  if (dateFrom !== null && trace.date < dateFrom) {
    return { locale: null, reason: 'NO_LONGER_SERVED' };
  }
  const { resolution, fields } = localizer
    .of(reader, terms.order)
    .localize(facts, termsFor(terms, trace));
  if (!fields) return { locale: null, reason: 'NO_LONGER_SERVED' };
  const { locale, isFallback } = fields.title;
  // Under FIELD each field is resolved separately: a rule may change the result for only one of them.
  const parts = [fields.title, fields.summary, fields.body];
  const digests = parts.map((part) => part && trace.textDigests[part.locale]);
  const sight = JSON.stringify([parts, factsDigest, digests]);
  return { locale, isFallback, sight, trail: JSON.stringify(resolution.trail) };
}
