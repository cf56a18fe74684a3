import type {
  AudienceTerms,
  ChainLink,
  LocaleOutcome,
  LocaleRule,
  LocaleStep,
  PublishedLocales,
  Reader,
  Resolution,
} from './decision.js';
import { type ChainStep, inMask, type Locale, type LocaleMask, LOCALES } from './locale.js';
import { factsKey, knownFor } from './known-decisions.js';
import { isLanguageOf, matchLocale } from './negotiation.js';

export * from './decision.js';

interface StepOfChain {
  readonly step: ChainStep;
  readonly rule: LocaleRule;
}

/**
 * The reader's chain before a release is known: requested tags, the audience's chain, the original,
 * the rest in the configured order; each step once. STRICT stops at what was asked for: the tags;
 * without a tag, the audience's own languages; without both, the original.
 *
 * @param order all four locales in the configured order
 */
export function readerChain(
  reader: Reader,
  terms: Pick<AudienceTerms, 'chain' | 'languages'>,
  order: readonly Locale[],
): StepOfChain[] {
  const requested = reader.requested.flatMap((tag) => matchLocale(tag) ?? []);
  const asked = requested.map((step): StepOfChain => ({ step, rule: 'REQUESTED' }));
  const audience = terms.chain.map((step): StepOfChain => {
    return { step, rule: step === 'ORIGINAL' ? 'ORIGINAL' : 'AUDIENCE' };
  });
  const original: StepOfChain = { step: 'ORIGINAL', rule: 'ORIGINAL' };
  if (reader.coherence !== 'STRICT') {
    const rest = order.map((step): StepOfChain => ({ step, rule: 'DEFAULT' }));
    return firstOfEach([...asked, ...audience, original, ...rest]);
  }
  if (reader.requested.length > 0) return firstOfEach(asked);
  if (reader.audience === null || terms.languages === 0) return [original];
  return firstOfEach(
    audience.filter(({ step }) => step !== 'ORIGINAL' && inMask(terms.languages, step)),
  );
}

function firstOfEach(steps: readonly StepOfChain[]): StepOfChain[] {
  const seen = new Set<ChainStep>();
  return steps.filter(({ step }) => !seen.has(step) && seen.add(step));
}

/** The chain for a release whose original is `original`: locales only, each once. */
export function chainFor(chain: readonly StepOfChain[], original: Locale): ChainLink[] {
  const seen = new Set<Locale>();
  const links = chain.map(({ step, rule }) => {
    return { locale: step === 'ORIGINAL' ? original : step, rule };
  });
  return links.filter(({ locale }) => !seen.has(locale) && seen.add(locale));
}

/** {@link chainFor} of {@link readerChain}, which are the same for many releases. */
function linksOf(
  reader: Reader,
  terms: AudienceTerms,
  order: readonly Locale[],
  original: Locale,
): ChainLink[] {
  const { byOriginal } = knownFor(reader, terms, order);
  return (byOriginal[original] ??= chainFor(readerChain(reader, terms, order), original));
}

/** The locales in which every field that the original has is there. */
export function wholeLocales(facts: PublishedLocales): LocaleMask {
  const needsSummary = inMask(facts.withSummary, facts.original);
  const needsBody = inMask(facts.withBody, facts.original);
  let whole = facts.published;
  if (needsSummary) whole &= facts.withSummary;
  if (needsBody) whole &= facts.withBody;
  return whole;
}

/** The locales that this reader may be given a text in; `wanted` are those that have the text. */
export function servable(
  facts: PublishedLocales,
  wanted: LocaleMask,
  terms: AudienceTerms,
): LocaleMask {
  return facts.published & wanted & (terms.withholdsStale ? ~facts.stale : ~0);
}

/** The one rule of choice: the first locale of the chain that may be served. */
export function firstServable(chain: readonly ChainLink[], mask: LocaleMask): Locale | null {
  return chain.find(({ locale }) => inMask(mask, locale))?.locale ?? null;
}

/**
 * Decides which locale of one release a reader gets, and why; see design, "Localization".
 * Pure: the same input always gives the same answer, and nothing else in the project decides it.
 */
