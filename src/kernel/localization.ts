import type {
  AudienceTerms,
  ChainLink,
  Localization,
  LocaleOutcome,
  LocaleRule,
  LocaleStep,
  LocalizedField,
  LocalizedFields,
  PublishedLocales,
  Reader,
  Resolution,
} from './decision.js';
import { type ChainStep, inMask, type Locale, type LocaleMask, LOCALES } from './locale.js';
import { isRequested, matchLocales } from './negotiation.js';

export * from './decision.js';

interface StepOfChain {
  readonly step: ChainStep;
  readonly rule: LocaleRule;
}

/**
 * The reader's chain before a release is known: the matches of the requested tags, the audience's chain, the original,
 * the remaining locales in the configured order; each step once. STRICT stops after the requested locales: those of the
 * tags; without tags, the audience's own languages; without either, the original. Refused languages are at their
 * regular position here: see {@link chainFor}.
 *
 * @param order all four locales in the configured order
 */
export function readerChain(
  reader: Reader,
  terms: Pick<AudienceTerms, 'chain' | 'languages'>,
  order: readonly Locale[],
): StepOfChain[] {
  const requested = matchLocales(reader.requested).map((step): StepOfChain => {
    return { step, rule: 'REQUESTED' };
  });
  const audience = terms.chain.map((step): StepOfChain => {
    return { step, rule: step === 'ORIGINAL' ? 'ORIGINAL' : 'AUDIENCE' };
  });
  const original: StepOfChain = { step: 'ORIGINAL', rule: 'ORIGINAL' };
  if (reader.coherence !== 'STRICT') {
    const rest = order.map((step): StepOfChain => ({ step, rule: 'DEFAULT' }));
    return firstOfEach([...requested, ...audience, original, ...rest]);
  }
  if (reader.requested.length > 0) return firstOfEach(requested);
  if (reader.audience === null || terms.languages === 0) return [original];
  const own = audience.filter(({ step }) => step !== 'ORIGINAL' && inMask(terms.languages, step));
  return firstOfEach(own);
}

/** The steps of {@link readerChain} as shown without a release. */
export function chainSteps(
  reader: Reader,
  terms: Pick<AudienceTerms, 'chain' | 'languages'>,
  order: readonly Locale[],
): ChainStep[] {
  const steps = readerChain(reader, terms, order).map(({ step }) => step);
  return accepted(steps, (step) => step, reader);
}

/** Moves refused languages to the end or, under STRICT, removes them. */
function accepted<Step>(
  all: readonly Step[],
  localeOf: (step: Step) => ChainStep,
  { refused = [], coherence }: Reader,
): Step[] {
  if (refused.length === 0) return [...all];
  const isRefused = (step: Step) => (refused as readonly ChainStep[]).includes(localeOf(step));
  const wanted = all.filter((step) => !isRefused(step));
  return coherence === 'STRICT' ? wanted : [...wanted, ...all.filter(isRefused)];
}

function firstOfEach(steps: readonly StepOfChain[]): StepOfChain[] {
  const seen = new Set<ChainStep>();
  return steps.filter(({ step }) => !seen.has(step) && seen.add(step));
}

/** The chain of a reader for a release whose original is `original`: locales only, each once. */
export function chainFor(
  chain: readonly StepOfChain[],
  original: Locale,
  reader: Reader,
): ChainLink[] {
  const seen = new Set<Locale>();
  const links = chain.map(({ step, rule }) => {
    return { locale: step === 'ORIGINAL' ? original : step, rule };
  });
  const unique = links.filter(({ locale }) => !seen.has(locale) && seen.add(locale));
  return accepted(unique, ({ locale }) => locale, reader);
}

/** The locales that have every field of the original. */
export function wholeLocales(facts: PublishedLocales): LocaleMask {
  const needsSummary = inMask(facts.withSummary, facts.original);
  const needsBody = inMask(facts.withBody, facts.original);
  let whole = facts.published;
  if (needsSummary) whole &= facts.withSummary;
  if (needsBody) whole &= facts.withBody;
  return whole;
}

/** The locales in which this reader may get a text; `wanted` are those that have the text. */
export function servable(
  facts: PublishedLocales,
  wanted: LocaleMask,
  terms: AudienceTerms,
): LocaleMask {
  return facts.published & wanted & (terms.withholdsStale ? ~facts.stale : ~0);
}

