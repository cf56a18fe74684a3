import { type Locale, LOCALES } from './locale.js';
import type { AudienceTerms, ChainLink, PublishedLocales, Reader, Resolution } from './decision.js';

/** Cached decisions for one reader, under one set of terms. */
export interface KnownDecisions {
  readonly order: readonly Locale[];
  readonly byOriginal: Partial<Record<Locale, ChainLink[]>>;
  /** By the facts of a release that the rule depends on; see {@link factsKey}. */
  readonly decided: Map<number, Resolution>;
  readonly terms: AudienceTerms;
}

/** A page of releases is decided for one reader, by the same chain for nearly all of them. */
const known = new WeakMap<Reader, KnownDecisions>();

/** The cached decisions for a reader; empty if the terms or the order have changed. */
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

/** A key of all facts that a decision depends on: four bits for each set of locales, two for the original. */
export function factsKey(facts: PublishedLocales): number {
  const { original, published, withSummary, withBody, stale, retracted } = facts;
  const sets = published | (withSummary << 4) | (withBody << 8) | (stale << 12) | (retracted << 16);
  return sets | (LOCALES.indexOf(original) << 20);
}