export function resolveLocale(
  facts: PublishedLocales,
  reader: Reader,
  terms: AudienceTerms,
  order: readonly Locale[],
): Resolution {
  const { decided } = knownFor(reader, terms, order);
  const key = factsKey(facts);
  let resolution = decided.get(key);
  if (!resolution) decided.set(key, (resolution = decide(facts, reader, terms, order)));
  return resolution;
}

function decide(
  facts: PublishedLocales,
  reader: Reader,
  terms: AudienceTerms,
  order: readonly Locale[],
): Resolution {
  const chain = linksOf(reader, terms, order, facts.original);
  const wanted = reader.coherence === 'FIELD' ? facts.published : wholeLocales(facts);
  const mask = servable(facts, wanted, terms);
  const locale = firstServable(chain, mask);
  return {
    requested: reader.requested,
    audience: reader.audience,
    coherence: reader.coherence,
    locale,
    isFallback: isFallback(locale, facts.original, reader, terms),
    trail: trailOf(chain, locale, facts, wanted),
  };
}

function trailOf(
  chain: readonly ChainLink[],
  served: Locale | null,
  facts: PublishedLocales,
  wanted: LocaleMask,
): LocaleStep[] {
  const reached = chain.findIndex(({ locale }) => locale === served);
  return chain.map((link, index): LocaleStep => {
    if (reached >= 0 && index > reached) return { ...link, outcome: 'NOT_TRIED' };
    return { ...link, outcome: outcomeOf(link.locale, served, facts, wanted) };
  });
}

function outcomeOf(
  locale: Locale,
  served: Locale | null,
  facts: PublishedLocales,
  wanted: LocaleMask,
): LocaleOutcome {
  if (locale === served) return 'SERVED';
  if (inMask(facts.retracted, locale)) return 'RETRACTED';
  if (!inMask(facts.published, locale)) return 'NOT_PUBLISHED';
  return inMask(wanted, locale) ? 'STALE_WITHHELD' : 'INCOMPLETE';
}

/**
 * False only where the reader gets the language first asked for: that of the first tag; without a
 * tag, one that the audience requires (one of its languages, where nothing was required at the
 * release's date); without both, the original.
 */
export function isFallback(
  served: Locale | null,
  original: Locale,
  reader: Reader,
  terms: AudienceTerms,
): boolean {
  if (served === null) return true;
  const [first] = reader.requested;
  if (first !== undefined) return !isLanguageOf(first, served);
  const own = terms.required === 0 ? terms.languages : terms.required;
  return own === 0 ? served !== original : !inMask(own, served);
}

/**
 * The choice of {@link firstServable} for every original and every set of servable locales, so that
 * SQL can look it up: entry `16 * original + mask` is the number of the locale served (EN 1 … PT 4,
 * 0 for none). One rule, made here; the database has no rule of its own.
 */
export function decisionTable(
  reader: Reader,
  terms: AudienceTerms,
  order: readonly Locale[],
): number[] {
  const chain = readerChain(reader, terms, order);
  return LOCALES.flatMap((original) => {
    const links = chainFor(chain, original);
    return Array.from({ length: 16 }, (_, mask) => localeNumber(firstServable(links, mask)));
  });
}

/** EN 1, ES 2, FR 3, PT 4, none 0: how the database writes a locale. */
export function localeNumber(locale: Locale | null): number {
  return locale === null ? 0 : LOCALES.indexOf(locale) + 1;
}

/** The reverse of {@link localeNumber}. */
export function localeOfNumber(number: number): Locale | null {
  return LOCALES[number - 1] ?? null;
}

/** The locale of one field under FIELD, where each field goes down the chain by itself. */
export function fieldLocale(
  facts: PublishedLocales,
  having: LocaleMask,
  reader: Reader,
  terms: AudienceTerms,
  order: readonly Locale[],
): Locale | null {
  const chain = linksOf(reader, terms, order, facts.original);
  return firstServable(chain, servable(facts, having, terms));
}