/** The selection rule: the first locale of the chain that may be served. */
export function firstServable(chain: readonly ChainLink[], mask: LocaleMask): Locale | null {
  return chain.find(({ locale }) => inMask(mask, locale))?.locale ?? null;
}

/**
 * Decides which locale of one release a reader gets, and why; see design, "Localization". Pure: the same input always
 * has the same result, and no other code makes this decision. {@link Localizer} computes it once for many releases.
 */
export function localize(
  facts: PublishedLocales,
  reader: Reader,
  terms: AudienceTerms,
  order: readonly Locale[],
): Localization {
  const chain = chainFor(readerChain(reader, terms, order), facts.original, reader);
  const wanted = reader.coherence === 'FIELD' ? facts.published : wholeLocales(facts);
  const locale = firstServable(chain, servable(facts, wanted, terms));
  const field = (served: Locale): LocalizedField => {
    return { locale: served, isFallback: isFallback(served, facts.original, reader, terms) };
  };
  return {
    resolution: {
      requested: reader.requested,
      refused: reader.refused ?? [],
      audience: reader.audience,
      coherence: reader.coherence,
      locale,
      isFallback: isFallback(locale, facts.original, reader, terms),
      trail: trailOf(chain, locale, facts, wanted),
    },
    fields: locale && fieldsOf(locale, { facts, reader, terms, chain, field }),
  };
}

interface FieldContext {
  readonly facts: PublishedLocales;
  readonly reader: Reader;
  readonly terms: AudienceTerms;
  readonly chain: readonly ChainLink[];
  readonly field: (locale: Locale) => LocalizedField;
}

/** All fields in one locale; under FIELD, each along the chain by itself. */
function fieldsOf(
  locale: Locale,
  { facts, reader, terms, chain, field }: FieldContext,
): LocalizedFields {
  const title = field(locale);
  if (reader.coherence !== 'FIELD') return { title, summary: title, body: title };
  const having = (mask: LocaleMask) => firstServable(chain, servable(facts, mask, terms));
  const summary = having(facts.withSummary);
  return {
    title,
    summary: summary && field(summary),
    // A release without a body is served with an empty one, in the locale of its title.
    body: field(having(facts.withBody) ?? locale),
  };
}

/** The decision of {@link localize}, without its fields. */
export function resolveLocale(
  facts: PublishedLocales,
  reader: Reader,
  terms: AudienceTerms,
  order: readonly Locale[],
): Resolution {
  return localize(facts, reader, terms, order).resolution;
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
 * False only if the reader gets a language that was requested by name and is the best match of the requested list;
 * without a tag, one that the audience requires (one of its languages, if nothing was required at the release's date);
 * without either, the original. Always true for a refused language.
 */
export function isFallback(
  served: Locale | null,
  original: Locale,
  reader: Reader,
  terms: AudienceTerms,
): boolean {
  const { requested, refused = [] } = reader;
  if (served === null || refused.includes(served)) return true;
  if (requested.length > 0) return !isRequested(served, requested, refused);
  const own = terms.required === 0 ? terms.languages : terms.required;
  return own === 0 ? served !== original : !inMask(own, served);
}

/**
 * The result of {@link firstServable} for every original and every set of servable locales, so that SQL can look it up:
 * entry `16 * original + mask` is the number of the locale served (EN 1 … PT 4, 0 for none). The rule is implemented
 * here only; the database has no rule of its own.
 */
export function decisionTable(
  reader: Reader,
  terms: AudienceTerms,
  order: readonly Locale[],
): number[] {
  const chain = readerChain(reader, terms, order);
  return LOCALES.flatMap((original) => {
    const links = chainFor(chain, original, reader);
    return Array.from({ length: 16 }, (_, mask) => localeNumber(firstServable(links, mask)));
  });
}

/** EN 1, ES 2, FR 3, PT 4, none 0: the representation of a locale in the database. */
export function localeNumber(locale: Locale | null): number {
  return locale === null ? 0 : LOCALES.indexOf(locale) + 1;
}

/** The inverse of {@link localeNumber}. */
export function localeOfNumber(number: number): Locale | null {
  return LOCALES[number - 1] ?? null;
}
