import { type Locale, LOCALES } from '../../kernel/locale.js';
import { sourceDigests } from '../release/index.js';
import { type LocaleSegment, readingOrder } from '../translation/index.js';
import { carriedText, type EditionSource, type EditionText, freshText } from './edition.policy.js';
import type { EditionFacts } from './edition-row.js';
import type { LastEdition } from './edition.repository.js';
import type { Material, WrittenText } from './material.repository.js';
import type { Candidate, Standing } from './readiness.policy.js';

/** An edition before it is written, with the input of the rules. */
export interface EditionDraft {
  readonly last: LastEdition | null;
  readonly texts: readonly EditionText[];
  readonly facts: EditionFacts;
  /** The texts that are published now. */
  readonly candidates: readonly Candidate[];
  /** The locales that the edition does not have. */
  readonly others: readonly Candidate[];
  /** The carried-over locales that are stale against the edition's original. */
  readonly staleCarried: readonly Locale[];
}

/**
 * Composes the next edition: the named locales in their current text, the others carried over from the last edition.
 *
 * @param locales null: every approved one
 */
export function draftEdition(material: Material, locales: readonly Locale[] | null): EditionDraft {
  const { facts, last } = material;
  const carried = new Map(last?.texts.map((text) => [text.locale, text]));
  const named = new Set(locales ?? approvedLocales(material));
  if (!carried.has(facts.originalLocale)) named.add(facts.originalLocale);

  const original = named.has(facts.originalLocale)
    ? (material.texts.get(facts.originalLocale)?.segments ?? [])
    : (carried.get(facts.originalLocale)?.segments ?? []);
  const source = sourceOf(original, material);
  const judged = new Map(
    LOCALES.map((locale) => [
      locale,
      judgedText(locale, material.texts.get(locale), original, source),
    ]),
  );
  const texts = LOCALES.flatMap((locale) => {
    const old = carried.get(locale);
    if (named.has(locale)) return judged.get(locale)?.text ?? [];
    return old ? carriedText(old, source) : [];
  });
  const standing = (wanted: (locale: Locale) => boolean) =>
    LOCALES.filter(wanted).map((locale): Candidate => {
      return { locale, ...(judged.get(locale)?.standing ?? NOT_STARTED) };
    });
  return {
    last,
    texts,
    facts,
    candidates: standing((locale) => named.has(locale)),
    others: standing((locale) => !named.has(locale) && !carried.has(locale)),
    staleCarried: texts
      .filter(({ locale, freshness }) => !named.has(locale) && freshness === 'STALE')
      .map(({ locale }) => locale),
  };
}

const NOT_STARTED: Standing = {
  state: null,
  titleKey: null,
  hasTitle: false,
  missing: [],
  isStale: false,
};

/** Every approved locale. A retracted translation of a public release is published again only if it is named. */
function approvedLocales({ texts, last, retracted }: Material): Locale[] {
  const isPublic = last !== null && last.texts.length > 0;
  return LOCALES.filter((locale) => {
    return texts.get(locale)?.state === 'APPROVED' && !(isPublic && retracted.includes(locale));
  });
}

type Original = readonly Pick<LocaleSegment, 'key' | 'kind' | 'text'>[];

/** Texts are compared with the original of the edition itself: the newest one, or the carried-over one. */
function sourceOf(original: Original, { versions }: Material): EditionSource {
  const written = original.flatMap(({ key, kind, text }) => {
    return text === null ? [] : [{ key, kind, text }];
  });
  return { digests: sourceDigests(written), versions };
}

function judgedText(
  locale: Locale,
  written: WrittenText | undefined,
  original: Original,
  source: EditionSource,
): { text: EditionText; standing: Standing } | null {
  if (!written) return null;
  const { state, revision } = written;
  const segments = readingOrder(inOrderOf(original, written.segments));
  const text = freshText(locale, revision, segments, source);
  const there = new Set(segments.map(({ key }) => key));
  const titleKey = original.find(({ kind }) => kind === 'TITLE')?.key ?? null;
  const standing = {
    state,
    titleKey,
    hasTitle: segments.some((segment) => segment.kind === 'TITLE' && segment.text !== null),
    missing: original.map(({ key }) => key).filter((key) => key !== titleKey && !there.has(key)),
    isStale: text.freshness === 'STALE',
  };
  return { text, standing };
}

/**
 * The segments in the order of the edition's original, which may be older or newer than the one that was translated.
 * Segments that it does not have follow the same segment as before.
 */
function inOrderOf(original: Original, segments: readonly LocaleSegment[]): LocaleSegment[] {
  const places = new Map(original.map(({ key }, index) => [key, index]));
  let last = -1;
  const placed = segments.map((segment) => {
    last = places.get(segment.key) ?? last;
    return { segment, place: last };
  });
  return placed.toSorted((a, b) => a.place - b.place).map(({ segment }) => segment);
}
