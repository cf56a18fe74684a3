import { type Locale, LOCALES } from './locale.js';
import {
  type AudienceTerms,
  type Localization,
  localize,
  type PublishedLocales,
  type Reader,
} from './localization.js';

/** The maximum number of cached decisions. */
const MAX_DECISIONS = 20_000;

/**
 * Computes each decision once: the releases of a page differ in little that a decision depends on, and so do the
 * requests of most readers.
 */
export class Localizer {
  private readonly readers = new Map<string, ReaderLocalizer>();
  private decisions = 0;

  /** @param order all four locales in the configured order */
  of(reader: Reader, order: readonly Locale[]): ReaderLocalizer {
    const { requested, refused = [], audience, coherence } = reader;
    const key = JSON.stringify([requested, refused, audience, coherence, order]);
    let found = this.readers.get(key);
    if (!found) {
      found = new ReaderLocalizer(reader, order, this.count);
      this.readers.set(key, found);
    }
    return found;
  }

  /** Drops everything at the limit: the decisions that are still needed are soon computed again. */
  private readonly count = (): void => {
    this.decisions += 1;
    if (this.decisions <= MAX_DECISIONS) return;
    this.readers.clear();
    this.decisions = 0;
  };
}

interface DecisionsUnderTerms {
  readonly terms: AudienceTerms;
  readonly byFacts: Map<number, Localization>;
}

/** The decisions for one reader. */
export class ReaderLocalizer {
  private readonly byTerms = new Map<string, DecisionsUnderTerms>();
  private last: DecisionsUnderTerms | null = null;

  /** @param onDecision called with each decision that is computed */
  constructor(
    readonly reader: Reader,
    private readonly order: readonly Locale[],
    private readonly onDecision: () => void = () => undefined,
  ) {}

  /** @see localize */
  localize(facts: PublishedLocales, terms: AudienceTerms): Localization {
    const { byFacts } = this.under(terms);
    const key = factsKey(facts);
    let found = byFacts.get(key);
    if (!found) {
      found = localize(facts, this.reader, terms, this.order);
      byFacts.set(key, found);
      this.onDecision();
    }
    return found;
  }

  private under(terms: AudienceTerms): DecisionsUnderTerms {
    if (this.last?.terms === terms) return this.last;
    const { chain, required, languages, withholdsStale } = terms;
    const key = `${chain.join()} ${String(required)} ${String(languages)} ${String(withholdsStale)}`;
    const found = this.byTerms.get(key);
    this.last = { terms, byFacts: found?.byFacts ?? new Map<number, Localization>() };
    if (!found) this.byTerms.set(key, this.last);
    return this.last;
  }
}

/** A number for all facts that a decision depends on: four bits for each set of locales, two for the original. */
function factsKey(facts: PublishedLocales): number {
  const { original, published, withSummary, withBody, stale, retracted } = facts;
  const sets = published | (withSummary << 4) | (withBody << 8) | (stale << 12) | (retracted << 16);
  return sets | (LOCALES.indexOf(original) << 20);
}
