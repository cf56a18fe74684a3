import { type Locale, LOCALES } from './locale.js';
import type { AudienceTerms, ChainLink, PublishedLocales, Reader, Resolution } from './decision.js';

/** What was worked out for one reader, by one set of terms. */
export interface KnownDecisions {
  readonly order: readonly Locale[];
  readonly byOriginal: Partial<Record<Locale, ChainLink[]>>;
  /** By what the rule looks at in a release; see {@link factsKey}. */
  readonly decided: Map<number, Resolution>;
  readonly terms: AudienceTerms;
}

/** A page of releases is decided for one reader, by the same chain for nearly all of them. */
const known = new WeakMap<Reader, KnownDecisions>();

/** What is known of a reader already; empty where they are told of other terms now. */
export function knownFor(
  reader: Reader,
  terms: AudienceTerms,
  order: readonly Locale[],
): KnownDecisions {
  let found = known.get(reader);
  if (!found || found.order !== order || !sameTerms(found.terms, terms)) {
    found = { terms, order, byOriginal: {}, decided: new Map() };
    known.set(reader, found);
  }
  return found;
}

function sameTerms(one: AudienceTerms, other: AudienceTerms): boolean {
  if (one === other) return true;
  return (
    one.chain === other.chain &&
    one.languages === other.languages &&
    one.required === other.required &&
    one.withholdsStale === other.withholdsStale
  );
}

/** Names all that a decision looks at in a release: four bits for each set of locales, two for the original. */
export function factsKey(facts: PublishedLocales): number {
  const { original, published, withSummary, withBody, stale, retracted } = facts;
  const sets = published | (withSummary << 4) | (withBody << 8) | (stale << 12) | (retracted << 16);
  return sets | (LOCALES.indexOf(original) << 20);
}
